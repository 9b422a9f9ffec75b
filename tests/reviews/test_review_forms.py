"""The employer's review forms: asked, answered by link a screen at a time, handed in, read, responded to."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from placements.behaviours.models import Behaviour
from placements.models import Placement
from portal.asks.clock import remind_of_asks
from portal.asks.models import Ask
from portal.history.models import Event
from portal.needs import needs_of_staff
from portal.notices.models import Notice
from portal.versions import reword
from portal.workflow import Refused
from reviews.forms.asking import ask_for
from reviews.forms.forms import ScreenForm
from reviews.forms.models import Answer, Occasion, Progress, Remark, ReviewForm
from reviews.forms.models.lines import lines_of, screens_of
from reviews.forms.saving import save_answers
from tests.conftest import signed_in
from tests.pages import given_back, said
from tests.reviews.forms_ready import (
    answered_form,
    asked_form,
    cast_asked_again,
    cast_that_answered,
    cast_with_form,
    data_of,
    handed_in_form,
    line_of,
)
from tests.reviews.meetings_ready import agreed_goals
from tests.steps import steps_of

pytestmark = pytest.mark.django_db
SCREENS = ["professionalism", "results", "team", "communication", "responsibility", "goals", "words", "ending"]


@pytest.fixture(autouse=True)
def _in_spring(time_machine):
    time_machine.move_to("2026-05-12 12:00")


@pytest.fixture
def goals(cast):
    agreed_goals(cast.placement)


def link_of(cast) -> str:
    return Ask.objects.get(kind="review_form", withdrawn_at=None).path()


def screen_of(form, name):
    return next(screen for screen in screens_of(form) if screen.name == name)


def page(response) -> str:
    return response.content.decode()


# --- asking ---


def test_the_tutor_asks_and_the_manager_gets_a_link(cast):
    path = f"/placements/{cast.placement.pk}/review-forms/midway/ask/"
    response = signed_in(cast.tutor).post(path)
    assert said(response) == ["Manager Reed has been asked for the midway review form."]
    notice = Notice.objects.get(kind="ask_review_form")
    assert (notice.subject, notice.to) == ("How is the placement going? A short form for you", cast.manager)
    assert ReviewForm.objects.get().sentence() == "Asked on 12 May 2026, waits for Manager Reed"


def test_a_form_is_asked_once(cast):
    asked_form(cast)
    with pytest.raises(Refused, match="asked for already"):
        asked_form(cast)


def test_nobody_is_asked_before_the_start_or_without_a_manager(cast):
    Placement.objects.filter(pk=cast.placement.pk).update(status="planned")
    cast.placement.refresh_from_db()
    with pytest.raises(Refused, match="not started"):
        asked_form(cast)
    Placement.objects.filter(pk=cast.placement.pk).update(status="active", manager=None)
    with pytest.raises(Refused, match="No line manager"):
        ask_for(Placement.objects.get(pk=cast.placement.pk), Occasion.MIDWAY, by=cast.tutor)


def test_a_link_that_was_taken_back_is_mailed_anew(cast):
    form = asked_form(cast)
    Ask.objects.update(withdrawn_at=timezone.now())
    tutor = signed_in(cast.tutor)
    assert "Ask for it again" in page(tutor.get(f"/review-forms/{form.pk}/"))
    tutor.post(f"/placements/{cast.placement.pk}/review-forms/midway/ask/")
    assert Ask.objects.open().count() == 1


def test_others_cannot_ask_and_nobody_for_an_occasion_that_there_is_not(cast):
    path = f"/placements/{cast.placement.pk}/review-forms"
    for who, occasion, status in (("student", "midway", 403), ("manager", "midway", 403), ("tutor", "never", 404)):
        assert signed_in(getattr(cast, who)).post(f"{path}/{occasion}/ask/").status_code == status, who
    assert not ReviewForm.objects.exists()


# --- answering by link ---


def test_the_27_behaviours_stand_on_five_screens(cast, goals):
    screens = screens_of(asked_form(cast))
    assert [screen.name for screen in screens] == SCREENS
    assert [len(screen.lines) for screen in screens] == [10, 5, 4, 6, 2, 2, 3, 1]


def test_opening_the_link_writes_nothing_and_says_how_far_one_is_and_there_are_no_other_steps(cast, client):
    asked_form(cast)
    text = page(client.get(link_of(cast)))
    assert "How is Student doing?" in text
    assert "10 to answer" in text
    assert not Answer.objects.exists()
    assert client.get(f"{link_of(cast)}at/nonsense/").status_code == 404


def test_the_form_is_filled_in_by_link_and_handed_in(cast, goals, client):
    form = asked_form(cast)
    here = link_of(cast)
    between = [line for line in lines_of(form) if line.screen not in ("professionalism", "ending")]
    save_answers(form, ScreenForm(between, data_of(between)), by_name=cast.manager.name)
    for name, after in (("professionalism", "results"), ("ending", "check")):
        response = client.post(f"{here}at/{name}/", data_of(screen_of(form, name).lines))
        assert response.url == f"{here}at/{after}/"
    response = client.post(here, {"do": "hand_in"})
    assert said(response) == ["Handed in. Thank you: Student and the tutor can read it now."]
    form.refresh_from_db()
    assert form.sentence() == "Handed in by Manager Reed on 12 May 2026"
    assert Ask.objects.get(kind="review_form").is_answered
    news = Notice.objects.filter(kind="review_form_in")
    assert {notice.to for notice in news} == {cast.student, cast.tutor}
    assert {notice.subject for notice in news} == {"A review form has come in"}
    assert Event.objects.about(form).first().says == "handed in the midway review form"


def test_half_a_screen_is_kept_and_the_link_goes_on_there(cast, client):
    form = asked_form(cast)
    here = link_of(cast)
    client.post(f"{here}at/team/", {"behaviour-respect": "5", "behaviour-views": "unseen"})
    assert dict(form.answers.values_list("code", "label")) == {
        "respect": "A model for others",
        "views": "Not seen yet",
    }
    text = page(client.get(here))
    assert "2 to answer" in text
    assert f"{here}at/professionalism/" in text


def test_a_tap_is_saved_at_once(cast, client):
    form = asked_form(cast)
    path = f"{link_of(cast)}at/responsibility/"
    response = client.post(path, {"behaviour-open": "3"}, headers={"X-Autosave": "1"})
    assert response.json()["says"] == "Saved. 1 left on this screen."
    assert form.answers.get().value == "3"


def test_an_answer_can_be_emptied_again():
    cast = cast_that_answered()
    save_answers(cast.form, ScreenForm([line_of(cast.form, "strengths")], {"question-strengths": ""}), by_name="Mo")
    assert not cast.form.answers.filter(code="strengths").exists()
    assert cast.form.answers.count() == 30


def test_what_cannot_be_kept_is_said_and_stays_typed_and_the_rest_is_kept(cast, client):
    form = asked_form(cast)
    sent = {"question-strengths": "long " * 500, "question-develop": "Asks too late."}
    response = client.post(f"{link_of(cast)}at/words/", sent)
    assert response.status_code == 422
    assert "At most 2000 characters are possible." in page(response)
    assert "long long" in page(response)
    assert list(form.answers.values_list("code", "words")) == [("develop", "Asks too late.")]


def test_points_that_there_are_not_are_refused(cast, subtests):
    lines = lines_of(ReviewForm(placement=cast.placement, occasion=Occasion.MIDWAY))
    for value in ("9", "\0"):
        with subtests.test(value):
            refused = ScreenForm(lines, {"behaviour-open": value, "behaviour-honest": "2"})
            assert refused.errors == {"behaviour-open": ["Choose one of those in the list."]}


def test_a_form_with_gaps_is_not_handed_in(cast, client):
    asked_form(cast)
    response = client.post(link_of(cast), {"do": "hand_in"})
    assert response.status_code == 422
    assert "“Being professional” is not finished yet." in page(response)
    assert ReviewForm.objects.get().is_open


def test_words_that_come_after_handing_in_are_shown_not_stored(client):
    cast = cast_with_form()
    response = client.post(f"{link_of(cast)}at/words/", {"question-strengths": "One more thing"})
    assert response.status_code == 409
    assert "One more thing" in page(response)
    assert not Answer.objects.filter(words__contains="One more").exists()
    quietly = client.post(f"{link_of(cast)}at/words/", {}, headers={"X-Autosave": "1"})
    assert quietly.json() == {"says": "Not saved: the form is handed in already."}


def test_the_signed_in_manager_answers_the_same():
    cast = cast_that_answered()
    form = cast.form
    ask = Ask.objects.get(kind="review_form")
    client = signed_in(cast.manager)
    assert "Answer the form" in page(client.get(f"/placements/{cast.placement.pk}/review-forms/"))
    client.post(f"/asks/{ask.pk}/", {"do": "hand_in"})
    form.refresh_from_db()
    assert form.is_handed_in


# --- wording ---


def test_answers_keep_the_wording_that_was_answered():
    cast = cast_that_answered()
    form = cast.form
    old = Behaviour.objects.current().get(code="calm")
    reword(old, "Keeps a cool head")
    assert line_of(form, "calm").wording == "Stays calm when there is pressure"
    form.hand_in(by=cast.manager)
    assert line_of(form, "calm").wording == "Stays calm when there is pressure"
    assert line_of(asked_form(cast, Occasion.FINAL), "calm").wording == "Keeps a cool head"


def test_the_final_form_tells_what_was_said_midway_and_selects_nothing(client):
    cast = cast_asked_again()
    text = page(client.get(f"{link_of(cast)}at/team/"))
    assert text.count("checked") == 0
    assert text.count(f"In {timezone.localdate():%B} you said: Needs some help") == 4
    client.post(f"{link_of(cast)}at/team/", {})
    assert not Answer.objects.filter(form__occasion="final").exists()


def test_same_as_then_selects_visibly_what_has_no_answer_and_saves_nothing_until_it_is_sent(client):
    cast = cast_asked_again()
    form, path = cast.form, f"{link_of(cast)}at/team/"
    lines = screen_of(form, "team").lines
    shown = ScreenForm(lines)["was"].value()
    response = client.post(path, {"same": "1", "was": shown, lines[0].name: "5"})
    assert page(response).count("checked") == 4
    assert "Nothing of it is saved." in page(response)
    assert not form.answers.exists()
    data = {bound.name: bound.value() for bound in response.context["page"]}
    assert client.post(path, data).status_code == 302
    assert sorted(form.answers.values_list("value", flat=True)) == ["2", "2", "2", "5"]


def test_the_words_of_the_first_time_are_read_beside_an_empty_field(client):
    cast = cast_asked_again()
    [line] = [line for line in lines_of(cast.form) if line.earlier and line.earlier.words and not line.options][:1]
    path = f"{link_of(cast)}at/{line.screen}/"
    assert f"you wrote: “{line.earlier.words}”" in page(client.get(path))
    assert f">\n{line.earlier.words}</textarea>" in page(client.post(path, {"same": "1"}))


def test_an_ending_is_asked_at_the_end_only(cast):
    forms = [ReviewForm(placement=cast.placement, occasion=occasion) for occasion in (Occasion.MIDWAY, Occasion.FINAL)]
    midway, final = ([line.wording for line in screen_of(form, "ending").lines] for form in forms)
    assert "Will you offer Student work after the T Level?" not in midway
    assert "Will you offer Student work after the T Level?" in final


def test_goals_are_judged_in_the_wording_that_both_agreed_to(cast, goals):
    form = answered_form(cast)
    rows = Answer.objects.filter(form=form, part="goal").values_list("wording", "label")
    assert list(rows) == [
        ("Explain what the team does", Progress.MET.label),
        ("Do everyday tasks on your own", Progress.MET.label),
    ]


# --- who reads it ---


def test_nobody_but_the_manager_reads_it_before_it_is_handed_in():
    cast = cast_that_answered()
    form = cast.form
    assert signed_in(cast.student).get(f"/review-forms/{form.pk}/").status_code == 404
    text = page(signed_in(cast.tutor).get(f"/review-forms/{form.pk}/"))
    assert "Explains things calmly." not in text
    assert "Ask for it again" not in text
    assert "Explains things calmly." in page(signed_in(cast.manager).get(f"/review-forms/{form.pk}/"))
    assert signed_in(cast.tutor).get(f"/review-forms/{form.pk}/print/").status_code == 404


def test_student_tutor_and_office_read_it_afterwards_in_a_fixed_number_of_queries(django_assert_num_queries):
    cast = cast_with_form()
    for who, number in (("tutor", 7), ("student", 5)):
        client = signed_in(getattr(cast, who))
        with django_assert_num_queries(number):
            response = client.get(f"/review-forms/{cast.form.pk}/")
        assert "Explains things calmly." in page(response)
    assert list(ReviewForm.objects.visible_to(cast.coordinator)) == [cast.form]


def test_another_line_manager_takes_the_open_form_over(client):
    cast = cast_that_answered()
    form = cast.form
    old = link_of(cast)
    placement = Placement.objects.get(pk=cast.placement.pk)
    placement.manager = cast.manager2
    placement.save()
    assert client.get(old).status_code == 410
    assert Ask.objects.get(withdrawn_at=None).to == cast.manager2
    assert len([line for line in lines_of(form) if line.is_answered]) == 31


# --- what follows ---


def test_the_manager_corrects_it_within_ten_minutes(client, time_machine):
    cast = cast_with_form()
    form = cast.form
    path = link_of(cast)
    assert "Take it back to correct it" in page(client.get(path))
    client.post(path, {"do": "correct"})
    form.refresh_from_db()
    assert form.is_open
    assert Ask.objects.get().is_open
    form.hand_in(by=cast.manager)
    time_machine.move_to("2026-05-12 12:11")
    assert "more than 10 minutes ago" in said(client.post(path, {"do": "correct"}))[-1]


def test_the_tutor_takes_it_back_and_asks_again_with_what_was_said():
    cast = cast_that_answered()
    form = cast.form
    signed_in(cast.tutor).post(f"/review-forms/{form.pk}/take-back/")
    assert not Ask.objects.open().exists()
    asked_form(cast)
    form.refresh_from_db()
    assert form.is_open
    assert form.answers.count() == 31


def test_a_form_is_opened_again_with_a_reason_that_the_manager_reads():
    cast = cast_with_form()
    form = cast.form
    tutor = signed_in(cast.tutor)
    assert tutor.post(f"/review-forms/{form.pk}/reopen/", {"reason": " "}).status_code == 422
    tutor.post(f"/review-forms/{form.pk}/reopen/", {"reason": "A goal has changed."})
    late = tutor.post(f"/review-forms/{form.pk}/reopen/", {"reason": "Goal 2 has changed."})
    assert (late.status_code, given_back(late)) == (404, ["Goal 2 has changed."])
    form.refresh_from_db()
    assert form.is_open
    assert "A goal has changed." in Notice.objects.filter(kind="ask_review_form").latest("pk").text
    assert not ReviewForm.objects.visible_to(cast.student).exists()


def test_the_student_says_something_to_it_and_takes_it_back(time_machine):
    cast = cast_with_form()
    form = cast.form
    student = signed_in(cast.student)
    path = f"/review-forms/{form.pk}/respond/"
    assert student.post(path, {"words": ""}).status_code == 422
    student.post(path, {"words": "Thank you. I ask sooner now."})
    assert "I ask sooner now." in page(signed_in(cast.manager).get(f"/review-forms/{form.pk}/"))
    student.post(f"/review-forms/remarks/{Remark.objects.get().pk}/unsay/")
    assert not Remark.objects.exists()
    Remark.objects.create(form=form, by=cast.student, words="After all.")
    time_machine.move_to("2026-05-12 12:11")
    student.post(f"/review-forms/remarks/{Remark.objects.get().pk}/unsay/")
    assert Remark.objects.exists()
    assert signed_in(cast.tutor).post(path, {"words": "x"}).status_code == 403


def test_somebody_signed_out_gets_their_words_back(client):
    cast = cast_with_form()
    response = client.post(f"/review-forms/{cast.form.pk}/respond/", {"words": "I ask sooner now."})
    assert response.status_code == 401
    assert "I ask sooner now." in page(response)


# --- reminders, dashboards ---


def test_reminders_go_out_after_three_and_seven_days_and_then_the_tutor_hears(cast, time_machine):
    form = asked_form(cast)
    desk = cast.tutor.desks[0]

    def needs():
        return [need for need in needs_of_staff(desk, timezone.now()) if need.kind.name == "review_form"]

    for days, mails in ((2, 1), (3, 2), (5, 2), (7, 3), (12, 3)):
        time_machine.move_to(datetime(2026, 5, 12, 12, tzinfo=UTC) + timedelta(days=days))
        remind_of_asks(timezone.now())
        assert Notice.objects.filter(kind="ask_review_form").count() == mails
        assert len(needs()) == (1 if days > 8 else 0)
    assert "has not answered the midway review form" in needs()[0].says
    assert needs()[0].thing == form.pk


def test_the_students_home_points_to_what_came_in():
    cast = cast_with_form()
    steps = steps_of(cast.student_record, [cast.placement], date(2026, 5, 12))
    assert "Read what your line manager says about you" in [step.says for step in steps]


# --- pages ---


def test_the_list_has_a_chart_with_the_same_as_a_table():
    cast = cast_with_form()
    handed_in_form(cast, Occasion.FINAL, points="2")
    text = page(signed_in(cast.student).get(f"/placements/{cast.placement.pk}/review-forms/"))
    assert '<title id="behaviours-title">Behaviours of Student by group</title>' in text
    assert text.count("2.0<span") == 5
    assert text.count("4.0<span") == 5
    assert "10 of 10 seen" in text


def test_the_list_is_empty_in_words(cast):
    path = f"/placements/{cast.placement.pk}/review-forms/"
    assert "No form yet" in page(signed_in(cast.tutor).get(path))
    assert "Nothing here yet" in page(signed_in(cast.student).get(path))
    assert "Nothing to answer now" in page(signed_in(cast.manager).get(path))


def test_the_sheet_holds_the_answers_and_is_a_pdf_as_well(monkeypatch):
    monkeypatch.setattr("portal.pdf.pdf", lambda html: html.encode())  # laid out it is in the house
    cast = cast_with_form()
    tutor = signed_in(cast.tutor)
    text = page(tutor.get(f"/review-forms/{cast.form.pk}/print/"))
    assert "Midway review form" in text
    assert "Explains things calmly." in text
    response = tutor.get(f"/review-forms/{cast.form.pk}/review.pdf")
    assert "<title>Midway review form: Student Reed</title>" in response.text
    assert "filename*=UTF-8''Midway%20review%20form%20-%20Student%20Reed.pdf" in response["Content-Disposition"]


def test_the_list_takes_a_fixed_number_of_queries(django_assert_num_queries):
    cast = cast_with_form()
    client = signed_in(cast.tutor)
    with django_assert_num_queries(6):
        assert client.get(f"/placements/{cast.placement.pk}/review-forms/").status_code == 200


def test_a_screen_takes_a_fixed_number_of_queries(client, django_assert_num_queries):
    cast = cast_that_answered()
    start = link_of(cast)
    for path in (start, f"{start}at/professionalism/", f"{start}at/check/"):
        with django_assert_num_queries(7):
            client.get(path)


def test_the_final_form_with_all_that_was_said_midway_takes_no_query_more(client, django_assert_num_queries):
    cast = cast_asked_again()
    path = f"{link_of(cast)}at/professionalism/"
    with django_assert_num_queries(7):
        client.get(path)


@pytest.mark.database
def test_no_shell_can_store_half_a_decision(cast):
    form = asked_form(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewForm.objects.filter(pk=form.pk).update(status="handed_in")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewForm.objects.create(placement=cast.placement, occasion="midway")
