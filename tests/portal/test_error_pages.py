"""What people see when something went wrong: plain words, our look, and no database needed."""

import pytest
from django.test import Client, RequestFactory

from portal import views
from tests.conftest import signed_in
from tests.house.markup import problems


def test_an_error_page_needs_no_database():
    """Without the `db` mark pytest-django refuses every query."""
    for view, status, title in [
        (views.bad_request, 400, "That did not arrive in one piece"),
        (views.forbidden, 403, "That is not yours to do"),
        (views.csrf_failure, 403, "This page was open for too long"),
        (views.not_found, 404, "There is nothing here"),
        (views.not_allowed, 405, "There is no page at this address"),
        (views.server_error, 500, "Something went wrong on our side"),
    ]:
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


def test_another_name_of_the_machine_leads_to_the_portals_own(settings):
    settings.ALLOWED_HOSTS, settings.BASE_URL = ["portal.example"], "https://portal.example"
    response = Client().get("/accounts/login/", headers={"host": "10.0.0.7"})
    assert response.status_code == 400
    page = response.content.decode()
    assert "The portal answers at https://portal.example only." in page
    assert 'href="https://portal.example/"' in page


def test_a_form_without_its_token_is_told_kindly(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.tutor)
    response = client.post("/desk/")
    assert response.status_code == 403
    assert "This page was open for too long" in response.content.decode()
    assert "your browser has to be allowed to keep cookies of the portal" in response.content.decode()
    assert "load the page again and send it once more" in response.content.decode()
    kept = client.post("/desk/", {"press": "1795420800000"}).content.decode()
    assert "the page offers what you wrote, which this browser tab has kept" in kept


@pytest.mark.django_db
def test_a_form_without_its_token_leads_back_to_its_page():
    page = Client(enforce_csrf_checks=True).post("/verify/", headers={"referer": "http://testserver/verify/"})
    assert page.status_code == 403
    assert 'href="http://testserver/verify/"' in page.content.decode()
    away = Client(enforce_csrf_checks=True).post("/verify/", headers={"referer": "http://elsewhere.test/"})
    assert "elsewhere.test" not in away.content.decode()


def test_no_page_may_use_what_a_device_can_do():
    assert "camera=()" in Client().get("/static/nothing.css")["Permissions-Policy"]


def test_an_address_that_only_takes_what_is_sent_to_it_says_so(cast):
    """An error page may stand there: whoever presses Enter in the address bar, or signs in again, lands on it."""
    client = signed_in(cast.coordinator)
    for address in (
        "/concerns/3/write/",
        "/figures/questions/2/answer/",
    ):
        response = client.get(address, headers={"referer": "http://testserver/placements/"})
        assert (response.status_code, response["Allow"]) == (405, "POST")
        assert response["Content-Type"] == "text/html; charset=utf-8"
        page = response.content.decode()
        assert "<h1>There is no page at this address</h1>" in page
        assert 'href="http://testserver/placements/"' in page
        assert "To my home page" in page
        assert problems(response) == []


def test_whoever_signs_in_again_after_an_error_page_is_led_to_the_page_of_the_form(cast):
    client = signed_in(cast.coordinator)
    for address, leads_to in {
        "/meetings/6/notes/write/": "/meetings/6/notes/",
        "/placements/40/agreement/answer/": "/placements/40/agreement/",
        "/concern-notes/9/take-back/": "/concern-notes/9/",
        "/flags/9/seen/": "/",
        "/desk/": "/",
    }.items():
        signed_in_here = {"referer": f"http://testserver/accounts/login/?next={address}"}
        response = client.get(address, headers=signed_in_here)
        assert (response.status_code, response["Location"]) == (302, leads_to)


def test_that_page_leads_to_no_other_site(cast):
    page = signed_in(cast.coordinator).get("/signoffs/9/reopen/", headers={"referer": "https://evil.test/"})
    assert "evil.test" not in page.content.decode()
    assert "To my home page" in page.content.decode()
