"""What the pages of all own ratings do alike: begin one, go from group to group, do a verb, throw one away."""

from collections.abc import Callable

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from portal.workflow import Refused, SomebodyWasQuicker
from students.rating.base import OwnRating
from students.steps import Step
from students.whose import own_student

SAYS = {
    "finish": "Finished. Only you see it, until you share it with your tutor.",
    "hand_in": "Your tutor can see it now.",
    "take_back": "Your tutor does not see it any more.",
    "reopen": "Open again: change what you like.",
}


def own_ratings(request, kind: type[OwnRating]):
    """The ratings of one kind of whoever is signed in."""
    rows = kind.objects.visible_to(request.user).filter(student__user=request.user)
    return rows.filter(student__provider=request.desk.provider_id).select_related("student")


def own_or_404(request, kind: type[OwnRating], pk: int) -> OwnRating:
    """One rating of whoever is signed in."""
    return get_object_or_404(own_ratings(request, kind), pk=pk)


def open_among(ratings: list[OwnRating]) -> OwnRating | None:
    """The one that is not finished yet; there is one at most."""
    return next((one for one in ratings if one.status == OwnRating.Status.OPEN), None)


def begun(request, kind: type[OwnRating]) -> OwnRating:
    """A new rating, or the one that is open (a second press finds it)."""
    student = own_student(request)
    try:
        with transaction.atomic():
            return kind.objects.create(student=student)
    except IntegrityError:
        return own_ratings(request, kind).get(status=OwnRating.Status.OPEN)


def led_away(request, rating: OwnRating, names: str):
    """To the page on which a finished rating is read; a page that was open longer is told that nothing is stored."""
    if request.method == "POST":
        messages.warning(request, "You finished this meanwhile, so it stays as it is.")
    return redirect(f"{names}_detail", rating.pk)


def gone_on(request, rating: OwnRating, names: str, step: Step):
    """Where 'Save and go on' leads: the next group, then the page on which it is finished.

    `names`: how the addresses of this kind begin, as in 'selfassessment' for 'selfassessment_edit'.
    """
    do = request.POST.get("do")
    if number := step.after(do):
        return redirect(f"{names}_edit", rating.pk, number)
    if do == "later":
        messages.success(request, "Saved. You can go on whenever you like.")
        return redirect(f"{names}_list")
    return redirect(f"{names}_detail", rating.pk)


def act(request, rating: OwnRating, verb: str, names: str):
    """Do one of the verbs ('hand-in' as addresses write it) and say what came of it; 404 for any other word."""
    verb = verb.replace("-", "_")
    if verb not in SAYS:
        raise Http404
    try:
        getattr(rating, verb)(by=request.user)
        messages.success(request, SAYS[verb])
    except Refused as refused:
        messages.error(request, str(refused))
    except SomebodyWasQuicker:
        pass  # a second press: it is done already
    return redirect(f"{names}_detail", rating.pk)


def thrown_away(request, rating: OwnRating, names: str):
    """Delete one that is not finished; a finished one stays."""
    if rating.status == OwnRating.Status.OPEN:
        rating.delete()
        messages.success(request, "Thrown away. You can begin again whenever you like.")
    else:
        messages.error(request, "This one is finished, so it stays: your growth is counted from it.")
    return redirect(f"{names}_list")


def what_can_be_done(request, rating: OwnRating, groups: Callable[[], list], answered: set[int]) -> dict:
    """What its student is offered on the page of a rating; of what is missing and the moves, others are told nothing.

    `groups`: gives (title, statements) in their order, and is only asked while something may be missing.
    """
    is_own = rating.student.user_id == request.user.pk
    missing = missing_groups(groups(), answered) if is_own and rating.status == OwnRating.Status.OPEN else []
    return {
        "is_own": is_own,
        "moves": rating.moves(request.user) if is_own else set(),
        "missing": missing,
        "begin_at": missing[0][0] if missing else 1,
    }


def missing_groups(groups, answered: set[int]) -> list[tuple[int, str, int]]:
    """(number of the group, its title, how many of its statements are not among `answered`) where some are missing."""
    found = []
    for number, (title, statements) in enumerate(groups, 1):
        if missing := sum(1 for statement in statements if statement.pk not in answered):
            found.append((number, title, missing))
    return found
