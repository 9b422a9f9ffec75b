"""The students of the demo and what has become of each of them so far. Weeks are counted back from this one."""

from dataclasses import dataclass, field

from placements.models import Pay
from placements.timesheets.models import AbsenceKind

SICK, HOLIDAY, OTHER = AbsenceKind.SICK, AbsenceKind.HOLIDAY, AbsenceKind.OTHER
COLLEGE_DAY = AbsenceKind.COLLEGE
BY_LINK = ("oswin", "harbour", "beech")  # firms whose managers answer by link; the others sign in, or are met at work


@dataclass(frozen=True)
class Stay:
    """A placement. Weeks are approved but for what `weeks` says of them; the last one waits for its answer.

    `weeks` maps weeks ago to: approved, waiting, draft, missing, sent back, asked, corrected, reopened, paper, long,
    recalled, seen long (telling.py tells each of them). `away` maps weeks ago (-1 is next week) to the kind of absence
    and how many of the agreed days from the end of the week; holidays and college days are told in advance.
    """

    firm: str
    manager: int | None  # position in the firm's managers, None while nobody is named
    role: str
    pattern: str  # a name in places.PATTERNS or SHORTER, 'rota' for days around today, '' while none is agreed
    begun: int  # weeks before this one; negative: still to come
    lasts: int  # weeks
    weeks: dict[int, str] = field(default_factory=dict)
    away: dict[int, tuple[str, int]] = field(default_factory=dict)
    ended: str = ""  # why, where it has ended (on the last day)
    site: int = 0
    remote: int = 0  # days of the week worked from home
    is_taster: bool = False
    pay: str = Pay.UNPAID


@dataclass(frozen=True)
class Learner:
    """A student: name, tutor's e-mail name, T Level, age today, placements."""

    first: str
    last: str
    tutor: str
    tlevel: str
    stays: tuple[Stay, ...] = ()
    age: int = 18
    specialism: str = ""
    email: str = ""
    has_send: bool = False
    has_real_uln: bool = True


SUPPORT, DATA, SOFTWARE = "Digital Support and Security", "Digital Data Analytics", "Digital Software Development"
ADMIN, EARLY, SERVICES = "Management and Administration", "Education and Early Years", "Building Services Engineering"
ANIMALS, MEDIA = "Animal Care and Management", "Media, Broadcast and Production"
REPAIR, MAKING = "Maintenance, Installation and Repair", "Manufacturing, Processing and Control"

