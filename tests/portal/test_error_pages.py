"""What people see when something went wrong: plain words, our look, and no database needed."""

import pytest
from django.test import Client, RequestFactory

from portal import views


@pytest.mark.parametrize(
    ("view", "status", "title"),
    [
        (views.bad_request, 400, "That did not arrive in one piece"),
        (views.forbidden, 403, "That is not yours to do"),
        (views.csrf_failure, 403, "This page was open for too long"),
        (views.not_found, 404, "There is nothing here"),
        (views.server_error, 500, "Something went wrong on our side"),
    ],
)
def test_an_error_page_needs_no_database(view, status, title):
    """Without the `db` mark pytest-django refuses every query."""
    response = view(RequestFactory().get("/somewhere/"))
    assert response.status_code == status
    page = response.content.decode()
    assert f"<h1>{title}</h1>" in page
    assert "To my home page" in page


@pytest.mark.django_db
def test_a_mistyped_address_answers_in_plain_words():
    response = Client().get("/no-such-page/")
    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


def test_a_form_without_its_token_is_told_kindly(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.tutor)
    response = client.post("/desk/")
    assert response.status_code == 403
    assert "This page was open for too long" in response.content.decode()
    assert "your browser has to be allowed to keep cookies of the portal" in response.content.decode()
