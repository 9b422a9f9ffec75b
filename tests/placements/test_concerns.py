"""Telling that something is wrong: every kind, without a placement or a tutor, twice pressed, nonsense typed."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from placements.concerns.forms import AccidentForm, TellForm, why_not_on
from placements.concerns.models import Concern, ConcernKind
from placements.concerns.raising import add_words
from placements.models import Placement
from portal.history.models import looks_at
from portal.notices.models import Notice
from portal.people.models import User
from portal.workflow import SomebodyWasQuicker
from students.models import Student
from tests.conftest import signed_in
from tests.factories import MembershipFactory, StudentFactory, UserFactory
from tests.placements.access_concerns import accident_of, concern_of, kind_of

pytestmark = pytest.mark.django_db
KINDS = [
    "The work is not what I expected",
    "I feel unable to do the work",
    "Getting there and back",
    "Clothes and equipment for work",
    "Longer hours than agreed",
    "How I am: my wellbeing",
    "I am treated unfairly by people at work",
    "Accident or injury",
    "Something else",
]
FALL = {
    "happened_on": "2026-03-04",
    "happened_at": "10:20",
    "place": "Stores, loading door",
    "what": "I slipped on the wet ramp",
    "injury": "My wrist",
    "told": "Mr Reed",
    "first_aid": "A cold pack",
    "first_aid_by": "Jo at reception",
    "witnesses": "Two drivers",
}


def tell(client, code="transport", **data):
    data = {"text": "The bus never comes", "visibility": "tutor", "contact": "here"} | data
    return client.post(reverse("concern_add", args=[kind_of(code).pk]), data)


def shows_urgent_help(words: str, before: str) -> bool:
    """Whether whom to ring stands on a page, and before what else there is to do."""
    help_stands = 'href="tel:999"' in words and "Grace Bell at Northfield College" in words
    return help_stands and words.index("tel:999") < words.index(before)


def kinds_of_mail(user) -> list[str]:
    return list(Notice.objects.filter(to=user).order_by("pk").values_list("kind", flat=True))


def test_all_kinds_are_offered_as_links_in_five_queries(cast, django_assert_num_queries):
    client = signed_in(cast.student)
    with django_assert_num_queries(5):
        page = client.get(reverse("concern_new"))
    assert [kind.title for kind in page.context["kinds"]] == KINDS
    words = page.content.decode()
    for kind in page.context["kinds"]:
        assert f'href="/concerns/new/{kind.pk}/"' in words
    assert shows_urgent_help(words, before='aria-label="What is it about?"')


def test_urgent_help_stands_above_the_form_of_an_accident_too(cast):
    words = signed_in(cast.student).get(reverse("concern_add", args=[kind_of("accident").pk])).content.decode()
    assert shows_urgent_help(words, before="novalidate")


def test_urgent_help_what_helps_and_what_happens_are_read_first(cast):
    with time_machine.travel("2026-03-04T10:00Z", tick=False):
        words = signed_in(cast.student).get(reverse("concern_add", args=[kind_of("transport").pk])).content.decode()
    assert shows_urgent_help(words, before="novalidate")
    assert "Ask at work whether somebody goes your way." in words
    assert "Your tutor reads this and writes back to you." in words
    assert "You get an answer by <strong>Friday 6 March, 17:00</strong>" in words


def test_a_worry_is_the_tutors_alone(cast):
    client = signed_in(cast.student)
    response = tell(client)
    concern = Concern.objects.get()
    assert response.url == f"/concerns/{concern.pk}/"
    assert (concern.visibility, concern.status, concern.placement) == ("tutor", "raised", cast.placement)
    assert concern.owner == cast.tutor
    assert concern.messages.get().text == "The bus never comes"
    assert (
        "Told. Tutor Reed reads this, and owes you an answer within 2 working days."
        in client.get(response.url).content.decode()
    )
    assert kinds_of_mail(cast.tutor) == ["concern_raised"]
    assert kinds_of_mail(cast.coordinator) == []


def test_the_title_of_a_worry_says_when_it_was_told_and_neither_whose_nor_what(cast, time_machine):
    def title(user, concern):
        return re.search("<title>(.*?)</title>", signed_in(user).get(f"/concerns/{concern.pk}/").content.decode())[1]

    time_machine.move_to("2026-03-04 16:40")
    concern = concern_of(cast, code="wellbeing")
    assert title(cast.tutor, concern) == "Worry told on 4 March 2026 at 16:40 · Placement Portal"
    assert title(cast.student, concern) == "What I told on 4 March 2026 at 16:40 · Placement Portal"


def test_no_words_are_needed(cast):
    concern = concern_of(cast, text="", contact="phone", reach="07700 900123, after four")
    page = signed_in(cast.tutor).get(f"/concerns/{concern.pk}/").content.decode()
    assert "Student wrote no words, and would like to be asked." in page
    assert "Ring me: 07700 900123, after four" in page


def test_shared_with_the_office_if_the_student_wants(cast):
    tell(signed_in(cast.student), visibility="office", rather="a woman, please")
    concern = Concern.objects.get()
    assert (concern.is_with_office, concern.rather) == (True, "a woman, please")
    assert concern in Concern.objects.visible_to(cast.coordinator)


def test_without_a_tutor_it_goes_to_the_placement_office(cast):
    Student.objects.filter(pk=cast.student_record.pk).update(tutor=None)
    cast.student_record.refresh_from_db()
    concern = concern_of(cast)
    assert (concern.visibility, concern.owner) == ("office", None)
    assert kinds_of_mail(cast.coordinator) == ["concern_raised"]
    concern.answer(by=cast.coordinator, text="We ring you today")
    assert concern.taken_by == cast.coordinator


def test_where_the_tutor_left_it_goes_to_the_placement_office_and_the_page_says_so(cast):
    cast.tutor.is_active = False
    cast.tutor.save()
    client = signed_in(cast.student)
    page = client.get(reverse("concern_add", args=[kind_of("transport").pk])).content.decode()
    assert "You have no tutor at present. So this goes to the placement office of Northfield College" in page
    tell(client)
    concern = Concern.objects.get()
    assert (concern.visibility, concern.owner) == ("office", None)
    assert kinds_of_mail(cast.coordinator) == ["concern_raised"]


def test_of_several_placements_the_student_chooses(cast):
    second = Placement.objects.get(pk=cast.placement2.pk)
    second.student = cast.student_record
    second.save()
    client = signed_in(cast.student)
    page = client.get(reverse("concern_add", args=[kind_of("transport").pk]))
    assert [label for _, label in page.context["form"].fields["placement"].choices] == [
        "None of them",
        "Employer",
        "Employer2",
    ]
    assert tell(client, placement=cast.other_placement.pk).status_code == 422
    tell(client, placement=second.pk)
    assert Concern.objects.get().placement == second


def test_pressing_twice_tells_once(cast):
    assert concern_of(cast) == concern_of(cast)
    assert Concern.objects.count() == 1
    assert kinds_of_mail(cast.tutor) == ["concern_raised"]
    concern_of(cast, "Something new")
    assert Concern.objects.count() == 2


def test_an_accident_goes_to_the_tutor_and_the_office_once(cast):
    client = signed_in(cast.student)
    response = tell(client, "accident", text="", **FALL)
    concern = Concern.objects.get()
    assert response.url == f"/concerns/{concern.pk}/"
    assert concern.accident.happened_on == date(2026, 3, 4)
    assert concern.accident.first_aid_by == "Jo at reception"
    assert kinds_of_mail(cast.tutor) == kinds_of_mail(cast.coordinator) == ["concern_raised"]
    assert kinds_of_mail(cast.manager) == []
    assert tell(client, "accident", text="", **FALL).url == response.url
    for reader in (cast.student, cast.tutor):
        page = signed_in(reader).get(response.url).content.decode()
        assert "I slipped on the wet ramp" in page
        assert "Nothing has been said beyond the record of the accident." in page
        assert "wrote no words" not in page


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"contact": "phone"}, "Give the number that we should ring."),
        ({"visibility": "manager"}, "Choose one of those in the list."),
        ({"contact": "pigeon"}, "Choose one of those in the list."),
        ({"text": "x" * 4001}, "at most 4000 characters"),
        ({"text": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_bad_input_is_said(data, says):
    told = {"text": "The bus never comes", "visibility": "tutor", "contact": "here"} | data
    form = TellForm(told, student=Student(tutor=User()), placements=[], kind=ConcernKind())
    assert [says in error for [error] in form.errors.values()] == [True]


def test_browsers_keep_neither_the_private_number_nor_the_name():
    form = TellForm(student=Student(tutor=User()), placements=[], kind=ConcernKind())
    assert [str(form[name]).count('autocomplete="off"') for name in ("reach", "rather")] == [1, 1]


def test_bad_input_is_not_kept_and_nothing_typed_is_lost(cast):
    response = tell(signed_in(cast.student), rather="Mrs Bell", contact="phone")
    assert response.status_code == 422
    assert "Give the number that we should ring." in response.content.decode()
    assert 'value="Mrs Bell"' in response.content.decode()
    assert not Concern.objects.exists()


def test_an_accident_needs_its_facts(cast):
    nothing = FALL | dict.fromkeys(("happened_on", "place", "what", "told"), "")
    assert AccidentForm(nothing, student=cast.student_record).errors == {
        "happened_on": ["When was it? Give the day."],
        "place": ["Say where it was."],
        "what": ["Say in a few words what happened."],
        "told": ["Say who was told, or write “nobody yet”."],
    }


@pytest.mark.parametrize(
    ("day", "says"), [("2126-01-01", "This day has not come yet."), ("31/31/2026", "There is no such date.")]
)
def test_an_accident_happened_on_a_day_that_has_come(cast, day, says):
    [(where, [error])] = AccidentForm(FALL | {"happened_on": day}, student=cast.student_record).errors.items()
    assert (where, says in error) == ("happened_on", True)


def test_an_accident_is_no_older_than_the_placement(cast):
    before = "This is before the placement at Employer began, on 2 March 2026. Check the date."
    assert why_not_on(date(1900, 1, 1), cast.student_record) == before
    assert why_not_on(date(2026, 3, 1), cast.student_record) == before
    assert why_not_on(date(2026, 3, 2), cast.student_record) == ""


def test_an_accident_before_any_placement_is_no_older_than_the_course(cast):
    Placement.objects.filter(pk=cast.placement.pk).update(first_on=date(2027, 1, 4), last_on=date(2027, 7, 31))
    before = "This is before the course began, on 1 September 2025. Check the date."
    assert why_not_on(date(2025, 8, 31), cast.student_record) == before
    assert why_not_on(date(2025, 9, 1), cast.student_record) == ""


def test_an_accident_of_long_ago_is_refused_in_the_summary_and_at_the_field(cast):
    response = tell(signed_in(cast.student), "accident", **(FALL | {"happened_on": "1900-01-01"}))
    assert response.status_code == 422
    assert not Concern.objects.exists()
    page = response.content.decode()
    assert page.count("This is before the placement at Employer began, on 2 March 2026. Check the date.") == 2
    assert 'value="1900-01-01"' in page


def test_an_old_link_to_a_kind_leads_to_its_new_words_and_what_is_written_to_it_is_told(cast):
    old, client = kind_of("transport"), signed_in(cast.student)
    new = old.rewrite(title="The journey")
    response = client.get(reverse("concern_add", args=[old.pk]))
    assert response.url == reverse("concern_add", args=[new.pk])
    assert client.get(reverse("concern_add", args=[99999])).status_code == 404
    data = {"text": "The bus never comes", "visibility": "tutor", "contact": "here"}
    client.post(reverse("concern_add", args=[old.pk]), data)
    concern = Concern.objects.get()
    assert (concern.kind, concern.messages.get().text) == (new, "The bus never comes")


def test_what_was_told_keeps_the_words_of_its_kind(cast):
    concern = concern_of(cast)
    new = concern.kind.rewrite(title="The journey", within=9)
    assert (new.version, new.code, new.within) == (2, "transport", 9)
    concern = Concern.objects.with_people().get()
    assert concern.kind.title == "Getting there and back"
    assert [kind.title for kind in ConcernKind.objects.current()][2] == "The journey"


@pytest.mark.parametrize(
    ("code", "moment", "due"),
    [
        ("longer_hours", "2026-03-04T10:00", "2026-03-05T17:00"),
        ("longer_hours", "2026-03-06T18:00", "2026-03-09T17:00"),  # Friday: Monday
        ("transport", "2026-04-02T10:00", "2026-04-08T16:00"),  # Good Friday and Easter Monday do not count
        ("wellbeing", "2026-03-04T20:00", "2026-03-05T17:00"),
        ("accident", "2026-03-04T10:00", "2026-03-04T14:00"),
        ("accident", "2026-03-06T16:00", "2026-03-09T12:00"),  # an hour of Friday, three of Monday
        ("accident", "2026-03-07T11:00", "2026-03-09T13:00"),
        ("accident", "2026-03-04T03:00", "2026-03-04T13:00"),
    ],
)
def test_when_an_answer_is_due(code, moment, due):
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert kind_of(code).due_from(at) == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_no_mail_says_what_or_whose(cast):
    concern = concern_of(cast)
    add_words(concern, "It was late again", by=cast.student)
    Concern.objects.with_people().get().answer(by=cast.tutor, text="Take the tram")
    told = [(notice.subject, notice.text, notice.html) for notice in Notice.objects.order_by("pk")]
    assert [subject for subject, _, _ in told] == [
        "Something waits for you in the portal",
        "Something new waits for you in the portal",
        "There is something for you in the portal",
    ]
    for words in ("bus", "late again", "tram", "Getting there", "Student Reed", "transport", "worry"):
        assert not [parts for parts in told if words in " ".join(parts)]
    assert mail.outbox == []


def test_nobody_is_mailed_who_wants_no_contact(cast):
    concern = concern_of(cast, contact="not_now")
    concern.answer(by=cast.tutor, text="I have read it")
    assert kinds_of_mail(cast.student) == []


def test_facts_of_an_accident_can_be_put_right(cast):
    concern = accident_of(cast)
    client = signed_in(cast.tutor)
    url = reverse("accident_edit", args=[concern.pk])
    wrong = client.post(url, FALL | {"place": "", "happened_on": "1900-01-01"})
    assert wrong.status_code == 422
    assert "Say where it was." in wrong.content.decode()
    assert "This is before the placement at Employer began, on 2 March 2026." in wrong.content.decode()
    assert client.post(url, FALL | {"place": "Yard"}).url == f"/concerns/{concern.pk}/"
    page = client.get(f"/concerns/{concern.pk}/").content.decode()
    assert "place from Stores, loading door to Yard" in page


def test_the_record_of_an_accident_as_a_page_and_a_pdf(cast, monkeypatch):
    monkeypatch.setattr("portal.pdf.pdf", lambda *args, **kwargs: b"%PDF")  # laid out for the access table
    concern = accident_of(cast)
    page = signed_in(cast.student).get(reverse("accident_print", args=[concern.pk])).content.decode()
    assert "Accident or injury, 4 March 2026" in page
    assert "I slipped on the wet ramp" in page
    pdf = signed_in(cast.coordinator).get(reverse("accident_pdf", args=[concern.pk]))
    assert [look.by for look in looks_at(concern)] == [cast.coordinator, cast.student]  # printing is one, too
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    assert "Accident record - Student Reed - 4 March 2026.pdf" in pdf["Content-Disposition"]
    worry = concern_of(cast)
    assert signed_in(cast.student).get(reverse("accident_print", args=[worry.pk])).status_code == 404


def test_a_verb_on_an_old_version_is_refused(cast):
    concern = concern_of(cast)
    with pytest.raises(SomebodyWasQuicker):
        concern.answer(by=cast.tutor, text="Hello", seen=concern.version + 1)


def test_a_student_without_a_placement_who_is_coordinator_elsewhere_tells_at_their_own_provider(cast):
    both = UserFactory()
    StudentFactory(provider=cast.provider, user=both, tutor=cast.tutor)
    MembershipFactory(user=both, provider=cast.other_provider)
    tell(signed_in(both))
    concern = Concern.objects.get()
    assert (concern.provider, concern.placement) == (cast.provider, None)


def test_the_way_in_stands_on_every_page_of_a_student_and_of_nobody_else(cast):
    student = signed_in(cast.student)
    for url in ("student_home", "profile_edit"):
        assert student.get(reverse(url)).content.decode().count('href="/concerns/new/"') >= 3
    assert 'href="/concerns/new/"' not in signed_in(cast.tutor).get(reverse("tutor_home")).content.decode()
    assert 'href="/concerns/new/"' not in signed_in(cast.manager).get(reverse("manager_home")).content.decode()


def test_later_words_owe_an_answer_again(cast):
    concern = concern_of(cast)
    concern.answer(by=cast.tutor, text="Take the tram")
    assert concern.due_at is None
    assert add_words(concern, "There is no tram", by=cast.student)
    concern = Concern.objects.with_people().get()
    assert concern.due_at > timezone.now() + timedelta(hours=12)
    assert concern.status == "answered"
