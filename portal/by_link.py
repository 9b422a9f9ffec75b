"""Acting by a mailed link: as the person whom it was mailed to, and never beside somebody else's being signed in."""

from django.contrib.auth import logout
from django.shortcuts import redirect, render

AS_NOBODY = "sign_out"  # what the page below sends along: 'open' to read the page, 'send' where something was sent


def held_up(request, person, name: str):
    """The page for somebody who is signed in as another than the link's `person` (None: has no account); else None.

    Nobody can tell who holds a link, but here the portal knows that it is not who it was mailed to. They may sign out;
    what was sent goes along, without files. `person` is marked as acting by a link, for the history.
    """
    if person is not None:
        person.acts_by_link = True
    if not request.user.is_authenticated or request.user == person:
        return None
    if AS_NOBODY in request.POST:
        return let_out(request)
    sent = [(field, value) for field, values in request.POST.lists() for value in values]
    context = {
        "name": name,
        "sent": [(field, value) for field, value in sent if field != "csrfmiddlewaretoken"],
        "files": [file.name for file in request.FILES.values()],
        "as_nobody": AS_NOBODY,
    }
    return render(request, "portal/held_up.html", context, status=403)


def let_out(request):
    """Sign out, and go on with what was sent (None), or to the page that was opened."""
    sent = request.POST.copy()
    was_sent = sent.pop(AS_NOBODY) == ["send"]
    logout(request)
    request.POST = sent
    return None if was_sent else redirect(request.get_full_path())
