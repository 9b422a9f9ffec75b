"""The import of students."""

from datetime import timedelta

from django.utils import timezone

from portal.identifiers import TEMPORARY_ULN
from portal.imports import cells
from portal.imports.cells import Unfit, like
from portal.imports.columns import Column, plain
from portal.imports.importer import Importer
from portal.imports.lacking import PEOPLE
from portal.people.models import Membership, Role, User
from students import years
from students.frozen import FROZEN
from students.models import Student, signed_off_says
from students.tlevels.models import Specialism, TLevel
from students.tlevels.rules import in_force_on, required_by

YOUNGEST = 14
USUAL_AGES = range(14, 26)


def birthday(cell: str):
    """A date of birth that somebody on a T Level can have."""
    born = cells.day(cell)
    if born > timezone.localdate() - timedelta(days=YOUNGEST * 365) or born.year < 1925:
        raise Unfit(f"{born:%-d %B %Y} cannot be the date of birth of a student.")
    return born


def needed(tlevel: TLevel) -> str:
    """What to write where the required hours depend on the specialism."""
    titles = " or ".join(specialism.title for specialism in tlevel.specialisms.all())
    return f"The required hours of {tlevel} depend on it: write {titles}."


class StudentImport(Importer):
    kind = "students"
    order = 2
    title = "Students"
    lead = (
        "One row for each student. Students are recognised by their ULN; while they have the temporary number "
        f"{TEMPORARY_ULN}, by their e-mail address."
    )
    after = "Their placements can follow."
    invites = "Each gets a mail with a link, which holds for 14 days, to choose a password and come in."
    writes = [User, Membership, Student]
    silent = [User, Membership]
    named_by = ["first_name", "last_name"]

    uln = Column(
        "ULN",
        f"The unique learner number: 10 digits. {TEMPORARY_ULN} until the real one is known.",
        "1000000019",
        cells.uln,
        required=True,
        also=("unique learner number", "unique learner number (ULN)", "learner number"),
    )
    first_name = Column(
        "First name", "First name.", "Amira", like(User, "first_name"), required=True, also=("forename", "given name")
    )
    last_name = Column(
        "Last name", "Last name.", "Okafor", like(User, "last_name"), required=True, also=("surname", "family name")
    )
    email = Column(
        "E-mail",
        "The e-mail address that the student signs in with.",
        "amira.okafor@college.example",
        cells.email,
        required=True,
        also=("e-mail address", "student e-mail", "college e-mail"),
    )
    born_on = Column(
        "Date of birth", "The day first, like 04/05/2008.", "04/05/2008", birthday, required=True, also=("dob", "born")
    )
    tlevel = Column(
        "T Level",
        "Its title or its core code, as on the page “T Levels” that “Rules” leads to.",
        "Digital Software Development",
        required=True,
        also=("course", "core code", "t level title"),
    )
    specialism = Column(
        "Specialism",
        "The occupational specialism, for example Early Years Educator. Needed where the required hours depend on it.",
        also=("occupational specialism",),
    )
    entry_year = Column(
        "Year of entry",
        "The academic year in which the student began, like 2025/26.",
        "2025/26",
        cells.entry_year,
        required=True,
        also=("entry year", "year of start", "start year", "cohort", "academic year"),
    )
    tutor = Column(
        "Tutor e-mail",
        "The address of a tutor whom the portal knows already.",
        "",
        cells.email,
        also=("tutor", "tutor e-mail address"),
    )
    has_send = Column(
        "SEND",
        "Yes or no: a special educational need or disability that you record. Only staff see it.",
        "no",
        cells.yes_no,
        also=("has SEND", "special educational needs"),
    )
    phone = Column(
        "Phone",
        "The student's phone number.",
        "01632 960 123",
        cells.phone,
        also=("phone number", "mobile", "telephone"),
    )

    def look_up(self, rows):
        self.rule_set = in_force_on(timezone.localdate())
        self.tlevels, self.depending = {}, set(Specialism.objects.changing_hours().values_list("tlevel", flat=True))
        for tlevel in TLevel.objects.prefetch_related("specialisms"):
            for title in (tlevel.title, f"T Level in {tlevel.title}", tlevel.core_code):
                self.tlevels[plain(title)] = tlevel
        self.people.look_up({row[part] for row in rows for part in ("email", "tutor")})
        stored = Student.objects.filter(provider=self.provider).select_related("user")
        stored = stored.prefetch_related("user__memberships", "tutor", "tlevel", "specialism")
        ulns = {row["uln"] for row in rows} - {TEMPORARY_ULN}
        self.by_uln = {student.uln: student for student in self.fetch(stored, "uln", ulns)}
        known = [user.pk for user in self.people.by_email.values()]
        self.by_user = {student.user_id: student for student in self.fetch(stored, "user", known)}

    def resolve(self, row):
        row.tlevel = self.tlevels.get(plain(row["tlevel"] or ""))
        if row.has("tlevel") and not row.tlevel:
            row.wrong(
                "tlevel",
                f"“{row['tlevel']}” is no T Level that the portal knows. Titles and core "
                "codes stand on the page “T Levels” that “Rules” leads to.",
            )
        row.specialism = self.specialism_of(row)
        row.tutor = self.tutor_called(row["tutor"])
        if row.has("tutor") and not row.tutor:
            row.lacking("tutor", f"No tutor here has the address {row['tutor']}. Add them under People first.", PEOPLE)
        if row.has("uln") and row["uln"] != TEMPORARY_ULN:
            self.only_once(row, "uln", row["uln"], "student")
        if row.has("email"):
            self.only_once(row, "email", row["email"], "student")
            row.student = self.student_of(row)
            self.question_specialism(row)

    def tutor_called(self, address):
        """The tutor here with this address, who may sign in."""
        user = self.people.by_email.get(address)
        return user if user and user.is_active and Role.TUTOR in self.people.roles_here(user) else None

    def specialism_of(self, row):
        """The specialism that a row names, if the portal keeps it."""
        if not row.tlevel or not row.has("specialism"):
            return None
        known = {plain(specialism.title): specialism for specialism in row.tlevel.specialisms.all()}
        found = known.get(plain(row["specialism"]))
        if known and not found and row.tlevel.pk in self.depending:
            row.wrong("specialism", f"“{row['specialism']}” is none that the portal knows. {needed(row.tlevel)}")
        elif known and not found:
            titles = " and ".join(specialism.title for specialism in known.values())
            row.wrong("specialism", f"For {row.tlevel} the portal knows {titles}. Leave it empty for any other.")
        elif not found:
            row.notes.append(f"The specialism is not kept: it makes no difference to the rules of {row.tlevel}.")
        return found

    def in_person_only(self, tlevel) -> list[str]:
        """The specialisms of a T Level for which, by the rules of today, only hours in person count."""
        found = tlevel.specialisms.all()
        return [one.title for one in found if required_by(self.rule_set, tlevel.pk, one.pk).in_person_only]

    def question_specialism(self, row):
        """A missing specialism is refused where the required hours depend on it, and noted where only the rules do."""
        if not row.tlevel or row.has("specialism"):
            return
        stays = row.student and row.student.tlevel == row.tlevel
        if row.tlevel.pk in self.depending and not (stays and (row.student.specialism or row.student.signed_off_at)):
            row.wrong("specialism", f"This is missing. {needed(row.tlevel)}")
        elif not stays and (bound := self.in_person_only(row.tlevel)):
            row.notes.append(
                f"No specialism is given. In {' and '.join(bound)} all hours are worked in person with an employer: "
                "add it if it is theirs."
            )

    def student_of(self, row):
        """The student whom a row is about, None for a new one. What does not fit together is a mistake in the row."""
        user = self.people.by_email.get(row["email"])
        by_email = self.by_user.get(user.pk) if user else None
        by_uln = self.by_uln.get(row["uln"])
        student = by_uln or by_email
        if by_uln and user and by_uln.user != user:
            row.wrong("email", f"The ULN is that of {by_uln.name}, but the address belongs to somebody else.")
        elif by_uln and not user and self.people.is_known_elsewhere(by_uln.user):
            row.wrong("email", f"{by_uln.name} signs in as {by_uln.user.email}. Only the operator can change that.")
        elif by_email and not by_uln and TEMPORARY_ULN not in (by_email.uln, row["uln"]):
            row.wrong("uln", f"The address belongs to {by_email.name}, whose ULN is {by_email.uln}.")
        elif user and not student and self.people.roles_here(user) & {Role.TUTOR, Role.COORDINATOR}:
            row.wrong("email", f"This is the address of {user.name}, who works here. A student needs one of their own.")
        if row.tlevel and row.tlevel.is_closed and (not student or student.tlevel != row.tlevel):
            row.wrong("tlevel", f"{row.tlevel} is closed to new students.")
        return student

    def stage(self, row):
        if row.student:
            self.people.by_email[row["email"]] = row.student.user
        person = self.people.stage(
            row, Role.STUDENT, "email", first_name="first_name", last_name="last_name", phone="phone"
        )
        new = {"provider": self.provider, "user": person.thing, "tlevel": row.tlevel}
        draft = self.drafts.stage(row, Student, row["email"], row.student, **new)
        person.about = draft.thing
        self.question(row, draft.thing)
        if row.student:
            person.set(row, "email", row["email"])
        if row["uln"] != TEMPORARY_ULN:
            draft.fill(row, "uln")
        draft.fill(row, "born_on", "entry_year", "has_send")
        if row.has("specialism") or draft.thing.tlevel != row.tlevel:
            draft.set(row, "specialism", row.specialism)
        draft.set(row, "tlevel", row.tlevel)
        if row.tutor:
            draft.set(row, "tutor", row.tutor)
        if draft.thing.signed_off_at and FROZEN & set(draft.changed_fields()):
            row.wrong("tlevel", signed_off_says(draft.thing.signed_off_at))

    def question(self, row, student):
        """An unusual date of birth or year of entry is believed, and pointed out once."""
        today = timezone.localdate()
        age = Student(born_on=row["born_on"]).age_on(today)
        if age not in USUAL_AGES and (student._state.adding or student.born_on != row["born_on"]):
            row.notes.append(f"The date of birth makes an age of {age}.")
        unusual = years.what_is_unusual(row["entry_year"], today)
        if unusual and (student._state.adding or student.entry_year != row["entry_year"]):
            row.notes.append(f"Is the year of entry right? {unusual}")
