"""Two saves of one form at once: the second is compared with what the first has stored, whichever was sent earlier."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from tests.conftest import make_cast
from tests.house.test_two_tabs import QUIETLY, WORDS, Pages

# The tests' SQLite lives in memory, where threads share one connection's locks.
pytestmark = [pytest.mark.database, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("name", WORDS)
def test_a_slow_save_does_not_win_over_the_longer_one_that_a_page_sent_as_it_was_left(name, time_machine):
    time_machine.move_to("2026-05-12 12:00")
    pages = Pages(make_cast(), name)
    page = pages.opened()
    longer = page | {pages.first: f"{pages.words} and more", pages.second: pages.others}

    def slow():
        try:
            return pages.send(page | {pages.first: pages.words}, headers=QUIETLY).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert pages.send(longer, headers=QUIETLY).status_code == 200
            late = pool.submit(slow)
            time.sleep(0.3)  # it waits, or has read what was stored before
        assert late.result(10) == 422
    assert pages.stored() == [f"{pages.words} and more", pages.others]
