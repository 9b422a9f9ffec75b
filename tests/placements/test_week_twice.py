"""A week page that is sent twice: by a second click, after the session had ended, from a tab that is behind."""

import pytest
from django.urls import reverse

from placements.timesheets.editing import form_of, keep_for_later, keep_token
from placements.timesheets.filling import filled
from placements.timesheets.models import Spell, Timesheet
from tests.conftest import signed_in
from tests.pages import hidden_in, said, text_of
from tests.placements.test_week_page import MONDAY, full_monday, saved, sent, week_url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_friday(time_machine):
    time_machine.move_to("2026-03-06 18:00")


@pytest.mark.parametrize("do", ["usual", "row-0"])
def test_a_second_click_on_filling_in_fills_in_once_and_complains_of_nothing(cast, do):
    client = signed_in(cast.student)
    client.post(week_url(cast), sent(do=do))
    typed = Timesheet.objects.get().typed
    response = client.post(week_url(cast), sent(do=do))
    week = Timesheet.objects.get()
    assert (response.status_code, response.url) == (302, reverse("week_edit", args=[week.pk]))
    assert (week.typed, week.version) == (typed, 1)


def test_a_second_click_with_a_mistake_in_it_says_the_mistake_again(cast):
    wrong = {"monday_0_starts": "17:00", "monday_0_finishes": "09:00"}
    saved(cast, **wrong)
    response = signed_in(cast.student).post(week_url(cast), sent(**wrong))
    assert response.status_code == 422
    assert "The finish must be later than the start." in response.text
    assert Timesheet.objects.get().version == 1


def test_a_second_click_on_saving_a_week_stores_it_once(cast):
    client = signed_in(cast.student)
    first = client.post(week_url(cast), full_monday())
    for path in (week_url(cast), first.url):
        assert client.post(path, full_monday()).status_code == 302
    assert (Spell.objects.count(), Timesheet.objects.get().minutes) == (1, 420)


def kept_page(cast, week):
    """The address of a week, and what its page sends along of itself."""
    keep = keep_token(week, cast.student)
    return reverse("week_edit", args=[week.pk]), {"keep": keep, "seen": str(week.version), "page": "onthephone22"}


def kept_line(week) -> str:
    """What stands in the first line of the week's form."""
    week.refresh_from_db()
    return form_of(week).days[0].spell_forms[0]["activity"].value()


def on_monday(words):
    return sent(monday_0_starts="10:00", monday_0_finishes="12:00", monday_0_activity=words)


def test_what_is_typed_after_you_were_signed_out_is_kept_too(client, cast, week):
    url = reverse("week_edit", args=[week.pk])
    page = hidden_in(signed_in(cast.student).get(url))
    for words in ("On the bus", "On the bus home, tired"):
        assert client.post(url, on_monday(words) | page).url == f"/accounts/login/?next={url}"
    assert "You were signed out meanwhile. What you typed is kept" in client.get("/accounts/login/").text
    assert kept_line(week) == "On the bus home, tired"
    assert Spell.objects.get().activity == "Wrote tests for the booking page"


def test_the_page_that_was_signed_out_is_saved_after_signing_in_in_another_tab(cast, week):
    url, page = kept_page(cast, week)
    assert keep_for_later(week, on_monday("On the bus") | page)
    assert signed_in(cast.student).post(url, on_monday("At home") | page).status_code == 302
    assert [spell.activity for spell in Spell.objects.all()] == ["At home"]


def test_words_that_were_kept_do_not_win_over_what_another_tab_stored_since(cast, week):
    url, page = kept_page(cast, week)
    assert keep_for_later(week, on_monday("On the bus") | page)
    signed_in(cast.student).post(url, on_monday("Other tab") | {"seen": "1"})
    assert not keep_for_later(Timesheet.objects.with_people().get(), on_monday("On the bus home") | page)
    week.refresh_from_db()
    assert ([spell.activity for spell in week.spells.all()], week.typed) == (["Other tab"], None)


