"""What was typed when the session had ended meanwhile: shown, so that it can be copied."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_POST

from portal.arriving import PRESS

TYPED_FIELDS = 200


def keeps_words(back):
    """Mark a view that takes a POST: somebody who is signed out gets their words back and a way to sign in.

    `back(**kwargs)` makes the address to go to after signing in.
    """

    def decorate(view):
        @login_not_required
        @require_POST
        @wraps(view)
        def wrapper(request, *args, **kwargs):
            if request.user.is_authenticated:
                return view(request, *args, **kwargs)
            words = [text for name, texts in request.POST.lists() for text in texts if is_typed(name)][:TYPED_FIELDS]
            context = {"typed": "\n".join(text for text in words if text.strip()), "back": back(**kwargs)}
            return render(request, "checklists/signed_out.html", context, status=401)

        return wrapper

    return decorate


def is_typed(name: str) -> bool:
    """Whether a field of a form holds words, and is no tick, button or token."""
    return not name.startswith(("csrf", "state-", "shown-", "do", "clear", "only", "seen", "was", PRESS))
