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
        Entry("College", "college", "home"),
    ],
}


class Setting(NamedTuple):
    """One page on which the placement office says how its college works."""

    label: str
    name: str
    says: str


COLLEGE = {
    "People and data": [
        Setting("People", "people_list", "Who works here and who has access; invitations."),
        Setting("Imports", "import_list", "Employers, students and placements from CSV files."),
        Setting("The college itself", "provider_edit", "Name, address, logo, the contact for accidents."),
        Setting("How ready students feel", "selfassessment_spread", "What they shared of their self-assessments."),
    ],
    "How we set up placements": [
        Setting("Kinds of checks", "check_kind_list", "Which checks an employer needs, and for how long they hold."),
        Setting("Learning goals to choose from", "library_goal_list", "A library for each T Level."),
        Setting("Text of the agreement", "agreement_text", "What student, employer and college agree to."),
        Setting("Points of the induction", "point_list", "Your own points, for a T Level or an employer."),
    ],
    "How we look back": [
        Setting("When reviews are held", "meeting_pattern", "Which meetings are planned for every placement."),
        Setting("Questions of the review forms", "review_question_list", "Your own questions to line managers."),
        Setting("Rules", "rules", "T Levels, hours and caps, as they hold now."),
    ],
}
