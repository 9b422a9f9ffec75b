"""Words find names whatever their accents, apostrophes and capitals, on both databases alike."""

import pytest
from django.db.models import Q

from employers.models import Employer
from portal.searching import folded, matching
from tests.factories import EmployerFactory

FOLDED = {
    "ZOË": "zoe",
    "Zoe\u0308": "zoe",
    "O’Brien": "obrien",
    "o'brien": "obrien",
    "Łukasz": "lukasz",
    "Núñez": "nunez",
    "Ærø": "aero",
    "Straße": "strasse",
    "ليلى": "ليلى",
    "St Oswin‘s": "st oswins",
}


def test_words_are_folded():
    assert {word: folded(word) for word in FOLDED} == FOLDED
    assert folded(None) is None


@pytest.mark.database
@pytest.mark.django_db
def test_the_database_folds_the_same_way():
    for name in FOLDED:
        EmployerFactory(name=name)
    found = {
        name: list(Employer.objects.filter(name__reads_like=word).values_list("name", flat=True))
        for name, word in FOLDED.items()
    }
    zoes, brien = ["ZOË", "Zoe\u0308"], ["O’Brien", "o'brien"]
    together = {"ZOË": zoes, "Zoe\u0308": zoes, "O’Brien": brien, "o'brien": brien}
    assert {name: sorted(names) for name, names in found.items()} == {
        name: sorted(together.get(name, [name])) for name in FOLDED
    }


@pytest.mark.database
@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["zoë ŁUK", "luk ZOE", "%", "_", "\x00zoe", "zoe '"])
def test_every_word_occurs_in_one_of_the_fields(typed):
    both = EmployerFactory(name="Zoë Łukasz", town="")
    wanted = Employer.objects.filter(Q(pk=both.pk), matching(typed, "name", "town"))
    assert wanted.exists() is (typed not in ("%", "_"))
