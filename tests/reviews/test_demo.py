"""The demo holds on any day: in term, over Christmas, in August."""

import re
from collections import Counter
from datetime import UTC, date, datetime
from io import StringIO
from random import Random

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from employers.checks.models import Check, CheckItem
from employers.checks.queries import figures, missing_rows
from employers.conversations.models import Conversation
from placements.hours.models import StudentHours
from placements.hours.totals import rebuild
from placements.models import PatternDay, Placement
from placements.starting import missing_in, tasks_of
from placements.timesheets.models import Absence, Flag, Spell, Timesheet, monday_of, unanswered_since
from placements.working_time import plan_problems
from portal.asks.models import Ask
from portal.demo.people import ADDRESSES, PASSWORD
from portal.history.models import Event
from portal.people.models import Membership, Provider, Role, User
from reviews.demo import names, words
from reviews.demo.crowd_year import final_year, first_year, minutes_of
from reviews.demo.making import make_demo
from reviews.demo.moments import at
from reviews.demo.places import PATTERNS, SHORTER, WESTBROOK, rota
from reviews.returns.changes import changes_since
from reviews.returns.models import Return
from reviews.risk.models import Standing
from reviews.signoff.completion import is_complete, with_completion
from reviews.signoff.models import FigureQuestion, SignOff, SpecialConsideration
from students.models import Student
from students.tlevels.deadline import deadline_of
from students.tlevels.models import Approach, TLevel
from students.tlevels.rules import in_force_on, working_time_for

pytestmark = pytest.mark.system
SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAYS = {
    "a bank holiday in august, just after midnight": datetime(2027, 8, 29, 23, 10, tzinfo=UTC),
    "the saturday after christmas": datetime(2027, 1, 2, 10, 0, tzinfo=UTC),
    "the thursday after easter": datetime(2027, 4, 1, 15, 0, tzinfo=UTC),
}


def weeks_of(email: str, **wanted):
    return Timesheet.objects.filter(placement__student__user__email=email, **wanted)


def weeks_that_said(text: str):
    return Event.objects.filter(about="timesheets.timesheet", says__contains=text)


@pytest.mark.django_db
@pytest.mark.parametrize("now", DAYS.values(), ids=DAYS.keys())
def test_every_state_is_there_whatever_day_it_is(now):
    with time_machine.travel(now, tick=False):
        make_demo()
        assert Counter(Provider.objects.values_list("students__provider__name", flat=True)) == {
            "Northfield College": 32 + 16,  # last year's
            "Westbrook Sixth Form": 12 + 6,
        }
        assert_states_of_placements()
        assert_states_of_weeks()
        assert_states_of_checks()
        assert_states_of_signoffs()
        assert_hours_that_cannot_be_reached()
        assert_students_at_two_employers_at_once()
        assert_the_people_of_the_sign_in_page()
        assert_nothing_lies_in_the_future(now)
        assert_totals_agree_with_the_rows()


def assert_states_of_placements():
    placements = Placement.objects.without_tasters()
    assert Counter(placements.values_list("status", flat=True)) == {"active": 38, "ended": 4 + 22, "planned": 3}
    tasters = Placement.objects.filter(kind=Placement.Kind.TASTER)
    assert Counter(tasters.values_list("status", flat=True)) == {"ended": 2, "planned": 1}
    planned = placements.filter(status="planned")
    assert sorted(len(placement.missing_before_start()) for placement in planned) == [0, 2, 5]
    begun = placements.exclude(status="planned").exclude(student__tutor__email__startswith="ingrid.solberg")
    assert not begun.exclude(goals__manager_agreed_at__isnull=False).exists()
    assert not begun.filter(agreements=None).exists()
    waiting = Ask.objects.open().filter(to__email="manager@demo.test").values_list("kind", flat=True)
    assert {"agreement", "goals"} <= set(waiting)
    assert set(Placement.objects.filter(status="ended").values_list("ended_because", flat=True)) > {
        "The journey is too long or too expensive: The team moved to another town, too far to travel."
    }
    assert Student.objects.filter(placements=None).count() == 1
    assert Student.objects.exclude(placements__in=placements).count() == 2  # one of them is going to a work taster
    ben = Student.objects.get(user__email="ben.carter@demo.test")
    assert ben.placements.values("employer").distinct().count() == 2
    niamh = StudentHours.objects.get(student__user__email="niamh.gallagher@demo.test")
    assert niamh.required == 750 * 60
    assert niamh.counted > 300 * 60
    marcus = StudentHours.objects.get(student__user__email="marcus.bell@demo.test")
    assert marcus.counted >= marcus.required


