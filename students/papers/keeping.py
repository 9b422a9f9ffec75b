"""Uploading, choosing, withdrawing and putting back versions of a paper; asking for feedback and giving it."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.files.models import store
from portal.history.models import record
from portal.notices import mail
from portal.people.models import Membership, Role, User
from portal.uploads import Accepted
from portal.workflow import Refused
from students.models import Student
from students.papers.models import Kind, Paper, Version

MOST_VERSIONS = 20
MOST_LETTERS = 30


def present_cv(student: Student) -> Version | None:
    """The version of the CV that the student uses now, or None. One query."""
    rows = Version.objects.filter(paper__student=student, paper__kind=Kind.CV)
    return rows.with_people().present_first().first()


def cv_of(student: Student) -> Paper:
    """The student's CV, made at the first upload."""
    return Paper.objects.get_or_create(student=student, kind=Kind.CV)[0]


def add_letter(student: Student, title: str) -> Paper:
    """A new cover letter, or the one that has this title already. Raises Refused where there are too many."""
    letters = Paper.objects.filter(student=student, kind=Kind.LETTER)
    if there := letters.filter(title__iexact=title).first():
        return there
    if letters.count() >= MOST_LETTERS:
        raise Refused(f"You have {MOST_LETTERS} cover letters. Withdraw one that you need no more.")
    return Paper.objects.create(student=student, kind=Kind.LETTER, title=title)


@transaction.atomic
def add_version(paper: Paper, accepted: Accepted, *, pages: int | None, by, note: str = "") -> Version:
    """Keep a new version; it is the present one until the student chooses another. Raises Refused for too many.

    One that could not be opened (`is_unopened`) comes into use only where there is no other.
    The very same file again (a second press of the button) is no new version (`was_there`), but a new note on it and
    another name are taken over.
    """
    paper = Paper.objects.select_for_update(of=("self",)).select_related("student__provider").get(pk=paper.pk)
    newest = paper.versions.select_related("file").first()
    if newest and newest.withdrawn_at is None and is_same(newest, accepted):
        return met_again(newest, accepted, note=note, by=by)
    if paper.versions.count() >= MOST_VERSIONS:
        raise Refused(f"{MOST_VERSIONS} versions are kept. Withdraw an old one first; it goes for good after a week.")
    present = paper.versions.present_first().first()
    file = store(accepted, provider=paper.student.provider, by=by)
    version = Version(paper=paper, number=paper.made + 1, file=file, pages=pages, note=note)
    paper.made, paper.chosen = version.number, present if version.is_unopened else None
    paper.save(update_fields=["made", "chosen"])
    version.save()
    record(paper, f"uploaded version {version.number}", by=by)
    return version


def met_again(version: Version, accepted: Accepted, *, note: str, by) -> Version:
    """The version that holds this very file, with the note and the name of now."""
    version.was_there = True
    if note and note != version.note:
        version.note = note
        Version.objects.filter(pk=version.pk).update(note=note)
        record(version.paper, f"changed the note on version {version.number}", by=by)
    if accepted.name != version.file.name:
        version.file.name = accepted.name
        version.file.save(update_fields=["name"])
        record(version.paper, f"gave the file of version {version.number} another name", by=by)
    return version


def is_same(version: Version, accepted: Accepted) -> bool:
    return version.file.size == len(accepted.content) and bytes(version.file.content) == accepted.content


@transaction.atomic
def choose(version: Version, *, by):
    """Use this version from now on. Raises Refused for a withdrawn one."""
    version.must_be_there()
    if Paper.objects.filter(pk=version.paper_id).exclude(chosen=version).update(chosen=version):
        record(version.paper, f"chose version {version.number} as the one to use", by=by)


@transaction.atomic
def withdraw(version: Version, *, by):
    """Take a version out of sight; it can be put back for a week. Whoever writes feedback meanwhile is told."""
    rows = Version.objects.filter(pk=version.pk, withdrawn_at=None)
    if rows.update(withdrawn_at=timezone.now(), version=F("version") + 1):
        record(version.paper, f"withdrew version {version.number}", by=by)


@transaction.atomic
def restore(version: Version, *, by):
    """Put a withdrawn version back as it was."""
    rows = Version.objects.filter(pk=version.pk, withdrawn_at__isnull=False)
    if rows.update(withdrawn_at=None, version=F("version") + 1):
        record(version.paper, f"put version {version.number} back", by=by)


@transaction.atomic
def ask_for_feedback(version: Version, *, by):
    """Ask the tutor (the placement office where there is none) to look at it, and mail them.

    An older version that still waits is taken back: nobody has to look at two.
    """
    version.ask(by=by)
    for older in version.paper.versions.filter(status=Version.Status.ASKED, withdrawn_at=None).exclude(pk=version.pk):
        older.take_back(by=by)
    for person in advisers_of(version.paper.student):
        mail.send("paper_asked", to=person, about=version, context={"version": version})


def adviser_of(student: Student) -> str:
    """Who is asked, in words."""
    return student.tutor.name if student.tutor and student.tutor.is_active else "The placement office"


def advisers_of(student: Student) -> list[User]:
    """Who is asked: the tutor; without one that can sign in, everybody of the placement office."""
    if student.tutor and student.tutor.is_active:
        return [student.tutor]
    rows = Membership.objects.filter(provider=student.provider_id, role=Role.COORDINATOR, user__is_active=True)
    return [row.user for row in rows.select_related("user")]


@transaction.atomic
def answer(version: Version, *, is_good: bool, words: str, by, seen: int | None = None):
    """Give feedback, or correct it, and tell the student where it is new."""
    is_new = version.status == Version.Status.ASKED
    if is_good:
        version.approve(by=by, words=words, seen=seen)
    else:
        version.give_feedback(by=by, words=words, seen=seen)
    if is_new:
        mail.send("paper_feedback", to=version.paper.student.user, about=version, context={"version": version})
