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
        Entry("My students", "managed_list", "users"),
        Entry("Decided earlier", "decision_list", "history"),
        Entry("Applicants", "applicant_list", "search"),
        Entry("Logbooks", "logbook_list", "pencil"),
    ],
    Role.TUTOR: [
        Entry("My students", "tutor_home", "users"),
        Entry("Finding places", "finding_board", "search"),
        Entry("Placements", "placement_list", "briefcase"),
        Entry("Worries", "concern_list", "speech"),
        Entry("Employers", "employer_list", "building"),
        Entry("Cohort", "cohort", "chart"),
    ],
    Role.COORDINATOR: [
        Entry("Students", "coordinator_home", "users"),
        Entry("Finding places", "finding_board", "search"),
        Entry("Placements", "placement_list", "briefcase"),
        Entry("Worries", "concern_list", "speech"),
        Entry("Employers", "employer_list", "building"),
        Entry("Cohort", "cohort", "chart"),
        Entry("College", "college", "home"),
    ],
}


class Setting(NamedTuple):
    """One page on which the placement office says how its college works."""

    label: str
    name: str
    says: str


class Stage(NamedTuple):
    """A stretch of the student's way through their placement, and the pages of their folder that belong to it."""

    name: str
    title: str
    says: str
    pages: list[Setting]


# The student's folder. What belongs to one placement (goals, induction, agreement) is found on its own page.
FOLDER = [
    Stage(
        "before",
        "Getting ready",
        "Know what you can do, and find a place that fits.",
        [
            Setting(
                "How I am growing",
                "selfassessment_list",
                "21 statements, three minutes; again later to see the change.",
            ),
            Setting("What helps me", "support_list", "What makes work easier or safer. You decide who reads it."),
            Setting("My action plan", "action_list", "What I want to get better at, how and by when."),
            Setting("Ready for my placement", "readiness_own", "What your college makes sure of before you start."),
            Setting("Useful links", "resource_list", "Free help from others, by topic."),
            Setting("CV and cover letters", "paper_list", "Every version, and what your tutor says of it."),
            Setting("Ready for interviews", "interview_overview", "Thoughts, research, questions: your pack."),
            Setting("Find a place", "place_list", "Places that employers offer now, or one that you found yourself."),
            Setting("My applications", "application_list", "Where you applied, and what came of it."),
        ],
    ),
    Stage(
        "during",
        "On placement",
        "Log the day, learn on purpose, ask for help.",
        [
            Setting("All my weeks", "week_list", "Every week, from draft to approved."),
            Setting("I'll be away", "absence_list", "Days off to come. A day that is past goes into its week."),
            Setting("My timeline", "timeline_own", "Everything that happened and is planned, in order."),
            Setting("My hours", "hours_receipt_own", "What counts, what waits, and how the figure comes about."),
            Setting("My logbook", "logbook_list", "What I did and learned, for each goal."),
            Setting("How I behave at work", "behaviour_list", "27 statements, beside what your line manager says."),
            Setting("My contacts", "contact_list", "People I met and want to keep."),
            Setting("Something is wrong", "concern_own_list", "What you told us, and what became of it."),
        ],
    ),
    Stage(
        "after",
        "Finishing",
        "Round it off, and take everything with you.",
        [
            Setting("Am I complete?", "completion_own", "What is reached, what is missing, and how to get it."),
            Setting("Certificate of hours", "certificate_own", "Signed by your college once you are signed off."),
            Setting("Take it all along", "portfolio", "Everything of yours as one PDF, or as files to keep."),
        ],
    ),
]

COLLEGE = {
    "People and data": [
        Setting("People", "people_list", "Who works here and who has access; invitations."),
        Setting("Imports", "import_list", "Employers, students and placements from CSV files."),
        Setting("The college itself", "provider_edit", "Name, address, logo, the contact for accidents."),
        Setting("Support that students shared", "support_shared_list", "Only what they let the placement office read."),
        Setting("How ready students feel", "selfassessment_spread", "What they shared of their self-assessments."),
        Setting("Useful links", "resource_keep", "Pages that help students, by topic; which of them no longer open."),
    ],
    "How we set up placements": [
        Setting("Ready for the placement", "readiness_list", "Who is ready to start, and what is still missing."),
        Setting("Kinds of checks", "check_kind_list", "Which checks an employer needs, and for how long they hold."),
        Setting("Learning goals to choose from", "library_goal_list", "A library for each T Level."),
        Setting("Text of the agreement", "agreement_text", "What student, employer and college agree to."),
        Setting("Points of the induction", "point_list", "Your own points, for a T Level or an employer."),
    ],
    "How we look back": [
        Setting("Sign-offs", "signoff_list", "Who is complete, who waits for a second person, who is signed off."),
        Setting("Returns", "return_list", "What goes to the results service and into the ILR, and what was sent."),
        Setting("When reviews are held", "meeting_pattern", "Which meetings are planned for every placement."),
        Setting("Questions of the review forms", "review_question_list", "Your own questions to line managers."),
        Setting("Certificates of hours", "certificate_list", "Issued ones, and those still to be issued."),
        Setting("The college's signature", "signing_key", "The key that signs certificates, and until when."),
        Setting("Rules", "rules", "T Levels, hours and caps, as they hold now."),
    ],
}