def assert_states_of_checks():
    checks = Check.objects.current().filter(employer__provider__name="Northfield College")
    numbers = figures(checks, timezone.localdate())
    assert {name: numbers[name] for name in ("lapsed", "within_7", "within_30", "within_60")} == {
        "lapsed": 2,
        "within_7": 1,
        "within_30": 2,
        "within_60": 4,
    }
    westbrook = Provider.objects.get(name="Westbrook Sixth Form")
    assert missing_rows(westbrook, westbrook.employers.all()).count() == 1
    assert [item.request.employer.name for item in CheckItem.objects.to_look_at()] == ["Harbour & Vale Digital"]
    assert {item.request.employer.name for item in CheckItem.objects.wanted()} == {"Tidewater Films"}
    assert Conversation.objects.with_next_step().filter(next_on__lt=timezone.localdate()).count() == 1


def assert_states_of_signoffs():
    assert SignOff.objects.standing().count() == 9
    assert not SignOff.objects.exclude(signed_off_by__email__startswith="ingrid.solberg").exists()
    assert sorted(SpecialConsideration.objects.values_list("status", flat=True)) == ["confirmed", "proposed"]
    ready = with_completion().filter(is_complete(), signed_off_at=None)
    assert [student.name for student in ready] == ["Marcus Bell"]
    left = Student.objects.filter(left_on__isnull=False).values_list("provider__name", "left_because")
    assert set(left) == {("Northfield College", "work"), ("Westbrook Sixth Form", "work")}
    sent = Return.objects.filter(kind="results").order_by("provider")
    late = [changes_since(made, Student.objects.filter(provider=made.provider)) for made in sent]
    assert [[(change.was, change.now(None)) for change in changes] for changes in late] == [
        [("Placement still to be completed.", "Placement completed.")]
    ] * 2
    question = FigureQuestion.objects.get()
    assert (question.student.name, question.status) == ("Maya Thompson", "answered")


def assert_hours_that_cannot_be_reached():
    for email, is_aside in (("poppy.ashworth@demo.test", False), ("carys.pugh@other.test", True)):
        student = Student.objects.get(user__email=email)
        desk = student.tutor.memberships.get(role=Role.TUTOR, provider=student.provider)
        standing = Standing.objects.out_of_reach(desk, timezone.now()).get(pk=student.pk)
        assert (standing.is_aside, standing.last_look is not None) == (is_aside, is_aside)
        if timezone.localdate() <= deadline_of(student.entry_year):
            assert standing.reasons[0].startswith("At the present pace of ")


def assert_students_at_two_employers_at_once():
    running = Placement.objects.filter(status="active").values("student").annotate(n=Count("employer", distinct=True))
    at_two = Student.objects.filter(pk__in=running.filter(n=2).values("student"))
    assert {student.name for student in at_two} == {"Daniel Asante", "Amir Haidari"}
    for student in at_two:
        first, second = student.placements.all()
        assert not {day.weekday for day in first.pattern_days.all()} & {
            day.weekday for day in second.pattern_days.all()
        }


def assert_states_of_weeks():
    assert set(Timesheet.objects.values_list("status", flat=True)) == {"draft", "handed_in", "sent_back", "approved"}
    assert Timesheet.objects.waiting().filter(handed_in_at__lte=unanswered_since(timezone.now())).count() >= 3
    assert weeks_of("priya.nair@demo.test", status="sent_back").exclude(reason="").count() == 1
    assert weeks_of("grace.chen@demo.test", status="sent_back", handed_in_at=None).count() == 1
    assert weeks_of("jack.sumner@demo.test", status="approved").exclude(signed_on_paper_by="").count() == 3
    for said in ("opened the approved week again", "took the week back", "recorded that", "asked about", "Message: "):
        assert weeks_that_said(said).exists(), said
    last_monday = monday_of(timezone.localdate() - date.resolution * 7)
    callum = StudentHours.objects.get(student__user__email="callum.fraser@demo.test")
    assert callum.awaited_monday < last_monday
    flags = Flag.objects.filter(timesheet__placement__student__user__email="lukasz.wojcik@demo.test")
    assert {flag.says for flag in flags} == {"9 h on one day. Under 18 it is at most 8 h a day."}
    assert [flag.seen_at is None for flag in flags] == [False, True]
    assert {"sick", "holiday", "college", "other", "bank"} >= set(Absence.objects.values_list("kind", flat=True))
    assert Absence.objects.filter(kind="sick", foreseen=False).count() > 10
    assert Absence.objects.filter(day__gt=timezone.localdate(), foreseen=True).count() >= 3
    past_caps = StudentHours.objects.filter(not_counted__gt=0).values_list("student__user__email", flat=True)
    assert {"ethan.brooks@demo.test", "sofia.rossi@demo.test"} <= set(past_caps)
    assert Spell.objects.filter(approach=Approach.TASTER).exists()


