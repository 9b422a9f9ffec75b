"""What tutors and the placement office see of CVs and cover letters, and what they say of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from portal.access import role_required
from portal.history.models import Event
from portal.people.models import STAFF
from portal.posted import seen_in
from portal.workflow import SomebodyWasQuicker
from students.models import Student
from students.papers import keeping
from students.papers.forms import FeedbackForm
from students.papers.models import Version

PAGE = 50


@role_required(*STAFF)
def student_papers(request, pk):
    """What a student showed, the newest first."""
    students = Student.objects.visible_to(request.user).exclude(user=request.user)
    student = get_object_or_404(students.select_related("user"), pk=pk)
    rows = Version.objects.visible_to(request.user).filter(paper__student=student).with_people()
    page = Paginator(rows.order_by("-asked_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    context = {"student": student, "page": page, "is_tutor": student.tutor_id == request.user.pk}
    return render(request, "papers/student_papers.html", context)


def shown_version(request, pk) -> Version:
    rows = Version.objects.visible_to(request.user).shown().exclude(paper__student__user=request.user)
    return get_object_or_404(rows.with_people(), pk=pk)


@role_required(*STAFF)
def paper_feedback(request, pk):
    """Look at one version and say what helps."""
    version = shown_version(request, pk)
    initial = {"words": version.feedback, "verdict": {"given": "more", "good": "good"}.get(version.status)}
    form = FeedbackForm(request.POST or None, initial=initial)
    if form.is_valid() and answered(request, form, version):
        return redirect("student_papers", version.paper.student_id)
    context = {
        "form": form,
        "version": version,
        "student": version.paper.student,
        "events": Event.objects.about(version)[:50],
    }
    return render(request, "papers/paper_feedback.html", context, status=422 if form.errors else 200)


def answered(request, form: FeedbackForm, version: Version) -> bool:
    """Keep the feedback of a valid form; False where the version has moved on (the form says so)."""
    try:
        keeping.answer(
            version,
            is_good=form.cleaned_data["verdict"] == "good",
            words=form.cleaned_data["words"],
            by=request.user,
            seen=seen_in(request.POST),
        )
    except SomebodyWasQuicker as quicker:
        form.add_error(None, str(quicker))
        return False
    messages.success(request, f"{version.paper.student.user.first_name} can read it now.")
    return True


@require_POST
@role_required(*STAFF)
def paper_feedback_remove(request, pk):
    """Take the feedback back: the question is open again."""
    version = shown_version(request, pk)
    try:
        version.take_feedback_back(by=request.user)
        messages.success(request, "Your feedback is taken back. The question is open again.")
    except SomebodyWasQuicker as quicker:
        messages.warning(request, str(quicker))
    return redirect("paper_feedback", pk)
