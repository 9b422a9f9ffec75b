"""What a student takes along of their CV and cover letters: versions as files, what was said of each as rows."""

from pathlib import PurePosixPath

from portal.taking import PRIVATE, Part, stored, table, takes
from students.papers.models import Version


@takes(45, "CV and cover letters", choices=[PRIVATE])
def papers(student, user, wanted):
    """The versions that staff were shown; all that are kept where they are wanted."""
    versions = Version.objects.visible_to(user).filter(paper__student=student, withdrawn_at=None)
    versions = versions if PRIVATE.name in wanted else versions.shown()
    versions = list(versions.with_people().order_by("paper", "number"))
    if not versions:
        return None
    everything = table(
        "cv-and-cover-letters",
        versions,
        What=lambda version: str(version.paper),
        Version="number",
        File="file.name",
        Uploaded="made_at",
        Pages="pages",
        Note="note",
        How_it_stands="sentence",
        Feedback="feedback",
    )
    return Part(
        tables=[everything], files=[stored("cv-and-letters", version.file, named(version)) for version in versions]
    )


def named(version: Version) -> str:
    """'CV, version 2.pdf'."""
    return f"{version.paper}, version {version.number}{PurePosixPath(version.file.name).suffix}"