def assert_the_people_of_the_sign_in_page():
    people = User.objects.filter(email__in=ADDRESSES)
    assert people.count() == 8
    assert people.first().check_password(PASSWORD)
    monday = monday_of(timezone.localdate())
    maya = [week for week in weeks_of("student@demo.test") if week.monday <= monday]
    assert (maya[0].monday, maya[0].status) == (monday, "draft")
    assert not maya[0].spells.filter(day__gte=timezone.localdate()).exists()
    assert maya[0].placement.pattern.on(timezone.localdate())
    assert [week.status for week in maya[1:4]] == ["handed_in", "approved", "sent_back"]
    amira = User.objects.get(email="manager@demo.test")
    waiting = Timesheet.objects.waiting().visible_to(amira)
    assert waiting.count() == 4
    assert waiting.values("placement__student").order_by().distinct().count() == 3
    assert Student.objects.visible_to(User.objects.get(email="tutor@demo.test")).count() == 20
    assert Student.objects.visible_to(User.objects.get(email="coordinator@demo.test")).count() == 48
    assert Student.objects.visible_to(User.objects.get(email="coordinator@other.test")).count() == 18
    desks = Counter(Membership.objects.values_list("user__email", flat=True))
    assert [email for email, count in desks.items() if count == 2] == [
        "helen.marsh@demo.test",
        "grace.okafor@oswin.test",
    ]


def assert_nothing_lies_in_the_future(now):
    assert not Event.objects.filter(at__gt=now).exists()
    assert not Timesheet.objects.filter(handed_in_at__gt=now).exists()
    assert not Timesheet.objects.filter(decided_at__gt=now).exists()
    assert not Spell.objects.filter(day__gt=timezone.localdate()).exists()


def assert_totals_agree_with_the_rows(**students):
    rows = StudentHours.objects.filter(**students).order_by("pk")
    kept = list(rows.values())
    rebuild(Student.objects.values_list("pk", flat=True))
    assert list(rows.values()) == kept


def what_was_made():
    return [
        list(Spell.objects.values_list("day", "starts", "minutes", "activity")),
        list(Event.objects.values_list("at", "by_name", "says")),
        list(Student.objects.values_list("uln", "born_on")),
    ]


def assert_the_crowd_is_believable():
    """What runs could have been started by the portal, two years are there, and some are completed."""
    students = Student.objects.filter(user__email__contains="@crowd.")
    assert set(students.values_list("entry_year", flat=True)) == {"2025/26", "2026/27"}
    crowd = Placement.objects.filter(student__in=students)
    running = list(crowd.filter(status="active", goals__number=1).with_people())
    assert len(running) > 8
    assert [missing_in(tasks) for tasks in tasks_of(running).values()] == [[]] * len(running)
    assert crowd.filter(induction__status="confirmed").count() > 15
    assert not [name for name in crowd.values_list("employer__name", flat=True) if re.search(r"\d", name)]
    assert not crowd.filter(role="Trainee").exists()
    assert SignOff.objects.filter(student__in=students, minutes__gte=315 * 60).exists()


@pytest.mark.django_db
def test_on_the_same_day_the_demo_is_always_the_same_and_more_students_come_in_bulk():
    with time_machine.travel(SUNDAY, tick=False):
        with transaction.atomic():
            make_demo(students=160, colleges=[WESTBROOK])
            made = what_was_made()
            transaction.set_rollback(True)
        make_demo(students=160, colleges=[WESTBROOK])
        assert len(made[0]) > 200
        assert what_was_made() == made
        assert Student.objects.count() == 18 + 32
        assert StudentHours.objects.filter(counted__gt=0).count() > 10
        assert_the_crowd_is_believable()
        assert_totals_agree_with_the_rows()
        assert_nothing_lies_in_the_future(SUNDAY)


