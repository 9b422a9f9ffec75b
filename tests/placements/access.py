"""The access table of the placements rooms (see tests/house/test_access.py)."""

from datetime import date

from placements.approvals.approvers import make_link
from tests.factories import SpellFactory, TimesheetFactory
from tests.posts import ONLY_ITS_MANAGER, ONLY_ITS_MANAGER_IS_LED_BACK, POST_ONLY


def flag_of(cast):
    week = TimesheetFactory(placement=cast.placement)
    return week.flags.create(code="night", day=week.monday, says="Night work")


def waiting_week_of(cast):
    """A week that waits for the placement's manager."""
    week = SpellFactory(timesheet=TimesheetFactory(placement=cast.placement)).timesheet
    week.hand_in(by=cast.student)
    return week


def link_of(cast):
    """A link of the placement's manager with a week behind it, as the tutor makes it."""
    waiting_week_of(cast)
    return make_link(cast.placement, by=cast.tutor)


THINGS = {
    "monday": lambda cast: date(2026, 3, 9),
    "flag": lambda cast: flag_of(cast).pk,
    "absence": lambda cast: cast.placement.absences.create(day=date(2026, 3, 9), kind="sick").pk,
    "placement": lambda cast: cast.placement.pk,
    "timesheet": lambda cast: SpellFactory(timesheet=TimesheetFactory(placement=cast.placement)).timesheet.pk,
    "waiting_week": lambda cast: waiting_week_of(cast).pk,
    "link": lambda cast: link_of(cast).pk,
    "token": lambda cast: cast.manager.decision_links.first().path().split("/")[3],
    "week_of_link": lambda cast: cast.placement.timesheets.get().pk,
}

LEADS_BACK = "302 | 302 302 302 302 | 302 302 302 | 302 302 302 302"

STAFF_OF_THE_PLACEMENT = "in | 403 403 200 200 | 403 403 404 | 403 403 404 404"

ROWS = {
    "student_next": ("", "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"),
    "student_folder": ("", "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"),
    "today_take_out": ("pk=timesheet", POST_ONLY),
    "student_home": ("", "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"),
    "week_list": ("", "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"),
    "week_current": ("", "in | 302 403 403 403 | 302 403 403 | 302 403 403 403"),
    "week_open": ("placement=placement monday=monday", "in | 200 404 200 200 | 404 404 404 | 404 404 404 404"),
    "week_edit": ("pk=timesheet", "in | 200 404 200 200 | 404 404 404 | 404 404 404 404"),
    "weeks_remind": ("pk=student", POST_ONLY),
    "week_recall": ("pk=timesheet", POST_ONLY),
    "week_reopen": ("pk=timesheet", POST_ONLY),
    "paper_week": ("placement=placement monday=monday", "in | 403 403 200 403 | 403 403 404 | 403 403 404 404"),
    "flag_seen": ("pk=flag", POST_ONLY),
    "absence_list": ("", "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"),
    "absence_remove": ("pk=absence", POST_ONLY),
    "manager_home": ("", "in | 403 200 403 403 | 403 200 403 | 403 200 403 403"),
    "decision_list": ("", "in | 403 200 403 403 | 403 200 403 | 403 200 403 403"),
    "weeks_approve": ("", "in | 403 302 403 403 | 403 302 403 | 403 302 403 403"),
    "weeks_undo": ("", "in | 403 302 403 403 | 403 302 403 | 403 302 403 403"),
    "week_approve": ("week=waiting_week", "in | 403 302 403 403 | 403 302 403 | 403 302 403 403"),
    "week_undo": ("week=waiting_week", "in | 403 302 403 403 | 403 302 403 | 403 302 403 403"),
    "week_send_back": ("week=waiting_week", "in | 403 200 403 403 | 403 404 403 | 403 404 403 403"),
    "link_weeks": ("pk=link token=token", ONLY_ITS_MANAGER),
    "link_again": ("pk=link token=token", LEADS_BACK),
    "weeks_approve_by_link": ("pk=link token=token", ONLY_ITS_MANAGER_IS_LED_BACK),
    "weeks_undo_by_link": ("pk=link token=token", ONLY_ITS_MANAGER_IS_LED_BACK),
    "week_approve_by_link": ("pk=link token=token week=week_of_link", ONLY_ITS_MANAGER_IS_LED_BACK),
    "week_undo_by_link": ("pk=link token=token week=week_of_link", ONLY_ITS_MANAGER_IS_LED_BACK),
    "week_send_back_by_link": ("pk=link token=token week=week_of_link", ONLY_ITS_MANAGER),
    "approver_detail": ("pk=placement", "in | 403 403 200 200 | 403 403 404 | 403 403 404 404"),
    "link_send": ("pk=placement", "in | 403 403 302 302 | 403 403 404 | 403 403 404 404"),
    "link_copy": ("pk=placement", "in | 403 403 302 302 | 403 403 404 | 403 403 404 404"),
    "link_show": ("pk=placement link=link", "in | 403 403 200 404 | 403 403 404 | 403 403 404 404"),
    "manager_change": ("pk=placement", "in | 403 403 200 200 | 403 403 404 | 403 403 404 404"),
    "hours_receipt": ("pk=student", "in | 200 404 200 200 | 404 404 404 | 404 404 404 404"),
    "hours_receipt_own": ("", "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"),
    "placement_list": ("", "in | 403 403 200 200 | 403 403 200 | 403 403 200 200"),
    "placement_detail": ("pk=placement", "in | 200 200 200 200 | 404 404 404 | 404 404 404 404"),
    "placement_add": ("", "in | 403 403 200 200 | 403 403 200 | 403 403 200 200"),
    "placement_edit": ("pk=placement", STAFF_OF_THE_PLACEMENT),
    "placement_remove": ("pk=placement", POST_ONLY),
    "placement_start": ("pk=placement", POST_ONLY),
    "placement_end": ("pk=placement", STAFF_OF_THE_PLACEMENT),
    "placement_resume": ("pk=placement", STAFF_OF_THE_PLACEMENT),
    "pattern_edit": ("pk=placement", STAFF_OF_THE_PLACEMENT),
    "pattern_remove": ("pk=placement", POST_ONLY),
}
