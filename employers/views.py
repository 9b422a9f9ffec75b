"""Employers, for tutors and coordinators."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from employers import keeping
from employers.checks.standing import glance, standings_of
from employers.forms import EmployerForm, LineManagerAddForm, LineManagerEditForm, SiteForm
from employers.listing import Listing
from employers.models import Employer, LineManager, Site
from employers.panels import part_url, show_part, tab_of, tabs_of
from portal.access import role_required
from portal.history import models as history
from portal.history.telling import told_of
from portal.people.models import STAFF
from portal.tables import DOWNLOADS
from portal.workflow import Refused


@role_required(*STAFF)
def employer_list(request):
    employers = Employer.objects.visible_to(request.user).filter(provider=request.desk.provider_id)
    listing = Listing(request.GET, request.desk, employers)
    if (kind := request.GET.get("download")) in DOWNLOADS:
        return listing.download(kind)
    context = {"filter": listing.chosen, "page": listing.page, "columns": listing.columns}
    return render(request, "employers/employer_list.html", context)


@role_required(*STAFF)
def employer_detail(request, pk):
    employer = get_object_or_404(Employer.objects.visible_to(request.user).select_related("provider"), pk=pk)
    sites, managers = list(employer.sites.all()), list(employer.line_managers.select_related("user"))
    standings = standings_of(employer, sites)
    parts = {site: f"the site {site}" for site in sites} | {manager: f"line manager {manager}" for manager in managers}
    context = {
        "employer": employer,
        "sites": sites,
        "line_managers": managers,
        "events": told_of(employer, parts),
        "glance": glance(standings),
        "checks": part_url(employer, "checks"),
        "tabs": tabs_of(employer, ""),
    }
    return render(request, "employers/employer_detail.html", context)


@role_required(*STAFF)
def employer_part(request, pk, slug):
    """A part of the page of an employer that another room brings (employers.panels)."""
    employer = get_object_or_404(Employer.objects.visible_to(request.user).select_related("provider"), pk=pk)
    return show_part(request, employer, slug, tab_of(slug).show(employer, request))


@role_required(*STAFF)
def employer_add(request):
    form = EmployerForm(request.POST or None, instance=Employer(provider=request.desk.provider))
    if form.is_valid():
        keep(form.instance, by=request.user)
        messages.success(request, f"{form.instance} has been added. Now add its line managers and sites.")
        return redirect("employer_detail", form.instance.pk)
    return render(request, "employers/employer_add.html", {"form": form})


@role_required(*STAFF)
def employer_edit(request, pk):
    employer = get_object_or_404(Employer.objects.visible_to(request.user), pk=pk)
    name = employer.name
    form = EmployerForm(request.POST or None, instance=employer)
    if form.is_valid() and form.stored_by(lambda: keep(employer, by=request.user)):
        messages.success(request, f"{employer} has been saved.")
        return redirect("employer_detail", pk)
    return render(request, "employers/employer_edit.html", {"form": form, "employer": employer, "name": name})


@require_POST
@role_required(*STAFF)
def employer_remove(request, pk):
    employer = get_object_or_404(Employer.objects.visible_to(request.user).select_related("provider"), pk=pk)
    try:
        with_it = keeping.remove_employer(employer, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("employer_detail", pk)
    messages.success(request, f"{employer} has been removed{f', and with it {with_it}' if with_it else ''}.")
    return redirect("employer_list")


@transaction.atomic
def keep(thing, *, by):
    history.save(thing, by=by)


# --- Sites ----------------------------------------------------------------------------------------------------------


@role_required(*STAFF)
def site_add(request, pk):
    employer = get_object_or_404(Employer.objects.visible_to(request.user), pk=pk)
    form = SiteForm(request.POST or None, instance=Site(employer=employer))
    if form.is_valid():
        with transaction.atomic():
            form.save()
            history.record(employer, f"added the site {form.instance}", by=request.user)
        messages.success(request, f"The site {form.instance} has been added.")
        return redirect("employer_detail", pk)
    return render(request, "employers/site_add.html", {"form": form, "employer": employer})


def site_or_404(request, pk) -> Site:
    return get_object_or_404(Site.objects.visible_to(request.user).select_related("employer"), pk=pk)


@role_required(*STAFF)
def site_edit(request, pk):
    site = site_or_404(request, pk)
    form = SiteForm(request.POST or None, instance=site)
    if form.is_valid() and form.stored_by(lambda: keep(site, by=request.user)):
        messages.success(request, f"The site {site} has been saved.")
        return redirect("employer_detail", site.employer_id)
    return render(request, "employers/site_edit.html", {"form": form, "site": site, "employer": site.employer})


@require_POST
@role_required(*STAFF)
def site_remove(request, pk):
    site = site_or_404(request, pk)
    return removed(request, site.employer_id, f"The site {site}", keeping.remove, site, about=site.employer)


def removed(request, employer_id, what: str, act, thing, **kwargs):
    """Take something of an employer away, say so, and go back to the employer."""
    try:
        act(thing, by=request.user, **kwargs)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{what} has been removed.")
    return redirect("employer_detail", employer_id)


# --- Line managers --------------------------------------------------------------------------------------------------


@role_required(*STAFF)
def line_manager_add(request, pk):
    employer = get_object_or_404(Employer.objects.visible_to(request.user).select_related("provider"), pk=pk)
    form = LineManagerAddForm(request.POST or None, instance=LineManager(employer=employer))
    if form.is_valid():
        added = keeping.add_line_manager(employer, **form.cleaned_data, by=request.user)
        messages.success(request, f"{added} has been added as a line manager.")
        return redirect("employer_detail", pk)
    return render(request, "employers/line_manager_add.html", {"form": form, "employer": employer})


def line_manager_or_404(request, pk) -> LineManager:
    managers = LineManager.objects.visible_to(request.user).select_related("employer__provider", "user")
    return get_object_or_404(managers, pk=pk)


@role_required(*STAFF)
def line_manager_edit(request, pk):
    line_manager = line_manager_or_404(request, pk)
    fixed = keeping.why_name_is_fixed(line_manager)
    form = LineManagerEditForm(request.POST or None, instance=line_manager, fixed=fixed)

    def correct():
        keeping.correct_line_manager(line_manager, form.person(), by=request.user)

    if form.is_valid() and form.stored_by(correct):
        messages.success(request, f"The details of {line_manager} have been saved.")
        return redirect("employer_detail", line_manager.employer_id)
    context = {"form": form, "fixed": fixed, "line_manager": line_manager, "employer": line_manager.employer}
    return render(request, "employers/line_manager_edit.html", context)


@require_POST
@role_required(*STAFF)
def line_manager_remove(request, pk):
    line_manager = line_manager_or_404(request, pk)
    return removed(request, line_manager.employer_id, line_manager.user.name, keeping.remove_line_manager, line_manager)
