"""What was typed when the session had ended meanwhile: shown, so that it can be copied.

Where a script numbered the press, the tab keeps the words and offers them after signing in (`portal.arriving`): the
page says so first. Nothing of what is stored is compared with it, since nobody is signed in who might learn it.
"""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_POST

from portal.arriving import PRESS
from portal.posted import words_in


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
            is_kept = bool(request.POST.get(PRESS))
            context = {"written": words_in(request.POST), "is_kept": is_kept, "back": back(**kwargs)}
            return render(request, "checklists/signed_out.html", context, status=401)

        return wrapper

    return decorate
