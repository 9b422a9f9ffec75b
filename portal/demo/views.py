"""Only in demo mode (portal.urls_demo): sign in with one press, and read the mails that the portal sent."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from portal.demo.people import ADDRESSES
from portal.notices.models import Notice
from portal.people.models import User


@login_not_required
@require_POST
def demo_sign_in(request):
    """Sign in as one of the demo's people."""
    user = User.objects.filter(email=request.POST.get("email"), email__in=ADDRESSES, is_active=True).first()
    if user is None:
        messages.error(request, "The demo has no such person yet. Run 'manage.py demo' to load its people.")
        return redirect("account_login")
    logout(request)
    login(request, user)
    return redirect("home")


@login_not_required
def demo_outbox(request):
    """All mails sent, newest first; the demo delivers none of them."""
    page = Paginator(Notice.objects.all(), 25).get_page(request.GET.get("page"))
    return render(request, "portal/demo_outbox.html", {"page": page})


@login_not_required
@csp_update({"style-src": [UNSAFE_INLINE], "frame-src": [SELF]})
@csp_replace({"frame-ancestors": [SELF]})
@xframe_options_sameorigin
def demo_mail(request, pk):
    """One mail as its reader would see it; `?as=html` is its HTML part alone (mails carry their styles inline)."""
    notice = get_object_or_404(Notice, pk=pk)
    if request.GET.get("as") == "html":
        return HttpResponse(notice.html)
    return render(request, "portal/demo_mail.html", {"notice": notice})
