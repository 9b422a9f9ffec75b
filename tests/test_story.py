"""One story from the first sign-in to the PDF: the main job, end to end, through the pages."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from placements.timesheets.models import Timesheet
from tests.factories import PASSWORD
from tests.placements.test_week_page import full_monday

pytestmark = pytest.mark.django_db(transaction=True)  # mails leave when a transaction really commits


def typed_in(user) -> Client:
    """A browser in which `user` signed in with the password."""
    client = Client()
    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD}, follow=True)
    assert response.status_code == 200
    assert response.wsgi_request.user == user
    return client


def test_a_week_from_the_phone_to_the_pdf(cast, mailoutbox, time_machine):
    time_machine.move_to("2026-03-06 18:00")
    student = typed_in(cast.student)
    assert "Hello Student" in student.get("/", follow=True).content.decode()
    student.post("/home/", {"starts": "09:00", "finishes": "17:00", "break_minutes": "60", "activity": "Built a page"})
    week = Timesheet.objects.get()
    data = full_monday(do="hand_in", friday_0_starts="09:00", friday_0_finishes="17:00", friday_0_break_minutes="60")
    student.post(reverse("week_edit", args=[week.pk]), data | {"declared": "on", "seen": str(week.version)})
    week.refresh_from_db()
    assert (week.status, week.minutes) == ("handed_in", 840)

    mail = mailoutbox[-1]
    assert mail.to == [cast.manager.email]
    assert not {"Student", "Reed", "Employer"} & set(re.findall(r"\w+", mail.subject))
    link = re.search(r"http\S+(/a/\S+)", mail.body).group(1)
    manager = Client()  # no account, no password
    page = manager.get(link).content.decode()
    assert "Wrote tests" in page
    week.refresh_from_db()
    assert week.status == "handed_in"  # opening a link changes nothing
    seen = re.search(r'name="seen" value="([0-9]+)"', page).group(1)
    manager.post(f"{link}{week.pk}/approve/", {"seen": seen})
    week.refresh_from_db()
    assert week.sentence() == "Approved by Manager Reed on 6 March, by link"

    tutor = typed_in(cast.tutor)
    caseload = tutor.get("/", follow=True).content.decode()
    assert "Student Reed" in caseload
    assert "14 h of 315 h" in caseload
    receipt = tutor.get(reverse("hours_receipt", args=[cast.student_record.pk])).content.decode()
    assert "14 h" in receipt
    pdf = tutor.get(reverse("statement_pdf", args=[cast.student_record.pk]))
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
