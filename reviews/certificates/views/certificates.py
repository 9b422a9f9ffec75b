"""Certificates for those whom they concern: the student's own, the tutor's and the placement office's list."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.files.serving import file_response
from portal.history.models import Event
from portal.paging import BoundedPaginator
from portal.people.models import STAFF, Provider, Role
from portal.posted import seen_in
from portal.tables import DOWNLOADS
from portal.workflow import Refused, SomebodyWasQuicker
from reviews.certificates.filters import CertificateFilter
from reviews.certificates.forms import RevokeForm
from reviews.certificates.issuing import AT_ONCE, issue, issue_all, waiting
from reviews.certificates.models import Certificate
from reviews.signoff.models import SignOff
from students.models import Student

PAGE = 50
CHUNK = 500
COLUMNS = ["Student", "Number", "T Level", "Hours", "First day", "Last day", "Issued", "Status", "Address"]


def student_or_404(request, pk) -> Student:
    rows = Student.objects.visible_to(request.user).select_related("user", "tutor", "provider")
    return get_object_or_404(rows, pk=pk)


@role_required(Role.STUDENT)
def certificate_own(request):
    """One's own."""
    own = Student.objects.select_related("user", "tutor", "provider")
    return page_of(request, get_object_or_404(own, user=request.user, provider=request.desk.provider_id))


def certificate_detail(request, pk):
    """The certificate of a student, how it came about, and earlier ones that were revoked."""
    return page_of(request, student_or_404(request, pk))


def page_of(request, student: Student):
    certificates = list(Certificate.objects.with_facts().filter(student=student))
    signoff = SignOff.objects.standing().filter(student=student).select_related("signed_off_by").first()
    relations = student.relations(request.user)
    context = {
        "student": student,
        "signoff": signoff,
        "certificate": next((made for made in certificates if made.stands), None),
        "earlier": [made for made in certificates if not made.stands],
        "is_own": "student" in relations,
        "may_revoke": "coordinator" in relations,
        "events": Event.objects.about(*certificates)[:PAGE] if certificates else [],
    }
    return render(request, "certificates/certificate_detail.html", context)


@require_POST
@role_required(*STAFF)
def certificate_issue(request, pk):
    """Issue the certificate of a record that is signed off."""
    student = student_or_404(request, pk)
    rows = SignOff.objects.standing().filter(student=student)
    signoff = rows.select_related("student__user", "provider", "signed_off_by").first()
    try:
        if signoff is None:
            raise Refused("The record is not signed off, so there is nothing to certify yet.")
        issue(signoff, by=request.user)
        messages.success(request, f"The certificate is issued. {student.name} gets a mail.")
    except (Refused, SomebodyWasQuicker) as error:
        messages.warning(request, str(error))
    return redirect("certificate_detail", pk)


def certificate_pdf(request, pk):
    """The file as it was issued. One that is revoked is kept for the record and not handed out any more."""
    rows = Certificate.objects.visible_to(request.user).standing().select_related("file")
    return file_response(get_object_or_404(rows, pk=pk).file)


@role_required(Role.COORDINATOR)
def certificate_revoke(request, pk):
    rows = Certificate.objects.visible_to(request.user).with_facts().filter(provider=request.desk.provider_id)
    certificate = get_object_or_404(rows, pk=pk)
    if not certificate.stands:
        raise Http404
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        try:
            certificate.revoke(by=request.user, reason=form.cleaned_data["reason"], seen=seen_in(request.POST))
            messages.success(request, "The certificate is revoked. Its public page says so from now on.")
            return redirect("certificate_detail", certificate.student_id)
        except (Refused, SomebodyWasQuicker) as error:
            form.add_error(None, str(error))
    context = {"certificate": certificate, "form": form}
    return render(request, "certificates/certificate_revoke.html", context, status=422 if form.errors else 200)


def rows_of(desk, rows):
    """Certificates or sign-offs of those whom the desk looks after: a tutor's caseload, or the whole college."""
    rows = rows.filter(provider=desk.provider_id)
    return rows.filter(student__tutor=desk.user_id) if desk.role == Role.TUTOR else rows


def cells_of(one: Certificate) -> tuple:
    """A row of the download. Hours as decimal numbers, two places."""
    signoff = one.signoff
    return (
        one.holder, one.number, signoff.tlevel_title, f"{signoff.minutes / 60:.2f}", signoff.first_on, signoff.last_on,
        one.issued_at, one.sentence(), one.public_url,
    )  # fmt: skip


@role_required(*STAFF)
def certificate_list(request):
    """All that were issued to those whom the desk looks after, and who is still to be issued one."""
    found = CertificateFilter(request.GET, rows_of(request.desk, Certificate.objects.with_facts()))
    if download := DOWNLOADS.get(kind := request.GET.get("download")):
        name = f"certificates-{timezone.localdate():%Y-%m-%d}.{kind}"
        return download(name, COLUMNS, map(cells_of, found.qs.iterator(chunk_size=CHUNK)))
    context = {
        "filter": found,
        "page": BoundedPaginator(found.qs, PAGE).get_page(request.GET.get("page")),
        "waiting": rows_of(request.desk, waiting()).select_related("student__user")[: PAGE + 1],
        "at_once": AT_ONCE,
        "shown_at_most": PAGE,
    }
    return render(request, "certificates/certificate_list.html", context)


@require_POST
@role_required(Role.COORDINATOR)
def certificate_issue_all(request):
    """Have the worker issue all that wait."""
    try:
        count = issue_all(Provider.objects.get(pk=request.desk.provider_id), by=request.user)
        things = "1 certificate is" if count == 1 else f"{count} certificates are"
        messages.success(request, f"{things} being made. Each student gets a mail when theirs is ready.")
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(reverse("certificate_list"))