def with_csrf(user):
    client = signed_in(user)
    client.handler.enforce_csrf_checks = True
    return client


def test_a_page_from_before_signing_in_again_leaves_its_words_with_the_draft(cast, week):
    url, page = kept_page(cast, week)
    client = with_csrf(cast.student)
    answer = client.post(url, on_monday("Before") | page)  # without a token, then with another one
    [says] = said(answer)
    assert says == "This page was open for too long to be saved. What you typed is kept: look it over and save it."
    assert (answer.url, kept_line(week)) == (url, "Before")
    assert [spell.activity for spell in Spell.objects.all()] == ["Wrote tests for the booking page"]
    assert client.post(url, on_monday("Before, and after") | page | {"csrfmiddlewaretoken": "x" * 64}).url == url
    assert kept_line(week) == "Before, and after"


def test_a_strange_page_leaves_nothing_and_somebody_else_is_not_led_on(cast, week):
    url, page = kept_page(cast, week)
    assert with_csrf(cast.student).post(url, on_monday("Forged") | page | {"keep": "forged"}).status_code == 403
    week.refresh_from_db()
    assert week.typed is None
    answer = with_csrf(cast.student2).post(url, on_monday("On the bus") | page)
    assert answer.status_code == 403
    assert "This page was open for too long" in answer.text
    assert kept_line(week) == "On the bus"


def test_a_tab_that_is_behind_is_told_what_keeps_its_words_and_then_shows_both(cast, week):
    client, url = signed_in(cast.student), reverse("week_edit", args=[week.pk])
    client.post(url, on_monday("First tab"))
    answer = client.post(url, on_monday("Second tab"), headers={"X-Autosave": "1"})
    says = "Changed elsewhere meanwhile. Press Save draft: it loses nothing of yours and shows you both."
    assert (answer.status_code, answer.json()) == (409, {"says": says})
    answer = client.post(url, on_monday("Second tab"))
    page = text_of(answer)
    assert answer.status_code == 409
    assert "changed in another tab" in page
    assert "<li>Monday 2 March: 10:00 to 12:00. First tab</li>" in page
    assert "Second tab</textarea>" in page
    assert f'name="seen" value="{Timesheet.objects.get().version}"' in page
    assert Spell.objects.get().activity == "First tab"
    Spell.objects.all().delete()
    assert "Nothing: the week is empty there." in client.post(url, on_monday("Second tab")).text


STRANGE = [
    ("row-0", "x", 2), ("row-0", "-3", 2), ("row-0", "9" * 30, 2), ("row-0", "6", 6),
    ("row-x", "1", 1), ("row-9", "1", 1), ("row--1", "1", 1), ("row-²", "1", 1),
]  # fmt: skip


def test_numbers_that_no_page_sends_make_no_rows_that_no_page_has(cast):
    week = Timesheet(placement=cast.placement, monday=MONDAY)
    names = {f"d{day}-rows" for day in range(7)} | {f"d0-0-{name}" for name in ("starts", "finishes")}
    for do, rows, most in STRANGE:
        data = sent(do=do, monday_rows=rows, monday_0_starts="09:00", monday_0_finishes="12:00")
        typed, _ = filled(week, form_of(week, data), do)
        assert set(typed) == names
        assert len(form_of(week, typed).days[0].spell_forms) == most, (do, rows)


@pytest.mark.parametrize(("do", "status"), [("row-²", 302), ("save", 422)])
def test_they_break_nothing_and_no_more_does_a_null_character(cast, do, status):
    data = sent(do=do, monday_rows="x", monday_0_starts="09:00", monday_0_finishes="12:00", monday_0_activity="A\x00B")
    assert signed_in(cast.student).post(week_url(cast), data).status_code == status
    assert Timesheet.objects.get().typed["d0-0-activity"] == "AB"