TOMS = [
    Learner("Maya", "Thompson", "tutor", SUPPORT, email="student", stays=(
        Stay("oswin", 0, "IT service desk", "rota", 9, 18, {0: "draft", 1: "waiting", 3: "asked", 6: "corrected"},
             {5: (SICK, 1), -1: (HOLIDAY, 1)}, pay=Pay.EXPENSES),)),
    Learner("Kwame", "Mensah", "tutor", DATA, stays=(
        Stay("oswin", 0, "Reporting team", "two days", 12, 24, {0: "draft", 1: "waiting", 2: "waiting"},
             {7: (HOLIDAY, 2), -1: (COLLEGE_DAY, 1)}),)),
    Learner("Ellie", "Norton", "tutor", ADMIN, stays=(
        Stay("council", 0, "Reception", "block", 16, 1, is_taster=True, ended="The taster is over."),
        Stay("oswin", 0, "Outpatient bookings", "office", 14, 17, {1: "waiting"}, {4: (SICK, 2)}, site=2),)),
    Learner("ليلى", "حداد", "tutor", "Health", email="layla.haddad", stays=(
        Stay("oswin", 1, "Healthcare support", "ward", 10, 16, {1: "approved"}, {-1: (HOLIDAY, 3), 6: (SICK, 1)},
             site=1),)),
    Learner("Zoë", "Núñez-O’Brien", "tutor", SOFTWARE, email="zoe.nunez-obrien", stays=(
        Stay("harbour", 0, "Junior developer", "studio", 13, 17, {0: "draft", 1: "approved", 5: "corrected"}, remote=1,
             pay=Pay.PAID),)),
    Learner("Łukasz", "Wójcik", "tutor", SERVICES, age=17, email="lukasz.wojcik", stays=(
        Stay("pennant", 0, "Mechanical installation", "site", 6, 15, {1: "long", 4: "seen long"}),)),
    Learner("Callum", "Fraser", "tutor", "Design, Surveying and Planning", stays=(
        Stay("ketteridge", 0, "Assistant site engineer", "site", 9, 17, {0: "missing", 1: "missing", 2: "missing"}),)),
    Learner("Priya", "Nair", "tutor", "Accounting", stays=(
        Stay("larkfield", 0, "Accounts assistant", "office", 8, 17, {1: "approved", 2: "sent back"},
             {6: (OTHER, 1)}),)),
    Learner("Jack", "Sumner", "tutor", REPAIR, has_send=True, stays=(
        Stay("thornbury", 0, "Maintenance workshop", "workshop", 4, 16, {1: "paper", 2: "paper", 3: "paper"}),)),
    Learner("Aaliyah", "Hussain", "tutor", "Health", stays=(
        Stay("oswin", 1, "Healthcare support", "ward", 11, 17, {0: "draft", 1: "draft", 7: "corrected"},
             {1: (SICK, 1), 4: (SICK, 3), -2: (HOLIDAY, 3)}, site=1),)),
    Learner("Ben", "Carter", "tutor", ANIMALS, stays=(
        Stay("council", 0, "Dog warden's assistant", "office", 14, 8, site=1,
             ended="The dog warden service moved to the county."),
        Stay("meadowcroft", 0, "Kennels", "surgery", 5, 12, {0: "draft", 1: "waiting"}))),
    Learner("Sofia", "Rossi", "tutor", ADMIN, stays=(
        Stay("council", 0, "Planning support office", "office", 15, 18, {1: "approved"}, remote=1),)),
    Learner("Ethan", "Brooks", "tutor", MEDIA, stays=(
        Stay("council", 0, "Communications team", "block", 13, 2, is_taster=True, ended="The taster is over."),
        Stay("tidewater", 0, "Camera and edit assistant", "studio", 7, 15, {1: "approved", 2: "recalled"}))),
    Learner("Niamh", "Gallagher", "tutor", EARLY, specialism="Early Years Educator", stays=(
        Stay("brightwell", 0, "Nursery assistant", "nursery", 14, 28, {0: "draft", 1: "waiting"}, {3: (SICK, 2)}),)),
    Learner("Poppy", "Ashworth", "tutor", EARLY, specialism="Early Years Educator", stays=(  # 750 h at 12 h a week
        Stay("brightwell", 0, "Pre-school assistant", "school days", 9, 24, {1: "approved"}, {7: (SICK, 1)}),)),
    Learner("Daniel", "Asante", "tutor", MEDIA, stays=(  # at both at once
        Stay("council", 0, "Communications team", "first days", 8, 12, {0: "draft", 1: "approved"}),
        Stay("tidewater", 0, "Edit assistant", "two days", 5, 13, {1: "waiting"}, {3: (SICK, 1)}))),
    Learner("Tyler", "Reed", "tutor", "Finance", has_real_uln=False, stays=(
        Stay("larkfield", None, "Client services", "", -2, 18),)),
    Learner("Hannah", "Whittle", "tutor", EARLY, specialism="Assisting Teaching", stays=(
        Stay("brightwell", 0, "Classroom assistant", "office", -1, 17, site=1),)),
    Learner("Marcus", "Bell", "tutor", SOFTWARE, stays=(
        Stay("harbour", 0, "Test team", "block", 13, 11, {}, {9: (SICK, 2)}, ended="All agreed weeks were worked."),)),
    Learner("Grace", "Chen", "tutor", MAKING, stays=(
        Stay("thornbury", 0, "Milling cell", "workshop", 10, 16, {1: "approved", 3: "reopened"}),)),
]  # fmt: skip

