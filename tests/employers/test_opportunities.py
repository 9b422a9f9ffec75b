"""Opportunities: staff keep them, and nobody offers what nobody may work."""

from datetime import date, time

import pytest
from django.http import QueryDict

from employers.opportunities.keeping import keep
from employers.opportunities.models import Opportunity
from placements.finding.filters import OpportunityFilter
from placements.finding.models import Application
from placements.finding.opportunity_form import DaysForm, OpportunityForm
from portal.asks.models import Ask
from portal.history.models import Event
from portal.notices.models import Notice
from portal.workflow import Refused, SomebodyWasQuicker
from students.tlevels.models import Specialism, TLevel
from students.tlevels.rules import rule_sets
from tests import factories
from tests.conftest import signed_in
from tests.pages import told
from tests.placements.finding_scenes import (
    application_of,
    applications_of,
    in_days,
    opportunities_of,
    opportunity_of,
    seeker,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_wednesday(time_machine):
    time_machine.move_to("2026-11-18 10:00")


@pytest.fixture
def office(cast):
    return signed_in(cast.coordinator)


def text(response) -> str:
    return response.content.decode()


def facts(cast, **changed) -> dict:
    software = TLevel.objects.get(title="Digital Software Development")
    days = {"day0-starts": "09:00", "day0-finishes": "17:00", "day0-break_minutes": "60"}
    return (
        {
            "role": "Junior developer",
            "description": "Help with the booking page.",
            "tlevels": [software.pk],
            "site": "",
            "manager": cast.manager.pk,
            "first_on": "2027-01-04",
            "last_on": "2027-06-30",
            "places": "2",
            "closes_on": "2026-12-18",
        }
        | days
        | changed
    )


def add(client, cast, **changed):
    return client.post(f"/opportunities/add/?employer={cast.employer.pk}", facts(cast, **changed))


def test_the_employer_is_chosen_first(cast, office):
    page = text(office.get("/opportunities/add/"))
    assert "Employer2" in page
    assert "other Employer" not in page
    assert "No employer matches" in text(office.get("/opportunities/add/?q=zzz"))
    for employer in (cast.other_employer.pk, "zzz"):
        assert office.get(f"/opportunities/add/?employer={employer}").status_code == 404


def test_an_opportunity_is_added(cast, office):
    response = add(office, cast)
    opportunity = Opportunity.objects.get()
    assert response.url == f"/opportunities/{opportunity.pk}/"
    assert (opportunity.provider, opportunity.manager, opportunity.places) == (cast.provider, cast.manager, 2)
    assert list(opportunity.days.values_list("weekday", "starts", "break_minutes")) == [(0, time(9), 60)]
    page = text(office.get(response.url))
    assert "Open until 18 December 2026, 2 places" in page
    assert "Mon 09:00 to 17:00, 7 h a week" in page
    assert Event.objects.about(opportunity)[0].says == "added it"


def errors_of(cast, **changed) -> dict:
    """What the form says to these facts, field by field."""
    data = QueryDict(mutable=True)
    for name, value in facts(cast, **changed).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    form = OpportunityForm(data, instance=Opportunity(employer=cast.employer))
    return form.errors | {f"day0-{name}": said for name, said in DaysForm([], data).forms[0].errors.items()}


def test_what_makes_no_sense_is_refused_and_kept(cast, office):
    wrong = {"role": "", "tlevels": [], "first_on": "2027-07-01", "places": "0", "day0-finishes": "08:00"}
    response = add(office, cast, **wrong)
    assert response.status_code == 422
    for words in (
        "This is missing.", "Choose at least one T Level", "lies before the first day, 1 July 2027.",
        "Offer at least 1 place.", "The finish has to be later than the start.", "Help with the booking page.",
    ):  # fmt: skip
        assert words in text(response)
    assert Opportunity.objects.count() == 0
    for name, value, said in [
        ("role", "x" * 151, "at most 150 characters"),
        ("description", "nul \x00", "Null characters are not allowed."),
        ("tlevels", ["zzz"], "Choose only from those in the list."),
        ("last_on", "2036-06-30", "to 30 June 2036 is more than two years. Check the years of both days."),
        ("closes_on", "31/2/2027", "There is no such date."),
        ("closes_on", "2027-07-01", "The work is over by then."),
        ("places", "100", "At most 99 places are possible."),
        ("places", "many", "Enter a whole number"),
        ("day0-finishes", "", "Give the finish as well."),
        ("day0-break_minutes", "500", "The break is as long as the whole day."),
    ]:
        [words] = errors_of(cast, **{name: value}).get(name, ["nothing is said"])
        assert said in words


def test_days_that_break_working_time_are_refused_with_the_reason(cast, office):
    response = add(office, cast, **{"day0-break_minutes": "0"})
    assert response.status_code == 422
    assert "Monday: 8 h without a break. From 18 on a break of 20 min is due after 6 h." in text(response)
    assert Opportunity.objects.count() == 0


def test_days_only_for_adults_may_be_offered_and_it_says_so(cast, office):
    response = add(office, cast, **{"day0-starts": "08:00", "day0-finishes": "19:00"})
    assert "Only from 18 on: Monday: 10 h on one day. Under 18 it is at most 8 h a day." in text(
        office.get(response.url)
    )


def test_a_specialism_belongs_to_a_chosen_t_level(cast):
    educator = Specialism.objects.get(title="Early Years Educator")
    says = "This belongs to Education and Early Years. Choose that T Level as well."
    assert errors_of(cast, specialism=educator.pk) == {"specialism": [says]}


def test_sites_and_contacts_of_others_are_refused(cast):
    foreign = factories.SiteFactory(employer=cast.other_employer)
    says = ["Choose one of those in the list."]
    assert errors_of(cast, site=foreign.pk, manager=cast.other_manager.pk) == {"site": says, "manager": says}


def test_changing_it_tells_the_history_what_changed(cast, office):
    opportunity = opportunity_of(cast)
    office.post(f"/opportunities/{opportunity.pk}/edit/", facts(cast, role="Tester"))
    opportunity.refresh_from_db()
    assert (opportunity.role, opportunity.version, opportunity.days.count()) == ("Tester", 1, 1)
    says = [event.says for event in Event.objects.about(opportunity)]
    assert says[0] == "changed T Levels or days and times"
    assert "role from Junior developer to Tester" in says[1]


def test_of_two_tabs_the_second_is_told_what_the_first_has_changed(cast, office):
    """Also of the days: one that was free on the page, and one that is free by now."""
    opportunity = opportunity_of(cast, weekdays=(0,))
    path = f"/opportunities/{opportunity.pk}/edit/"
    page = office.get(path)
    shown = {name: page.context["form"][name].value() for name in ("first_on", "last_on", "closes_on", "seen")}
    for row in page.context["rows"].forms:
        assert row["seen"].value() in text(page)
        shown[f"{row.prefix}-seen"] = row["seen"].value()
    opportunity.days.update(weekday=1, starts=time(9, 30), break_minutes=30)
    Opportunity.objects.filter(pk=opportunity.pk).update(role="Mine", places=3)
    response = office.post(path, facts(cast, **shown, role="Yours", places="3"))
    told = "Somebody {} meanwhile. Put in what is right, and save again."
    form, rows = response.context["form"], response.context["rows"].forms
    assert dict(form.errors) == {"role": [told.format("changed this to “Mine”")]}
    emptied = [told.format("emptied this")]
    assert dict(rows[0].errors) == {"starts": emptied, "finishes": emptied, "break_minutes": emptied}
    assert dict(rows[1].errors) == {
        "starts": [told.format("changed this to “09:30”")],
        "finishes": [told.format("changed this to “17:00”")],
        "break_minutes": [told.format("changed this to “30”")],
    }
    assert form["role"].value() == "Yours"
    again = {"seen": form["seen"].value()} | {f"{row.prefix}-seen": row["seen"].value() for row in rows}
    assert office.post(path, facts(cast, **shown | again, role="Yours", places="3")).status_code == 302
    opportunity.refresh_from_db()
    assert (opportunity.role, list(opportunity.days.values_list("weekday", "starts"))) == ("Yours", [(0, time(9))])


def test_t_levels_that_somebody_changed_meanwhile_are_told(cast, office):
    opportunity = opportunity_of(cast)
    path = f"/opportunities/{opportunity.pk}/edit/"
    seen = OpportunityForm(instance=opportunity, initial={"tlevels": list(opportunity.tlevels.all())})["seen"].value()
    opportunity.tlevels.set([TLevel.objects.get(title="Education and Early Years")])
    errors = office.post(path, facts(cast, seen=seen)).context["form"].errors
    told = "Somebody changed this to “Education and Early Years” meanwhile. Put in what is right, and save again."
    assert errors["tlevels"] == [told]


def test_two_who_store_it_at_the_same_moment(cast):
    """The second read it before the first had stored theirs."""
    mine, yours = opportunity_of(cast), Opportunity.objects.get()
    keep(mine, tlevels=[], days=[], by=cast.coordinator)
    with pytest.raises(SomebodyWasQuicker):
        keep(yours, tlevels=[], days=[], by=cast.coordinator)


def test_places_that_are_promised_stay(cast):
    opportunity = opportunity_of(cast, places=3, taken=1)
    application_of(opportunity, seeker(cast), "offered")
    errors = OpportunityForm(facts(cast, places="1"), instance=opportunity, initial={"tlevels": []}).errors
    assert "2 of them are taken or offered already." in errors["places"][0]


def test_a_new_contact_is_asked_instead(cast, office):
    opportunity = opportunity_of(cast)
    application_of(opportunity, seeker(cast))
    old = Ask.objects.create(
        kind="applications", provider=cast.provider, to=cast.manager, name="M",
        about="opportunities.opportunity", about_id=opportunity.pk,
    )  # fmt: skip
    new = factories.LineManagerFactory(employer=cast.employer).user
    office.post(f"/opportunities/{opportunity.pk}/edit/", facts(cast, manager=new.pk))
    old.refresh_from_db()
    assert not old.is_open
    assert Notice.objects.get(kind="ask_applications").to == new


def test_a_copy_begins_empty_of_applicants_and_with_the_same_days(cast, office):
    old = opportunity_of(cast, taken=1)
    page = office.get(f"/opportunities/{old.pk}/copy/")
    assert "A new one like Junior developer" in text(page)
    assert [row["starts"].value() for row in page.context["rows"].forms[:4]] == [time(9)] * 3 + [None]
    office.post(f"/opportunities/{old.pk}/copy/", facts(cast))
    new = Opportunity.objects.exclude(pk=old.pk).get()
    assert (new.taken, new.role, list(new.tlevels.all())) == (0, old.role, list(old.tlevels.all()))


def test_closing_and_opening_again(cast, office):
    opportunity = opportunity_of(cast)
    url = f"/opportunities/{opportunity.pk}/"
    assert office.post(f"{url}close/", {"reason": " "}).status_code == 422
    office.post(f"{url}close/", {"reason": "They moved"})
    assert "Closed: They moved" in text(office.get(url))
    with pytest.raises(Refused, match="The work itself ends on"):
        Opportunity.objects.get().reopen(by=cast.coordinator, closes_on=date(2029, 11, 1))
    assert "This day has passed already." in text(office.post(f"{url}reopen/", {"closes_on": "2026-11-01"}))
    office.post(f"{url}reopen/", {"closes_on": "2026-12-24"})
    opportunity.refresh_from_db()
    assert opportunity.sentence() == "Open until 24 December 2026, 2 places"


def test_a_reason_that_is_a_question_gets_no_full_stop(cast, office):
    opportunity = opportunity_of(cast, status="closed", closed_because="Will they move?")
    refused = told(office.get(f"/opportunities/{opportunity.pk}/close/"))
    assert refused == "That is not possible now. Closed: Will they move?"
    page = text(office.get(f"/opportunities/{opportunity.pk}/reopen/"))
    assert '<p class="lead">Employer. Closed: Will they move?</p>' in page


def test_one_without_applicants_is_removed_one_with_is_kept(cast, office):
    used, unused = opportunity_of(cast), opportunity_of(cast, role="Mistake")
    application_of(used, seeker(cast), "withdrawn")
    office.post(f"/opportunities/{unused.pk}/remove/")
    assert "Somebody has applied, so it is kept." in told(office.post(f"/opportunities/{used.pk}/remove/"))
    assert Opportunity.objects.get() == used
    assert Event.objects.about(cast.employer)[0].says == "removed the opportunity Mistake"


def test_the_list_and_its_filters(cast, office):
    opportunity_of(cast, role="Open one")
    opportunity_of(cast, role="Full one", taken=2)
    opportunity_of(cast, role="Past one", closes_on=in_days(-1))
    opportunity_of(cast, role="Closed one", status="closed", closed_because="Moved")
    opportunity_of(cast, role="Foreign one", employer=cast.other_employer)
    found = {
        "": ["Closed one", "Full one", "Open one", "Past one"],
        "state=open": ["Open one"],
        "state=full": ["Full one"],
        "state=over": ["Past one"],
        "state=closed": ["Closed one"],
        "q=open": ["Open one"],
        "q=zzz": [],
        "tlevel=999999&state=zzz": ["Closed one", "Full one", "Open one", "Past one"],
    }
    roles = ["Closed one", "Foreign one", "Full one", "Open one", "Past one"]
    own = Opportunity.objects.visible_to(cast.coordinator)
    assert {query: sorted(row.role for row in OpportunityFilter(QueryDict(query), own).qs) for query in found} == found
    pages = {query: text(office.get(f"/opportunities/?{query}")) for query in ("", "q=open")}
    assert [[role for role in roles if role in page] for page in pages.values()] == [found[""], ["Open one"]]


def test_the_empty_list_says_what_to_do(office):
    assert "No places are offered yet" in text(office.get("/opportunities/"))


def test_the_list_takes_seven_queries_however_long(cast, office, django_assert_num_queries):
    for more in (1, 2):
        opportunities_of(cast, more)
        with django_assert_num_queries(7):
            office.get("/opportunities/")


def test_one_opportunity_takes_eight_queries_however_many_apply(cast, office, django_assert_num_queries):
    path = f"/opportunities/{opportunity_of(cast, places=99).pk}/"
    rule_sets()  # read once per process
    for more in (1, 2):
        students = factories.many_students(more, provider=cast.provider, tutor=cast.tutor)
        applications_of([Opportunity.objects.get()] * more, students)
        with django_assert_num_queries(8):
            office.get(path)


def test_a_tutor_sees_only_their_own_students_by_name(cast):
    opportunity = opportunity_of(cast)
    application_of(opportunity, seeker(cast, "Mine"))
    application_of(opportunity, seeker(cast, "Theirs", tutor=cast.tutor2))
    page = text(signed_in(cast.tutor).get(f"/opportunities/{opportunity.pk}/"))
    assert "Mine Lee" in page
    assert "Theirs Lee" not in page
    assert Application.objects.count() == 2


def test_the_employer_s_page_shows_what_it_offers(cast, office):
    url = f"/employers/{cast.employer.pk}/parts/opportunities/"
    assert "No places are offered here yet" in text(office.get(url))
    opportunity_of(cast)
    assert "Junior developer" in text(office.get(url))


def test_the_contact_of_an_open_opportunity_stays_until_there_is_another(cast, office):
    opportunity = opportunity_of(cast, employer=cast.employer2)
    line_manager = cast.employer2.line_managers.get()
    cast.placement2.delete()
    says = told(office.post(f"/line-managers/{line_manager.pk}/remove/"))
    assert says.startswith("Manager2 Reed is the contact for 1 opportunity that is open.")
    opportunity.close(by=cast.coordinator, reason="They moved")
    office.post(f"/line-managers/{line_manager.pk}/remove/")
    assert not cast.employer2.line_managers.exists()
