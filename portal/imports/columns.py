"""A column of a file to import: what it is called, what it must hold, and how to explain both."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from portal.imports.cells import text

any_text = text()


def plain(title: str) -> str:
    """A column's title as it is compared: small letters and digits only, so that 'E-Mail *' is 'email'."""
    return re.sub(r"[^0-9a-z]", "", title.casefold())


@dataclass
class Column:
    """One column, declared as an attribute of an Importer.

    `read` turns a filled cell into a value or raises Unfit with the reason; `also` lists other titles that people use.
    A column that the file lacks, and an empty cell, leave what is known as it is.
    """

    title: str
    help: str
    example: str = ""
    read: Callable[[str], object] = any_text
    required: bool = False
    also: tuple[str, ...] = ()
    name: str = ""

    def __set_name__(self, owner, name):
        self.name = name

    @property
    def titles(self) -> set[str]:
        """All titles by which a file may call it, as `plain` gives them."""
        return {plain(self.title), plain(self.name), *map(plain, self.also)}


class Unreadable(Exception):
    """A file that cannot be imported at all. The message says why, and what to do, in plain words."""
