"""Checks of employers that placements need: none starts without, and people hear before one lapses."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from employers.checks.keeping import take_out
from employers.checks.models import Check, CheckKind, Needed, Scope
from employers.models import Site
from placements.models import Placement
from placements.requirements.clock import warn_of_lapsing_checks
from placements.requirements.queries import lacking_checks, needed_now, with_lapsing
from placements.requirements.starting import employer_checks
from placements.starting import tasks_of
from portal.needs import needs_in_order, needs_of_staff, number_of_needs, read_need
from portal.workflow import Refused
from students.models import Student
from tests.checked import checks_in_order, record
from tests.conftest import make_cast, signed_in
from tests.employers.access_checks import item_of
from tests.employers.access_conversations import conversation_of
from tests.factories import PlacementFactory, StudentFactory
from tests.poured import scene

pytestmark = pytest.mark.django_db
Status = Placement.Status
OFFICE = " The tutor or the placement office can settle it."


@pytest.fixture(autouse=True)
def _in_march(time_machine):
    time_machine.move_to("2026-03-10 12:00", tick=False)


@scene
@travel("2026-03-10 12:00", tick=False)
def cast_with_checks():
    """The cast, all checks of whose `placement` are in order until 7 March 2027."""
    cast = make_cast()
    checks_in_order(cast.placement, by=cast.coordinator)
    return cast


@pytest.fixture
def checked(db):
    return cast_with_checks()


def planned(cast, **changes):
    """The placement of the cast, not started yet: first day on 7 September 2026."""
    days = {"first_on": date(2026, 9, 7), "last_on": date(2026, 12, 18)}
    Placement.objects.filter(pk=cast.placement.pk).update(status=Status.PLANNED, **days | changes)
    return Placement.objects.with_people().get(pk=cast.placement.pk)


def task_of(placement):
    """The task of this room, without the numbers of sites."""
    [task] = [task for task in tasks_of([placement])[placement.pk] if task.title == "Employer checks"]
    return task.done, task.says.replace(f" ({placement.site})", "")


# --- Before the start ---


def test_a_missing_check_keeps_a_placement_from_starting_and_says_who_can_settle_it(cast):
    placement = planned(cast)
    says = (
        "Employers’ liability insurance is missing; Health and safety check of the site is missing; "
        "Risk assessment for the role is missing; Safeguarding contact at the employer is missing."
    )
    assert task_of(placement) == (False, says + OFFICE)
    with pytest.raises(Refused, match="Employers’ liability insurance is missing"):
        placement.start(by=cast.tutor)
    page = signed_in(cast.tutor).get(f"/placements/{placement.pk}/").content.decode()
    assert "Employers’ liability insurance is missing" in page
    assert f'href="/employers/{cast.employer.pk}/parts/checks/"' in page


def test_checks_in_order_must_hold_on_the_first_day(checked):
    placement, done = planned(checked), (True, "The checks of Employer are in order.")
    assert task_of(placement) == done
    for until, says in {
        date(2026, 3, 9): "Employers’ liability insurance lapsed on 9 March 2026.",
        date(2026, 9, 6): "Employers’ liability insurance lapses on 6 September 2026, before the first day.",
    }.items():
        record(checked.employer, "insurance", by=checked.coordinator, until=until)
        assert task_of(placement) == (False, says + OFFICE)
    record(checked.employer, "insurance", by=checked.coordinator, until=date(2026, 9, 7))
    assert task_of(placement) == done


def test_a_placement_that_starts_late_needs_checks_that_hold_today(checked, time_machine):
    placement = planned(checked)
    record(checked.employer, "insurance", by=checked.coordinator, until=date(2026, 9, 8))
    time_machine.move_to("2026-09-08 12:00")
    assert task_of(placement)[0]
    time_machine.move_to("2026-09-09 12:00")
    assert task_of(placement) == (False, "Employers’ liability insurance lapsed on 8 September 2026." + OFFICE)


def test_under_18_on_the_first_day_another_risk_assessment_is_needed(checked):
    Student.objects.filter(pk=checked.student_record.pk).update(born_on=date(2008, 9, 7))
    assert task_of(planned(checked))[0]
    Student.objects.filter(pk=checked.student_record.pk).update(born_on=date(2008, 9, 8))
    done, says = task_of(planned(checked))
    assert not done
    assert "Risk assessment for a young person under 18 is missing" in says


def test_a_check_of_another_site_does_not_help(checked):
    placement = planned(checked, site=checked.employer.sites.create(name="Depot"))
    assert task_of(placement) == (
        False,
        "Health and safety check of the site is missing; Risk assessment for the role is missing." + OFFICE,
    )


def test_without_a_site_the_employers_own_address_is_checked(cast):
    placement = planned(cast, site=None)
    checks_in_order(placement, by=cast.coordinator)
    assert Check.objects.filter(site=None).count() == 4
    assert task_of(placement)[0]


def test_what_the_provider_does_not_need_keeps_nothing_from_starting(checked):
    placement, insurance = planned(checked), Check.objects.get(kind__slug="insurance")
    take_out(insurance, because="Wrong", by=checked.coordinator)
    assert not task_of(placement)[0]
    client = signed_in(checked.coordinator)
    client.post(f"/check-kinds/{insurance.kind_id}/stop/")
    assert task_of(placement)[0]
    client.post(f"/check-kinds/{insurance.kind_id}/resume/")
    data = {"title": "Insurance", "needed": "advice", "expires": "on"}
    client.post(f"/check-kinds/{insurance.kind_id}/edit/", data)
    assert task_of(placement)[0]


def test_many_placements_take_one_query(cast, django_assert_num_queries):
    days = {"first_on": date(2026, 9, 8), "last_on": date(2026, 12, 18)}
    ours = [planned(cast).pk]
    for more in (1, 2):
        ours += [PlacementFactory(**days).pk for _ in range(more)]
        placements = list(Placement.objects.filter(pk__in=ours).with_people())
        with django_assert_num_queries(1):
            assert len(employer_checks(placements)) == len(ours)


# --- Which checks matter now ---


def test_a_check_matters_while_a_placement_leans_on_it(checked):
    record(checked.employer, "young-person", checked.employer.sites.get(), by=checked.coordinator)
    record(checked.employer, "site-safety", checked.employer.sites.create(name="Depot"), by=checked.coordinator)
    record(checked.employer2, "insurance", by=checked.coordinator)

    def matter():
        return sorted(f"{check} {check.employer}" for check in needed_now(Check.objects.current()))

    four = [
        "Employers’ liability insurance Employer",
        "Health and safety check of the site Employer",
        "Risk assessment for the role Employer",
        "Safeguarding contact at the employer Employer",
    ]
    assert matter() == sorted([*four, "Employers’ liability insurance Employer2"])
    Student.objects.filter(pk=checked.student_record.pk).update(born_on=date(2008, 3, 3))
    assert "Risk assessment for a young person under 18 Employer" in matter()
    Student.objects.filter(pk=checked.student_record.pk).update(born_on=date(2008, 3, 2))
    assert "Risk assessment for a young person under 18 Employer" not in matter()
    Placement.objects.update(status=Status.ENDED)
    assert matter() == []


def test_placements_that_lack_a_check_are_found(checked):
    rows = Placement.objects.filter(provider=checked.provider)
    today = timezone.localdate()
    assert lacking_checks(rows, today).get() == checked.placement2
    record(checked.employer, "insurance", by=checked.coordinator, until=date(2026, 3, 9))
    assert lacking_checks(rows, today).count() == 2
    Check.objects.all().delete()
    assert lacking_checks(rows, today).count() == 2


PLACES = [
    {"scope": scope, "placed": placed, "checked": checked}
    for scope, placed in [(Scope.EMPLOYER, "here"), (Scope.SITE, ""), (Scope.SITE, "here")]
    for checked in ("nowhere", "", "here", "elsewhere")
]
IS_18, IS_17 = date(2008, 3, 17), date(2008, 3, 18)  # on the first day
AGES = [
    {"needed": needed, "is_used": is_used, "born_on": born_on, "checked": checked}
    for needed, is_used, born_on in [
        (Needed.ALWAYS, True, IS_17),
        (Needed.ALWAYS, False, IS_17),
        (Needed.UNDER_18, True, IS_17),
        (Needed.UNDER_18, True, IS_18),
        (Needed.ADVICE, True, IS_17),
    ]
    for checked in ("nowhere", "")
]
DAYS = [
    {"first_on": date(2026, 3, first), "expires_on": date(2026, 3, last)}
    for first, lasts in [(9, (9, 10, 17, 18)), (17, (9, 16, 17, 18))]  # yesterday, in a week
    for last in lasts
]
TASTERS = [
    {"of_tasters": of_tasters, "placement_kind": placement_kind, "checked": checked, "expires_on": date(2026, 3, 17)}
    for of_tasters in (True, False)
    for placement_kind in Placement.Kind
    for checked in ("nowhere", "")
]


@pytest.mark.database
@pytest.mark.parametrize("cases", [PLACES, AGES, DAYS, TASTERS], ids=["places", "ages", "days", "tasters"])
def test_the_start_the_needs_of_staff_and_the_list_go_by_one_rule(cast, cases):
    """What `what_keeps` says of one kind and one check of it, the database finds as well."""
    kind = CheckKind.objects.get(provider=cast.provider, slug="insurance")
    CheckKind.objects.exclude(pk=kind.pk).delete()
    elsewhere = Site.objects.create(employer=cast.employer, name="Depot")
    sites = {"": None, "here": cast.placement.site, "elsewhere": elsewhere}
    facts = {
        "scope": "employer", "needed": "always", "is_used": True, "born_on": date(2008, 3, 3),
        "of_tasters": True, "placement_kind": Placement.Kind.PLACEMENT,
        "first_on": date(2026, 3, 17), "placed": "here", "checked": "", "expires_on": None,
    }  # fmt: skip
    for case in cases:
        what = SimpleNamespace(**facts | case)
        CheckKind.objects.update(scope=what.scope, needed=what.needed, is_used=what.is_used, of_tasters=what.of_tasters)
        Student.objects.filter(pk=cast.student_record.pk).update(born_on=what.born_on)
        facts_of_it = {"first_on": what.first_on, "site": sites[what.placed], "kind": what.placement_kind}
        placement, ours = planned(cast, **facts_of_it), cast.placement.pk
        Check.objects.all().delete()
        found = without = employer_checks([placement])[ours]
        if what.checked != "nowhere":
            where = {"employer": cast.employer, "site": sites[what.checked], "kind": kind, "wording": "Insurance"}
            Check.objects.create(**where, checked_on=date(2026, 1, 5), expires_on=what.expires_on)
            found = employer_checks([placement])[ours]
        lacking = lacking_checks(Placement.objects.filter(pk=ours), timezone.localdate())
        assert lacking.exists() == (not found.done), case
        is_leant_on = "is missing" in without.says and "is missing" not in found.says
        assert needed_now(Check.objects.current()).exists() == is_leant_on, case
        lapsing = with_lapsing(date(2026, 3, 17)).filter(pk=ours)
        assert lapsing.exists() == bool(is_leant_on and what.expires_on and what.expires_on.day <= 17), case


# --- The dashboards ---


def needs(person, now=None):
    """(who it is about, sentence, address) of what this room shows on the dashboard of a person."""
    desk = person.desks[0]
    found = needs_of_staff(desk, now or timezone.now())
    ours = [need for need in found if need.kind.name.startswith(("check_", "conversation_due"))]
    return [(need.name, need.says, need.thing) for need in ours]


def test_what_has_lapsed_or_will_is_on_the_dashboard_once(checked):
    PlacementFactory(
        student=StudentFactory(provider=checked.provider, tutor=checked.tutor),
        employer=checked.employer,
        site=checked.placement.site,
        manager=checked.manager,
    )
    site = checked.placement.site
    for slug, where, until in [
        ("insurance", None, date(2026, 3, 9)),
        ("safeguarding", None, date(2026, 3, 17)),
        ("site-safety", site, date(2026, 4, 9)),
        ("role-risk", site, date(2026, 5, 9)),
    ]:
        record(checked.employer, slug, where, by=checked.coordinator, until=until)
    at = checked.employer.pk
    soon = [
        ("Employer", "Employers’ liability insurance has lapsed", at),
        ("Employer", "Safeguarding contact at the employer lapses within 7 days", at),
        ("Employer", "Health and safety check of the site lapses within 30 days", at),
    ]
    assert needs(checked.tutor) == soon
    late = ("Employer", "Risk assessment for the role lapses within 60 days", at)
    assert needs(checked.coordinator) == [*soon, late]
    assert needs(checked.tutor2) == []
    home = " ".join(signed_in(checked.tutor).get(reverse("tutor_home")).content.decode().split())
    assert "<strong>Employer</strong>" in home
    assert f'href="/employers/{at}/checks/"' in home
    assert 'And 2 more<span class="visually-hidden"> about Employer</span>' in home
    office = " ".join(signed_in(checked.coordinator).get("/needs/").content.decode().split())
    assert (
        '<strong>Employer</strong></span></p> <p class="need-says">Employers’ liability insurance has lapsed</p>'
        in office
    )


KIND_AFTER_DAYS = {
    -1: "check_lapsed", 0: "check_lapses_7", 7: "check_lapses_7", 8: "check_lapses_30", 30: "check_lapses_30",
    31: "check_lapses_60", 60: "check_lapses_60", 61: None,
}  # fmt: skip


@pytest.mark.database
def test_each_check_is_of_one_kind_and_can_be_asked_for_by_it(checked):
    desk, now = checked.coordinator.desks[0], timezone.now()
    insurance = record(checked.employer, "insurance", by=checked.coordinator)
    asked = ("check_lapsed", "check_lapses_7", "check_lapses_30", "check_lapses_60")
    for days, kind in KIND_AFTER_DAYS.items():
        Check.objects.filter(pk=insurance.pk).update(expires_on=timezone.localdate() + timedelta(days=days))
        found = {name: [read_need(row).kind.name for row in needs_in_order(desk, now, name)] for name in asked}
        assert found == {name: [name] if name == kind else [] for name in asked}, days
        numbers = {one.name: number for one, number in number_of_needs(desk, now) if one.name in asked}
        assert numbers == ({kind: 1} if kind else {}), days


def test_the_office_sees_placements_that_start_soon_without_their_checks(cast):
    placement = planned(cast)
    assert needs(cast.coordinator) == []
    Placement.objects.filter(pk=placement.pk).update(first_on=date(2026, 4, 7))
    says = "Starts soon, and checks of Employer are missing or will have lapsed"
    assert needs(cast.coordinator) == [("Student Reed", says, cast.employer.pk)]
    assert needs(cast.tutor) == []  # told with all else that the placement lacks
    Placement.objects.filter(pk=placement.pk).update(first_on=date(2026, 3, 9))
    late = "Should have started, but checks of Employer are missing or have lapsed"
    assert needs(cast.coordinator) == [("Student Reed", late, cast.employer.pk)]
    checks_in_order(Placement.objects.get(pk=placement.pk), by=cast.coordinator)
    assert needs(cast.coordinator) == []


def test_a_next_step_that_is_due_is_on_the_dashboard_of_whoever_wrote_it_down(cast):
    conversation = conversation_of(cast, next_on=date(2026, 3, 11))
    assert needs(cast.tutor) == []
    conversation.next_on = date(2026, 3, 10)
    conversation.save()
    assert needs(cast.tutor) == [("Employer", "Next step: Agree the day", cast.employer.pk)]
    assert needs(cast.coordinator) == []


def test_what_an_employer_sent_is_about_the_employer(cast):
    PlacementFactory(student=StudentFactory(provider=cast.provider, tutor=cast.tutor), employer=cast.employer)
    item_of(cast)
    assert needs(cast.tutor) == [("Employer", "The employer has sent something to look at", cast.employer.pk)]
    assert needs(cast.tutor2) == []


# --- By mail ---


@pytest.fixture
def ticked(django_capture_on_commit_callbacks):
    """The mails (to, body) that the clock sends at an hour of a day, once what it did is committed."""

    def act(on: date, hour=9):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            warn_of_lapsing_checks(datetime(on.year, on.month, on.day, hour, tzinfo=UTC))
        return [(sent.to[0], sent.body) for sent in mail.outbox]

    return act


@pytest.fixture
def lapsing(checked):
    """The insurance of the cast's employer holds until 30 June 2026; everything else much longer."""
    Check.objects.filter(kind__slug="insurance").update(expires_on=date(2026, 6, 30))
    return checked