@pytest.mark.django_db
def test_the_demo_only_goes_into_an_empty_database(cast):
    with pytest.raises(CommandError, match="There are providers in this database already"):
        call_command("demo")
    call_command("demo", "--if-empty")
    assert Provider.objects.count() == 2
    assert Timesheet.objects.count() == 0


@pytest.mark.django_db
def test_published_passwords_stay_out_of_production(settings):
    settings.PRODUCTION = True
    for command in ("demo", "populate"):
        with pytest.raises(CommandError, match="Not in production mode"):
            call_command(command)


@pytest.mark.django_db
def test_the_demo_cannot_be_smaller_than_its_stories():
    with pytest.raises(CommandError, match="at least 44"):
        call_command("demo", "--students", "10")


@pytest.mark.django_db
@pytest.mark.database
def test_populate_makes_one_large_provider_beside_the_others(cast):
    out = StringIO()
    call_command("populate", "--placements", "50", stdout=out)
    assert "50 of 50 placements" in out.getvalue()
    provider = Provider.objects.get(name="Populated College")
    assert provider.students.count() == provider.placements.count() == 50
    assert Spell.objects.count() > 50 * 25
    tutor = User.objects.get(email="tutor@populate.test")
    coordinator = User.objects.get(email="coordinator@populate.test")
    assert Student.objects.visible_to(tutor).count() == 40
    assert Student.objects.visible_to(coordinator).count() == 50
    assert tutor.check_password(PASSWORD)
    assert_totals_agree_with_the_rows(provider=provider)
    with pytest.raises(CommandError, match="already"):
        call_command("populate", "--placements", "1")
    call_command("populate", "--placements", "1", "--ukprn", "10999101", stdout=out)
    assert Provider.objects.count() == 4


def test_all_that_is_done_at_the_moment_happens_then():
    then = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
    with at(then):
        assert timezone.now() == then
        assert timezone.localdate() == date(2026, 3, 2)
        assert Event().at == then
    assert timezone.now() > then


@pytest.mark.django_db
@pytest.mark.parametrize("age", [17, 18])
def test_all_patterns_keep_within_working_time(age):
    limits = working_time_for(age, in_force_on(date(2026, 11, 1)))
    for pattern in [*PATTERNS.values(), *SHORTER.values(), *map(rota, range(7))]:
        days = [PatternDay(weekday=day, starts=a, finishes=b, break_minutes=c) for day, a, b, c in pattern]
        assert plan_problems(days, limits) == []


def test_most_of_a_crowd_get_there_and_each_is_somewhere_on_the_way():
    rng = Random(1)
    spans = [span for span in (final_year(rng) for _ in range(1000)) if span]
    assert 950 <= len(spans) <= 970
    ended = [span for span in spans if span.has_ended]
    assert 150 <= len(ended) <= 300
    assert not [span for span in spans if span.begun == span.lasts]  # the last week is over, and it would still run
    enough = [span for span in spans if span.lasts * minutes_of(span.pattern) >= 315 * 60]
    assert 880 <= len(enough) <= 930


def test_in_the_first_year_most_have_no_placement_yet_and_few_are_on_theirs_already():
    rng = Random(1)
    spans = [first_year(rng, 12) for _ in range(1000)]
    assert 600 <= spans.count(None) <= 700
    planned = [span for span in spans if span and span.is_planned]
    assert 200 <= len(planned) <= 300
    assert {span.begun for span in spans if span and not span.is_planned} <= {1, 2, 3, 4, 5, 6, 7, 8}
    assert not [span for span in (first_year(rng, 3) for _ in range(200)) if span and not span.is_planned]


@pytest.mark.parametrize("weekday", range(7))
def test_the_rota_has_today_in_it(weekday):
    assert weekday in [day for day, *_ in rota(weekday)]


@pytest.mark.django_db
def test_there_is_work_to_write_about_for_every_t_level_of_the_crowd():
    assert set(words.WORK) == set(names.TRADES)
    assert TLevel.objects.filter(title__in=words.WORK).count() == len(words.WORK)
