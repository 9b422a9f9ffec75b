"""For anybody who was shown a certificate: is it genuine? No sign-in, not indexed, so many tries a minute."""

from functools import wraps

from django.shortcuts import render

from portal.access import private
from portal.limiting import within
from reviews.certificates.checking import check
from reviews.certificates.forms import CheckForm
from reviews.certificates.models import Certificate

TRIES = {"look": 60, "file": 10}  # a minute


def limited(action: str):
    """So many requests of one kind from one address (TRIES); after that 429."""

    def decorate(view):
        @wraps(view)
        def wrapper(request, *args, **kwargs):
            counts = action == "look" or request.method == "POST"
            if counts and not within(request, f"certificate_{action}", tries=TRIES[action]):
                return render(request, "certificates/too_many.html", status=429)
            return view(request, *args, **kwargs)

        return wrapper

    return decorate


@private
@limited("look")
def certificate_verify(request, token):
    """What the QR code leads to. Any address that opens nothing gives the same page and status."""
    certificate = Certificate.objects.with_facts().filter(token=token).first() if "\x00" not in token else None
    status = 200 if certificate else 404
    context = {"certificate": certificate, "form": CheckForm()}
    return render(request, "certificates/certificate_verify.html", context, status=status)


@private
@limited("file")
def certificate_check(request):
    """Compare a file with what was issued. Nothing is kept."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    verdict = check(form.cleaned_data["file"].content) if form.is_valid() else None
    context = {"form": form, "verdict": verdict}
    return render(request, "certificates/certificate_check.html", context, status=422 if form.errors else 200)
