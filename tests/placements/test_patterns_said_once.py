"""Patterns stored twice, from before they were refused, are taken out where that keeps an agreement true."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from placements.agreements import agreeing
from placements.agreements.filling import facts_of
from placements.agreements.standing import differences
from placements.models import PatternDay, Placement
from portal.history.models import Event
from tests.ready import agree_on_goals

pytestmark = pytest.mark.django_db
remove_repeats = import_module("placements.agreements.migrations.0003_patterns_said_once").remove_repeats
FIRST, MAY, JUNE = date(2026, 3, 2), date(2026, 5, 4), date(2026, 6, 1)
SAYS = "removed the working pattern from 4 May 2026: it was the same as the one before"


def say_again(placement, start, **otherwise):
    """Store the first pattern once more, from a later day on."""
    for day in PatternDay.objects.filter(placement=placement, valid_from=FIRST):
        day.pk, day.valid_from = None, start
        vars(day).update(otherwise)
        day.save()


def starts(placement) -> list[date]:
    return [start for start, _ in Placement.objects.get(pk=placement.pk).pattern.versions]


def test_a_pattern_that_says_the_same_again_goes_and_the_history_tells(cast):
    say_again(cast.placement, MAY)
    say_again(cast.placement, JUNE, break_minutes=30)
    say_again(cast.other_placement, MAY)
    remove_repeats(apps, None)
    assert starts(cast.placement) == [FIRST, JUNE]
    assert starts(cast.other_placement) == [FIRST]
    assert [str(event) for event in Event.objects.about(cast.placement).filter(says=SAYS)] == [f"The portal {SAYS}"]


def test_one_that_comes_back_after_another_stays(cast):
    say_again(cast.placement, MAY, break_minutes=30)
    say_again(cast.placement, JUNE)
    remove_repeats(apps, None)
    assert starts(cast.placement) == [FIRST, MAY, JUNE]


@pytest.mark.parametrize("is_older", [True, False])
def test_an_agreement_does_not_look_changed_afterwards(cast, is_older):
    agree_on_goals(cast.placement, by=cast.tutor)
    if is_older:
        agreement = agreeing.make_agreement(fresh(cast), by=cast.tutor)
    say_again(cast.placement, MAY)
    if not is_older:
        agreement = agreeing.make_agreement(fresh(cast), by=cast.tutor)
    remove_repeats(apps, None)
    assert starts(cast.placement) == ([FIRST] if is_older else [FIRST, MAY])
    assert differences(agreement, fresh(cast), []) == []
    assert facts_of(fresh(cast), [])["days and times"] == agreement.facts["days and times"]


def fresh(cast) -> Placement:
    return Placement.objects.with_people().get(pk=cast.placement.pk)


def test_a_placement_that_has_ended_is_left_as_it_is(cast):
    say_again(cast.placement, MAY)
    Placement.objects.filter(pk=cast.placement.pk).update(status="ended")
    remove_repeats(apps, None)
    assert starts(cast.placement) == [FIRST, MAY]
