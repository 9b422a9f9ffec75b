"""The chart of hours over time: an SVG that stands alone on a page and in a PDF, in colour and without."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.charts import BOTTOM, LEFT, RIGHT, TOP, Reached, hours_chart, months

SUNDAY = date(2026, 3, 1)
SVG = "{http://www.w3.org/2000/svg}"


def points(*weeks):
    """(counted, waiting, needed) in hours, week after week, from nothing at the start."""
    rows = [(0, 0, 0), *weeks]
    return [
        Reached(SUNDAY + timedelta(weeks=n), *(None if value is None else value * 60 for value in row))
        for n, row in enumerate(rows)
    ]


def parsed(svg: str):
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def drawn(*weeks, required=315, title="Hours of Maya Reed over time", description="70 h count."):
    svg = hours_chart(points(*weeks), required * 60, title=title, description=description)
    return parsed(svg)


def one(root, tag, css):
    """The points of the one drawn shape of a class, as pairs of numbers; the key has other tags or comes last."""
    shape = next(shape for shape in root.iter(f"{SVG}{tag}") if shape.get("class") == css)
    return [tuple(map(float, pair.split(","))) for pair in shape.get("points").split()]


def test_it_says_what_it_shows():
    root = drawn((35, 0, 30))
    assert root.get("role") == "img"
    texts = {element.get("id"): element.text for element in root if element.get("id")}
    assert texts == {"chart-title": "Hours of Maya Reed over time", "chart-description": "70 h count."}
    assert root.get("aria-labelledby").split() == list(texts)


def test_it_needs_no_style_attribute_and_no_style_element():
    svg = hours_chart(points((35, 14, 30), (None, None, 60)), 18900, title="Hours", description="So far")
    assert not re.search(r"style=|<style|<script|\son\w+=", svg)


def test_names_are_escaped():
    svg = hours_chart(points((35, 0, 30)), 18900, title='<b>"Jo" & Co</b>', description="</desc><script>")
    root = parsed(svg)
    assert root.find(f"{SVG}title").text == '<b>"Jo" & Co</b>'
    assert root.find(f"{SVG}desc").text == "</desc><script>"


def test_counted_hours_are_a_shape_from_the_ground():
    shape = one(drawn((60, 0, 30), (120, 0, 60)), "polygon", "chart-counted")
    assert shape[0] == (LEFT, BOTTOM)
    assert shape[1][1] > shape[2][1]
    assert shape[3:] == [(RIGHT, BOTTOM), (LEFT, BOTTOM)]


def test_waiting_hours_are_hatched_and_stand_on_the_counted_ones():
    root = drawn((60, 0, 30), (60, 60, 60))
    waiting = next(shape for shape in root.iter(f"{SVG}polygon") if shape.get("class") == "chart-waiting")
    assert waiting.get("fill") == "url(#chart-hatch)"
    assert root.find(f".//{SVG}pattern").get("id") == "chart-hatch"
    counted, hatched = one(root, "polygon", "chart-counted"), one(root, "polygon", "chart-waiting")
    assert hatched[2][1] < counted[2][1]
    assert hatched[3] == counted[2]


def test_nothing_is_drawn_where_there_is_nothing():
    shapes = {shape.get("class") for shape in drawn((None, None, 30)).iter(f"{SVG}polygon")}
    assert shapes == set()


def test_the_pace_needed_is_dashed_and_goes_to_the_end():
    root = drawn((30, 0, 30), (None, None, 315))
    line = next(root.iter(f"{SVG}polyline"))
    assert line.get("stroke-dasharray")
    required = next(line for line in root.iter(f"{SVG}line") if line.get("class") == "chart-required")
    assert one(root, "polyline", "chart-needed")[-1] == (RIGHT, float(required.get("y1")))


def test_today_is_marked_while_there_are_days_to_come():
    def marks(root):
        return [line.get("x1") for line in root.iter(f"{SVG}line") if line.get("class") == "chart-now"]

    assert len(marks(drawn((30, 0, 30), (None, None, 60)))) == 1
    assert marks(drawn((30, 0, 30), (60, 0, 60))) == []


def test_the_scale_has_round_figures():
    for required, steps in {315: [0, 100, 200, 300], 750: [0, 200, 400, 600], 35: [0, 10, 20, 30]}.items():
        texts = [text.text.removesuffix(" h") for text in drawn((1, 0, 1), required=required).findall(f"{SVG}text")]
        assert [int(text) for text in texts if text.isdigit()][: len(steps)] == steps


def test_months_are_thinned_out_over_a_long_time():
    found = [day for _, day in months(date(2024, 9, 2), date(2026, 7, 31))]
    assert found[:3] == [date(2024, 10, 1), date(2025, 1, 1), date(2025, 4, 1)]
    assert len(found) == 8


def test_a_time_within_a_month_has_its_beginning_at_most():
    assert [day for _, day in months(date(2026, 3, 2), date(2026, 3, 29))] == []
    assert [day for _, day in months(date(2026, 3, 1), date(2026, 3, 29))] == [date(2026, 3, 1)]


hours_of_a_week = st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))


@settings(max_examples=40)
@given(st.lists(hours_of_a_week, min_size=1, max_size=10), st.integers(1, 800))
@example([(60, 0, 30), (0, 60, 60)] * 35, 315)
def test_nothing_leaves_the_frame(weeks, required):
    sums = [(0, 0, 0)]
    for week in weeks:
        sums.append(tuple(before + more for before, more in zip(sums[-1], week, strict=True)))
    root = drawn(*sums[1:], required=required)
    for shape in [*root.iter(f"{SVG}polygon"), *root.iter(f"{SVG}polyline")]:
        for x, y in (tuple(map(float, pair.split(","))) for pair in shape.get("points").split()):
            assert LEFT <= x <= RIGHT
            assert TOP <= y <= BOTTOM
