"""The main navigation: which pages each role finds in it. Data only; base.html draws it."""

from typing import NamedTuple

from portal.people.models import Role


class Entry(NamedTuple):
    """One link of the main navigation: its label, the name of its URL, and its icon on a phone."""

    label: str
    name: str
    icon: str


NAVIGATION = {
    Role.STUDENT: [
        Entry("Home", "student_home", "home"),
        Entry("My week", "week_current", "calendar"),
        Entry("My hours", "hours_receipt_own", "hours"),
        Entry("Logbook", "logbook_list", "pencil"),
    ],
    Role.MANAGER: [
        Entry("Weeks to approve", "manager_home", "check-circle"),
        Entry("Decided earlier", "decision_list", "history"),
        Entry("Applicants", "applicant_list", "users"),
        Entry("Logbooks", "logbook_list", "pencil"),
    ],
    Role.TUTOR: [
        Entry("My students", "tutor_home", "users"),
        Entry("Finding places", "finding_board", "search"),
        Entry("Placements", "placement_list", "briefcase"),
        Entry("Worries", "concern_list", "speech"),
        Entry("Employers", "employer_list", "building"),
    ],
    Role.COORDINATOR: [
        Entry("Students", "coordinator_home", "users"),
        Entry("Finding places", "finding_board", "search"),
        Entry("Placements", "placement_list", "briefcase"),
        Entry("Worries", "concern_list", "speech"),
        Entry("Employers", "employer_list", "building"),
        Entry("People", "people_list", "user"),
    ],
}