def test_each_coordinator_hears_60_30_and_7_days_before_and_when_it_has_lapsed(lapsing, ticked, time_machine):
    heard = {}
    for days in (61, 60, 59, 31, 30, 29, 8, 7, 6, 0, -1, -2):
        on = date(2026, 6, 30) - timedelta(days=days)
        time_machine.move_to(datetime(on.year, on.month, on.day, 9, tzinfo=UTC), tick=False)
        if mails := ticked(on):
            heard[days] = [to for to, _ in mails]
            assert ticked(on) == []
    office = ["coordinator@cast.test", "coordinator2@cast.test"]
    assert heard == {60: office, 30: office, 7: office, -1: office}


def test_one_mail_tells_of_all_and_names_nobody_in_its_subject(lapsing, ticked, time_machine):
    record(lapsing.employer2, "safeguarding", by=lapsing.coordinator, until=date(2026, 6, 20))
    time_machine.move_to("2026-06-25 09:00", tick=False)
    (_, body), _ = ticked(date(2026, 6, 25))
    assert "- Employer2: Safeguarding contact at the employer. Lapsed on 20 June 2026\n" in body
    assert "- Employer: Employers’ liability insurance. Holds until 30 June 2026, 5 more days\n" in body
    assert mail.outbox[0].subject == "Checks of employers are about to lapse"


def test_nobody_is_mailed_at_night_nor_of_employers_without_students(lapsing, ticked, time_machine):
    time_machine.move_to("2026-06-25 09:00", tick=False)
    assert ticked(date(2026, 6, 25), hour=3) == []
    Placement.objects.update(status=Status.ENDED)
    warn_of_lapsing_checks(timezone.now())
    assert Check.objects.exclude(told_days=None).count() == 0


def test_a_renewed_check_is_not_warned_of(lapsing, time_machine):
    record(lapsing.employer, "insurance", on=date(2026, 3, 9), by=lapsing.coordinator)
    time_machine.move_to("2026-06-25 09:00", tick=False)
    warn_of_lapsing_checks(timezone.now())
    assert Check.objects.exclude(told_days=None).count() == 0


def test_with_nothing_due_it_costs_one_query(lapsing, django_assert_num_queries):
    with django_assert_num_queries(1):
        warn_of_lapsing_checks(timezone.now())
