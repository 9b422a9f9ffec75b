"""What is wrong in a narrow field of a row stands below the whole row, wide enough to be read."""

import pytest

from tests.browser.conftest import LAPTOP, PHONE

pytestmark = pytest.mark.browser
WRONG = "Give the break in whole minutes, for example 30."


def width_and_lines(error) -> tuple[float, int]:
    """How wide an error is, and on how many lines of text it stands."""
    box = error.bounding_box()
    height = error.evaluate("(node) => parseFloat(getComputedStyle(node).lineHeight)")
    return box["width"], round(box["height"] / height)


@pytest.mark.parametrize(("size", "lines"), [(LAPTOP, 1), (PHONE, 2)])
def test_a_wrong_break_is_read_in_a_line_or_two(people, placement, sign_in, live_server, page, size, lines):
    page.set_viewport_size(size)
    sign_in(people.tutor)
    monday = placement.first_on.isocalendar()
    week = placement.first_on.fromisocalendar(monday.year, monday.week, 1)
    paths = {
        f"/placements/{placement.pk}/paper-weeks/{week}/": "Record the week",
        f"/placements/{placement.pk}/pattern/?later=1": "Save the days and times",
    }
    for path, button in paths.items():
        page.goto(f"{live_server.url}{path}")
        page.evaluate("document.querySelectorAll('main details').forEach((details) => (details.open = true))")
        for control in page.locator("main [name$=break_minutes]").all():
            control.fill("lots")
        for name in ("starts", "finishes"):
            page.locator(f"main [name$={name}]").last.fill("09:00" if name == "starts" else "17:00")
        with page.expect_navigation():  # by the keyboard: what the times add up to comes in meanwhile
            page.get_by_role("button", name=button).press("Enter")
        error = page.locator("form .field-error", has_text=WRONG).last
        error.wait_for()
        width, on = width_and_lines(error)
        assert on <= lines
        assert width > 250
        if size == LAPTOP:
            row = error.locator("xpath=ancestor::div[contains(@class, 'times')]")
            tops = {round(label.bounding_box()["y"]) for label in row.locator(".form-label").all()}
            assert len(tops) == 1  # the labels of the row stand in one line


@pytest.mark.parametrize(("path", "button"), [("/home/", "Log today"), ("/weeks/now/", "Save draft")])
def test_the_students_own_day_says_it_in_two_lines_on_a_phone(
    people, placement, sign_in, live_server, page, path, button
):
    page.set_viewport_size(PHONE)
    sign_in(people.student)
    page.goto(f"{live_server.url}{path}")
    for name, typed in (("starts", "12:00"), ("finishes", "11:00"), ("break_minutes", "lots")):
        page.locator(f"main [name$={name}]:visible").last.fill(typed)
    page.get_by_role("button", name=button, exact=True).click()
    for wrong in ("The finish must be later than the start.", WRONG):
        error = page.locator("form .field-error", has_text=wrong)
        error.wait_for()
        width, on = width_and_lines(error)
        assert on <= 2
        assert width > 250


def test_what_is_wrong_in_a_row_of_the_meetings_stands_on_one_line(people, sign_in, live_server, page):
    page.set_viewport_size(LAPTOP)
    sign_in(people.coordinator)
    page.goto(f"{live_server.url}/meetings/pattern/")
    page.get_by_label("Days").first.fill("soon")
    page.get_by_role("button", name="Save the pattern").click()
    error = page.locator("form .field-error", has_text="Enter a whole number, such as 30.")
    error.wait_for()
    width, on = width_and_lines(error)
    assert on == 1
    assert width > 250
    row = page.locator(".action-row").first
    assert len({round(label.bounding_box()["y"]) for label in row.locator(".form-label").all()}) == 1
