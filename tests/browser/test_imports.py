"""An import as it looks while a worker is at it: the page follows by itself, also without JavaScript."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from portal.imports import tasks
from portal.imports.models import Import

pytestmark = pytest.mark.browser

FILE = b"Employer name,Site name\r\nHartley,Depot\r\nHarbour,Dock\r\n"


@pytest.fixture
def waiting(people, sign_in):
    """An import that no worker has taken up yet, and its coordinator signed in."""
    sign_in(people.coordinator)
    return Import.start(people.provider, "employers", "employers.csv", FILE, by=people.coordinator)


def test_the_page_follows_the_worker_while_somebody_is_signed_in(live_server, people, sign_in, waiting, page):
    page.goto(f"{live_server.url}/imports/{waiting.pk}/")
    expect(page.get_by_label("Waiting for its turn.")).to_be_visible()
    Import.objects.filter(pk=waiting.pk).update(done=1, steps=4)
    expect(page.get_by_text("25 % done")).to_be_visible()
    with page.expect_response("**/accounts/login/**"):
        Session.objects.all().delete()
    expect(page.get_by_text("25 % done")).to_be_visible()
    expect(page.get_by_label("Password")).to_be_hidden()
    sign_in(people.coordinator)
    page.reload()
    tasks.read.call(waiting.pk)
    expect(page.get_by_role("button", name="Apply: 2 new")).to_be_visible()
    page.get_by_role("button", name="Apply: 2 new").click()
    expect(page.get_by_text("All rows were applied on")).to_be_visible()


def test_without_javascript_the_page_loads_itself_again(live_server, waiting, browser, context):
    plain = browser.new_context(java_script_enabled=False, locale="en-GB")
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(f"{live_server.url}/imports/{waiting.pk}/")
    expect(page.get_by_text("Waiting for its turn.")).to_be_visible()
    tasks.read.call(waiting.pk)
    expect(page.get_by_role("button", name="Apply: 2 new")).to_be_visible()
    plain.close()


def test_a_file_is_chosen_looked_at_and_discarded(live_server, people, sign_in, page):
    sign_in(people.coordinator)
    page.goto(f"{live_server.url}/imports/")
    page.get_by_role("link", name="Import employers").click()
    page.get_by_label("CSV file").set_input_files({"name": "e.csv", "mimeType": "text/csv", "buffer": b"%PDF-1.7"})
    page.get_by_role("button", name="Upload and look").click()
    expect(
        page.get_by_role("link", name="CSV file: This is a PDF. The portal reads tables saved as CSV.")
    ).to_be_visible()
    page.get_by_label("CSV file").set_input_files({"name": "e.csv", "mimeType": "text/csv", "buffer": FILE})
    page.get_by_role("button", name="Upload and look").click()
    expect(page.get_by_role("button", name="Apply: 2 new")).to_be_visible()
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("e.csv has been discarded. Nothing was changed.")).to_be_visible()
