"""What the people and firms of a crowd are called: each e-mail address and each firm's name once."""

from collections import Counter
from functools import cache
from random import Random

from reviews.demo.founding import plain
from reviews.demo.names import FIRST, LAST


class Names:
    """Names of one provider's crowd."""

    def __init__(self, rng: Random):
        self.rng, self.people, self.firms = rng, Counter(), set()

    def of_a_person(self) -> tuple[str, str, str]:
        """First name, last name, and the name of an e-mail address: a second Amelia Wood is 'amelia.wood2'."""
        first, last = self.rng.choice(FIRST), self.rng.choice(LAST)
        self.people[first, last] += 1
        number = self.people[first, last]
        return first, last, f"{in_address(first)}.{in_address(last)}{number if number > 1 else ''}"

    def of_a_firm(self, trade: str) -> str:
        """'Wood Nurseries', or 'Wood & Ali Nurseries' where there is one already."""
        name = self.rng.choice(LAST)
        while f"{name} {trade}" in self.firms:
            name = f"{self.rng.choice(LAST)} & {self.rng.choice(LAST)}"
        self.firms.add(f"{name} {trade}")
        return f"{name} {trade}"


in_address = cache(plain)