OTHERS_AT_NORTHFIELD = [
    Learner("Freya", "Lindqvist", "helen.marsh", MEDIA, stays=(
        Stay("tidewater", 0, "Edit assistant", "studio", 14, 17, {0: "draft", 1: "approved"}),)),
    Learner("Mohammed", "Iqbal", "helen.marsh", "Finance", stays=(
        Stay("larkfield", 0, "Bookkeeping", "two days", 13, 17, {1: "waiting"},
             {4: (SICK, 2), 5: (SICK, 2), 9: (SICK, 1)}),)),
    Learner("Chloe", "Barker", "helen.marsh", ADMIN, stays=(
        Stay("council", 0, "Reception", "office", 10, 7, ended="The team moved to another town, too far to travel."),)),
    Learner("Dylan", "Hughes", "helen.marsh", SERVICES, age=17, stays=(
        Stay("pennant", 0, "Electrical installation", "site", 1, 16, {0: "draft", 1: "waiting"}),)),
    Learner("Amelia", "Foster", "helen.marsh", SOFTWARE, stays=(
        Stay("harbour", 0, "Shadowing the test team", "two days", -1, 1, is_taster=True),)),
    Learner("Oluwaseun", "Adébáyò", "helen.marsh", MAKING, email="oluwaseun.adebayo", stays=(
        Stay("thornbury", 0, "Assembly and inspection", "workshop", 12, 16, {1: "approved"}, pay=Pay.BOTH),)),
    Learner("Isla", "Robertson", "josh.whitfield", EARLY, specialism="Assisting Teaching", stays=(
        Stay("brightwell", 0, "Classroom assistant", "office", 11, 17, {1: "waiting"}, {5: (HOLIDAY, 1)}, site=1),)),
    Learner("Connor", "Walsh", "josh.whitfield", SOFTWARE, stays=(
        Stay("harbour", 0, "Junior developer", "studio", 8, 17, {1: "waiting", 2: "waiting"}, remote=1),)),
    Learner("Mei-Ling", "Zhang", "josh.whitfield", DATA, stays=(
        Stay("harbour", 0, "Data assistant", "two days", 14, 24, {0: "draft", 1: "approved"}, remote=1),)),
    Learner("Rosa", "Jiménez", "josh.whitfield", ANIMALS, email="rosa.jimenez", stays=(
        Stay("meadowcroft", 0, "Cattery", "surgery", 3, 16, {0: "draft", 1: "approved"}),)),
    Learner("Harvey", "Pike", "josh.whitfield", REPAIR, stays=(
        Stay("thornbury", 0, "Maintenance workshop", "workshop", 10, 17, {1: "draft", 2: "missing", 5: "corrected"}),)),
    Learner("Yusuf", "Demir", "josh.whitfield", "Design, Surveying and Planning", stays=(
        Stay("ketteridge", 0, "Survey assistant", "site", 12, 16, {1: "approved", 6: "recalled"}, {8: (OTHER, 1)}),)),
]  # fmt: skip

AT_WESTBROOK = [
    Learner("Oliver", "Grant", "tutor", "Marketing", email="student", stays=(
        Stay("beech", 0, "Marketing assistant", "rota", 8, 16, {0: "draft", 1: "waiting", 3: "sent back"},
             {5: (SICK, 1)}),)),
    Learner("Thandiwe", "Moyo", "tutor", "Marketing", stays=(
        Stay("beech", 0, "Social media team", "studio", 10, 17, {1: "waiting", 2: "waiting"}),)),
    Learner("Jakub", "Novák", "tutor", "Legal Services", email="jakub.novak", stays=(
        Stay("fairmile", 0, "Litigation support", "office", 14, 17, {0: "draft", 1: "approved"}),)),
    Learner("Erin", "Doyle", "tutor", "Science", stays=(
        Stay("ashdown", 0, "Analytical laboratory", "block", 5, 10, {1: "waiting"}, {3: (SICK, 1)}),)),
    Learner("Samir", "Rahman", "tutor", "Healthcare Science", stays=(
        Stay("oswin", 0, "Pathology reception", "ward", 9, 16, {1: "waiting"}, site=1),)),
    Learner("Lucy", "Hargreaves", "tutor", "Health", specialism="Dental Nursing", stays=(
        Stay("marketdental", 0, "Dental nurse in training", "surgery", 10, 17, {1: "approved"}, {6: (SICK, 1)}),)),
    Learner("Noah", "Bennett", "nia.rhys", "Legal Services", stays=(
        Stay("fairmile", 0, "Conveyancing support", "office", 8, 17, {1: "missing", 2: "missing"}),)),
    Learner("Imogen", "Clarke", "nia.rhys", "Science", stays=(
        Stay("ashdown", 0, "Quality laboratory", "block", 14, 11, ended="All agreed weeks were worked."),)),
    Learner("Aisha", "Bello", "nia.rhys", "Health", stays=(Stay("oswin", 0, "Healthcare support", "ward", -3, 16),)),
    Learner("Carys", "Pugh", "tutor", "Legal Services", stays=(  # one short day a week does not get there
        Stay("fairmile", 0, "Post and records", "short friday", 9, 22),)),
    Learner("Amir", "Haidari", "nia.rhys", "Science", stays=(  # at both at once
        Stay("ashdown", 0, "Analytical laboratory", "two days", 7, 12, {1: "approved"}),
        Stay("oswin", 0, "Pathology laboratory", "first days", 4, 14, {0: "draft", 1: "waiting"}, site=1))),
    Learner("Finn", "O’Leary", "nia.rhys", "Marketing", email="finn.oleary"),
]  # fmt: skip

COHORT = {"northfield": TOMS + OTHERS_AT_NORTHFIELD, "westbrook": AT_WESTBROOK}
