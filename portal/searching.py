"""Searching by words: what somebody types finds names whatever their accents, apostrophes and capitals.

`__reads_like` is the lookup behind it: 'zoe' is found in 'Zoë', "o'brien" in 'O’Brien', 'lukasz' in 'Łukasz'.
PostgreSQL folds the column itself; SQLite, which knows nothing of accents, asks `folded` for each value.
"""

from unicodedata import combining, normalize

from django.db.models import CharField, Lookup, Q, TextField

# Letters that are no others with an accent, what people type for them, and what is left out.
LETTERS, TYPED = "łŁøØđĐıħĦŧŦ", "llooddihhtt"
TWO = {"ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe"}
LEFT_OUT = "'’‘ʼ`´"
ACCENTS = "[\u0300-\u036f]"  # once they stand apart from their letters

_typed = str.maketrans(dict(zip(LETTERS, TYPED, strict=True)) | TWO | dict.fromkeys(LEFT_OUT, ""))


def folded(text: str | None) -> str | None:
    """Small letters without accents and apostrophes."""
    if text is None:
        return None
    text = text.translate(_typed)
    if not text.isascii():
        text = "".join(letter for letter in normalize("NFKD", text) if not combining(letter))
    return text.lower()


@CharField.register_lookup
@TextField.register_lookup
class ReadsLike(Lookup):
    """The column holds the words that somebody typed, both folded."""

    lookup_name = "reads_like"

    def get_prep_lookup(self):
        return folded(str(self.rhs).replace("\x00", ""))

    def as_sqlite(self, compiler, connection):
        column, parameters = self.process_lhs(compiler, connection)
        return f"INSTR(folded({column}), %s) > 0", [*parameters, self.rhs]

    def as_postgresql(self, compiler, connection):
        column, parameters = self.process_lhs(compiler, connection)
        for letter, letters in TWO.items():
            column = f"replace({column}, '{letter}', '{letters}')"
        plain = f"lower(regexp_replace(normalize(translate({column}, %s, %s), NFKD), %s, '', 'g'))"
        return f"strpos({plain}, %s) > 0", [*parameters, LETTERS + LEFT_OUT, TYPED, ACCENTS, self.rhs]


def knows_folding(connection, **_):
    """Teach a new connection to SQLite what `folded` is."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("folded", 1, folded, deterministic=True)


def matching(text: str, *ways: str) -> Q:
    """Every word of `text` occurs in one of the fields `ways`."""
    wanted = Q()
    for word in text.split():
        found = Q()
        for way in ways:
            found |= Q(**{f"{way}__reads_like": word})
        wanted &= found
    return wanted
