"""Making a return: the lines without a fault go into its files, which are kept as they are."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from portal.files.models import store
from portal.history.models import Event, event, record
from portal.people.models import Provider
from portal.uploads import Accepted
from portal.workflow import Refused, SomebodyWasQuicker
from reviews.returns.choosing import Choice
from reviews.returns.kinds import Kind
from reviews.returns.lines import digest_of, without_faults
from reviews.returns.models import Return, ReturnFile, ReturnRow
from reviews.signoff.models import SpecialConsideration
from students.models import Student

TYPES = {"csv": "text/csv", "xml": "application/xml"}
NOTHING = "No row can be sent yet: each has something that must be mended first."


@transaction.atomic
def make(kind: Kind, choice: Choice, provider_id: int, *, seen: str | None = None, by) -> tuple[Return, bool]:
    """Make the files of whoever was chosen at a provider at which `by` is a coordinator.

    `seen` is the digest of the lines that the person was shown. Raises SomebodyWasQuicker where the lines are others
    by now, Refused where no line may go out. As get_or_create it says whether the return is new: the same one,
    asked for twice on a day, is the one that was made.
    """
    provider = Provider.objects.select_for_update(no_key=True).get(pk=provider_id)
    lines = kind.lines(choice.of(Student.objects.visible_to(by).filter(provider=provider)))
    good = without_faults(lines)
    if not good:
        raise Refused(NOTHING)
    digest = digest_of(good)
    if seen not in (None, digest):
        raise SomebodyWasQuicker(provider)
    now = timezone.localtime()
    facts = {"provider": provider, "kind": kind.name, "years": choice.years, "tlevel": choice.tlevel, "digest": digest}
    facts |= {"lines": len(good), "left_out": len(lines) - len(good)}
    if same := Return.objects.filter(**facts, made_at__date=now.date()).first():
        return same, False
    made = Return.objects.create(**facts, made_at=now, made_by=by)
    keep_files(made, kind, kind.files(good), now)
    keep_rows(made, lines)
    record(made, f"made this return: {made.size}", by=by)
    tell_considered(good, by)
    return made, True


def keep_files(made: Return, kind: Kind, files: list, now):
    """Store what `kind.files` gave, by names that tell returns and their parts from each other."""
    stem = stem_of(made, kind, now)
    endings = [ending for ending, *_ in files]
    for number, (ending, lines, content) in enumerate(files, start=1):
        part = f"-{number}-of-{len(files)}" if endings.count(ending) > 1 else ""
        accepted = Accepted(f"{stem}{part}.{ending}", TYPES[ending], content)
        file = store(accepted, provider=made.provider, by=made.made_by)
        ReturnFile.objects.create(part_of=made, number=number, lines=lines, file=file)


def stem_of(made: Return, kind: Kind, now) -> str:
    """How the names of its files begin: what, of which college, which return, when and whose; nothing of anybody.

    The results service takes no more than 150 characters.
    """
    whose = slugify(f"{' '.join(made.years).replace('/', '-')} {made.tlevel or ''}")
    return f"{kind.stem}-{made.provider.ukprn}-return-{made.pk}-{now:%Y-%m-%d}-entry-{whose}"[:130]


def keep_rows(made: Return, lines: list):
    """Keep whose lines these are, and what left them out."""
    ReturnRow.objects.bulk_create(
        ReturnRow(
            part_of=made,
            student_id=line.student,
            uln=line.uln,
            about=line.about,
            wrong=" ".join(wrong.says for wrong in line.wrong),
        )
        for line in lines
    )


def tell_considered(lines: list, by):
    """Students read in the history of their special consideration that its letters were put into a file."""
    keys = [key for line in lines if (key := getattr(line, "consideration", None))]
    says = "put the letters of the reasons and the hours into a file for the results service"
    Event.objects.bulk_create(event(SpecialConsideration(pk=key), says, by=by) for key in keys)
