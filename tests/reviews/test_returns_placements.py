"""Work placements for the ILR: one record per employer placement, as a table and as XML."""

import re
from datetime import date, time
from xml.etree import ElementTree

import pytest

from employers.models import Employer
from placements.models import PatternDay, Placement
from reviews.returns.kinds import PLACEMENTS
from reviews.returns.models import Return
from reviews.returns.placements import lines_of
from students.models import Student
from tests import factories
from tests.conftest import signed_in
from tests.house.markup import problems
from tests.pages import text_of
from tests.reviews.returned import ULNS, chosen_by, returned

pytestmark = pytest.mark.django_db
PREVIEW = "/returns/new/work-placements/"


def lines(cast):
    return lines_of(Student.objects.filter(provider=cast.provider))


def files_of(cast) -> dict[str, str]:
    made = returned(cast, kind="work-placements")
    return {one.file.name.rpartition(".")[2]: bytes(one.file.content).decode() for one in made.files.all()}


def ended(placement):
    Placement.objects.filter(pk=placement.pk).update(status="ended", last_on=date(2026, 3, 13))


def test_a_placement_that_goes_on_has_no_end_yet(cast):
    Employer.objects.filter(pk=cast.employer.pk).update(ern="123456789")
    assert files_of(cast)["csv"] == (
        "ULN,LearnAimRef,FundModel,ProgType,WorkPlaceStartDate,WorkPlaceEndDate,WorkPlaceHours,WorkPlaceMode,"
        "WorkPlaceEmpId\r\n"
        "9276308686,ZWRKX003,25,31,2026-03-02,,742,2,123456789\r\n"
    )


def test_the_xml_holds_every_employer_of_a_student(cast):
    ended(cast.placement)
    factories.PlacementFactory(student=cast.student_record, employer=cast.employer2, first_on=date(2026, 4, 1))
    root = ElementTree.fromstring(files_of(cast)["xml"])  # noqa: S314 - our own
    assert [[field.text for field in learner.findall("ULN")] for learner in root] == [["9276308686"]]
    [aim] = root.iter("LearningDelivery")
    assert [(field.tag, field.text) for field in aim][:3] == [
        ("LearnAimRef", "ZWRKX003"), ("FundModel", "25"), ("ProgType", "31"),
    ]  # fmt: skip
    first, second = ([(field.tag, field.text) for field in one] for one in aim[3:])
    assert first == [
        ("WorkPlaceStartDate", "2026-03-02"), ("WorkPlaceEndDate", "2026-03-13"), ("WorkPlaceHours", "70"),
        ("WorkPlaceMode", "2"), ("WorkPlaceEmpId", "999999999"),
    ]  # fmt: skip
    assert [tag for tag, _ in second] == ["WorkPlaceStartDate", "WorkPlaceHours", "WorkPlaceMode", "WorkPlaceEmpId"]


def test_all_years_on_course_are_shown_and_the_final_one_where_it_is_chosen(cast):
    Student.objects.filter(pk=cast.student_record2.pk).update(entry_year="2026/27")
    for query, number in {"": 2, "year=2025/26": 1, "year=2026/27": 1}.items():
        choice = chosen_by(query, PLACEMENTS).choice
        assert len(lines_of(choice.of(Student.objects.filter(provider=cast.provider)))) == number, query
    text = text_of(signed_in(cast.coordinator).get(PREVIEW))
    assert "Year of entry 2025/26 and 2026/27" in text
    assert re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)<', text)[:3] == [
        ("", "All years on course"), ("2025/26", "Year of entry 2025/26, final year"),
        ("2027/28", "Year of entry 2027/28"),
    ]  # fmt: skip


def test_what_is_planned_only_and_work_tasters_stay_out(cast):
    Placement.objects.filter(pk=cast.placement.pk).update(status="planned")
    Placement.objects.filter(pk=cast.placement2.pk).update(kind="taster")
    assert lines(cast) == []
    assert "None of these students has begun a placement." in text_of(signed_in(cast.coordinator).get(PREVIEW))


def test_what_is_wrong_leads_to_where_it_is_mended(cast):
    PatternDay.objects.filter(placement=cast.placement).delete()
    Employer.objects.filter(pk=cast.employer.pk).update(ern="123456780")
    response = signed_in(cast.coordinator).get(PREVIEW)
    assert problems(response) == []
    text = text_of(response)
    assert "No days and times are agreed, so there are no planned hours." in text
    assert "The employer number (ERN) is not valid." in text
    assert f'href="/placements/{cast.placement.pk}/pattern/"' in text
    assert f'href="/employers/{cast.employer.pk}/edit/"' in text
    assert "The employer number is not known; 999999999 is sent." in text
    assert "Make the file" not in text


def test_planned_hours_that_are_none_stay_out(cast):
    Student.objects.filter(pk=cast.student_record.pk).update(uln=ULNS[0])
    PatternDay.objects.filter(placement=cast.placement).update(break_minutes=479)
    Placement.objects.filter(pk=cast.placement.pk).update(last_on=date(2026, 3, 13))
    assert [wrong.says for wrong in lines(cast)[0].wrong] == ["The planned hours must be 1 to 9999."]


def test_planned_hours_follow_each_pattern_from_the_day_on_which_it_holds(cast):
    placement = cast.placement
    Placement.objects.filter(pk=placement.pk).update(last_on=date(2026, 4, 10))  # six weeks, two bank holidays
    half_day = {"weekday": 4, "starts": time(9), "finishes": time(12, 45), "break_minutes": 0}
    PatternDay.objects.create(placement=placement, valid_from=date(2026, 3, 30), **half_day)
    assert [line.hours for line in lines(cast)][:1] == [143]  # 20 days of 7 h, then Friday 10 April: Good Friday is off


def test_the_row_left_out_is_kept_with_the_placement_and_the_reason(cast):
    made = returned(cast, kind="work-placements")
    text = text_of(signed_in(cast.coordinator).get(f"/returns/{made.pk}/left-out/"))
    assert "Student2 Reed</a>" in text
    assert "Placement from 2 March 2026: The ULN is the temporary 9999999999." in text


def test_the_number_of_queries_stays(cast, django_assert_num_queries):
    client = signed_in(cast.coordinator)
    for more in (1, 2):
        students = factories.many_students(more, provider=cast.provider)
        factories.many_placements(students, employer=cast.employer, manager=cast.manager)
        with django_assert_num_queries(6):
            response = client.get(PREVIEW)
    assert len(response.context["page"]) == 5
    assert not Return.objects.exists()
