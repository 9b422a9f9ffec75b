"""The shared pieces of every page: words for values, sentences for states, links that keep what was chosen."""

import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.urls import NoReverseMatch

from portal.form_errors import problems_of
from portal.history.models import Event
from portal.words import short_date


def rendered(source: str, **context) -> str:
    """The words and tags of a template, blanks between them made one."""
    return re.sub(r"\s+", " ", Template(source).render(Context(context))).strip()


def words(source: str, **context) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", rendered(source, **context))).strip()


def test_addresses_are_those_of_django():
    assert rendered("{% url 'need_list' %} {% url name %}", name="need_list") == "/needs/ /needs/"
    assert rendered("{% url 'week_edit' 5 %} {% url 'need_list' as there %}({{ there }})") == "/weeks/5/ (/needs/)"
    for wrong in ("{% url 'nowhere' %}", "{% url 'week_edit' %}"):
        with pytest.raises(NoReverseMatch):
            rendered(wrong)


def test_minutes_in_words():
    for minutes, long, short in [
        (0, "0 h", "0:00"),
        (5, "5 min", "0:05"),
        (30, "30 min", "0:30"),
        (60, "1 h", "1:00"),
        (2250, "37 h 30 min", "37:30"),
        (18900, "315 h", "315:00"),
        (-120, "−2 h", "−2:00"),
        (-90, "−1 h 30 min", "−1:30"),
        (None, "", ""),
    ]:
        assert rendered("{{ minutes|hours }}", minutes=minutes) == long
        assert rendered("{{ minutes|hours_short }}", minutes=minutes) == short


def test_dates_in_words(time_machine):
    assert rendered("{{ it|day }}", it=date(2026, 3, 2)) == "Monday 2 March"
    assert rendered("{{ it|long_date }}", it=date(2026, 3, 2)) == "2 March 2026"
    time_machine.move_to("2026-12-31 12:00")
    assert short_date(date(2026, 3, 2)) == "2 March"
    time_machine.move_to("2027-01-01 12:00")
    assert (short_date(date(2026, 12, 29)), short_date(None)) == ("29 December 2026", "")
    assert rendered("{{ it|day }}{{ it|long_date }}{{ it|moment }}", it=None) == ""


def test_moments_are_told_in_local_time():
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert rendered("{{ it|moment }}", it=late) == "1 July 2026 at 00:30"
    assert rendered("{{ it|day }}", it=late) == "Wednesday 1 July"


def test_an_icon_is_decoration_unless_it_has_a_name():
    assert 'aria-hidden="true"' in rendered('{% icon "check" %}')
    assert words('{% icon "check" %}') == ""
    assert words('{% icon "check" it %}', it="Hours & days") == "Hours &amp; days"


def test_a_status_is_an_icon_and_a_sentence():
    html = rendered('{% status "waiting" it %}', it="Sent to Ms O'Neill")
    assert html.startswith('<span class="status status-waiting"><svg class="icon"')
    assert html.endswith("<span>Sent to Ms O&#x27;Neill</span></span>")


def test_words_that_follow_a_status_stand_apart_from_it():
    assert "Open</span></span> <span>Ask again</span>" in rendered('{% status "calm" "Open" %}<span>Ask again</span>')


def test_a_status_in_an_unknown_tone_is_a_mistake():
    with pytest.raises(KeyError):
        rendered('{% status "cheerful" "Hello" %}')


def test_progress_shows_counted_waiting_and_what_is_to_go():
    html = rendered("{% progress 12600 3150 18900 %}")
    assert 'aria-label="210 h count, 52 h 30 min wait for approval, 52 h 30 min of 315 h to go."' in html
    assert '<rect class="bar-counted" x="0" y="0" width="66.7%" height="100%">' in html
    assert '<line class="bar-waiting" x1="66.7%" x2="83.3%"' in html
    assert words("{% progress 12600 3150 18900 %}") == "210 h of 315 h, 52 h 30 min waiting"


def test_progress_never_leaves_its_bar():
    html = rendered("{% progress 18000 3000 18900 %}")
    assert 'width="95.2%"' in html
    assert 'x2="100.0%"' in html
    assert 'width="100.0%"' in rendered("{% progress 21000 0 18900 %}")
    assert words("{% progress 0 0 0 %}") == "0 h of 0 h"


def test_progress_with_a_key_says_each_part():
    assert words("{% progress 12750 2250 18900 legend=True %}") == (
        "212 h 30 min of 315 h count 212 h 30 min count 37 h 30 min waiting 65 h to go"
    )
    assert words("{% progress 18900 0 18900 legend=True %}").endswith("nothing to go")


def test_a_card_wraps_its_content():
    html = rendered('{% card title level=3 id="rules" %}<p>{{ it }}</p>{% endcard %}', title="Rules & caps", it="<b>")
    assert html == (
        '<section class="card" id="rules"> <div class="card-body"> <h3 class="card-title">Rules &amp; caps</h3> '
        "<p>&lt;b&gt;</p> </div> </section>"
    )


def test_an_empty_list_says_so_and_offers_a_way_on():
    assert words('{% empty "No student yet" "Bring them in." "/imports/" "Import" %}') == (
        "No student yet Bring them in. Import"
    )
    assert 'href="/imports/"' in rendered('{% empty "No student yet" "Bring them in." "/imports/" "Import" %}')
    assert words('{% empty "Nothing waits" %}') == "Nothing waits"


def test_history_is_sentences():
    events = [Event(by_name="Tom Reid", says="sent back the week", at=datetime(2026, 3, 2, 14, 5, tzinfo=UTC))]
    assert words("{% history events %}", events=events) == "Tom Reid sent back the week 2 March 2026 at 14:05"
    assert words("{% history events %}", events=[]) == "Nothing has happened here yet."


def test_a_long_history_folds_after_six():
    at = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)
    events = [Event(by_name="Tom Reid", says=f"did thing {n}", at=at) for n in range(9)]
    shown, folded = rendered("{% history events %}", events=events).split("Show 3 earlier")
    assert (shown.count("<li>"), folded.count("<li>")) == (6, 3)
    assert "earlier" not in rendered("{% history events %}", events=events[:6])


def test_breadcrumbs_lead_back():
    html = rendered('{% breadcrumbs "Students" "/students/" "Maya Patel" %}')
    assert '<li><a href="/students/">Students</a></li> <li aria-current="page">Maya Patel</li>' in html


class Hours(forms.Form):
    start = forms.TimeField(label="Start")
    paid = forms.ChoiceField(label="Is it paid?", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect)

    def clean(self):
        self.add_error(None, "That is more than a day.")


def test_the_error_summary_leads_to_each_field():
    assert problems_of(Hours({"start": "25:00"})) == [
        {"words": "That is more than a day.", "href": ""},
        {"words": "Start: There is no such time. Write it like 08:30.", "href": "#id_start"},
        {"words": "Is it paid: This is missing.", "href": "#id_paid_0"},
    ]
    html = rendered("{% error_summary form %}", form=Hours({"start": "25:00"}))
    assert 'role="alert" tabindex="-1"' in html
    assert "3 things to put right" in html
    assert '<a href="#id_start">Start: There is no such time. Write it like 08:30.</a>' in html


def test_the_error_summary_names_the_rows_of_a_formset():
    class Row(forms.Form):
        start = forms.TimeField(label="Start")
        gone = forms.BooleanField(required=False)

    class Monday(Row):
        summary_label = "Monday 2 March"

    counts = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}
    for form, label in ((Row, "Row 1, start"), (Monday, "Monday 2 March, start")):
        formset = forms.formset_factory(form)(counts | {"form-0-gone": "on"})
        assert problems_of(formset) == [{"words": f"{label}: This is missing.", "href": "#id_form-0-start"}]


def test_a_deleted_row_has_nothing_to_put_right():
    formset = forms.formset_factory(Hours, can_delete=True)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-start": "never", "form-0-DELETE": "on"}
    )
    assert problems_of(formset) == []


def test_no_error_no_summary():
    assert rendered("{% error_summary form other %}", form=Hours(), other=None) == ""


def test_pages_keep_what_was_chosen():
    page = Paginator(range(1234), 50).page(3)
    html = rendered("{% pagination page params %}", page=page, params=QueryDict("tutor=7&page=3"))
    assert "<p>101 to 150 of 1,234</p>" in html
    assert 'rel="prev" href="?tutor=7&amp;page=2"' in html
    assert 'rel="next" href="?tutor=7&amp;page=4"' in html
    assert 'aria-current="page"><span class="visually-hidden">Page </span>3</span>' in html


def test_one_page_needs_no_pages():
    page = Paginator(range(50), 50).page(1)
    assert rendered("{% pagination page params %}", page=page, params=QueryDict()) == ""


def test_a_column_sorts_up_and_down():
    for query, href, aria in [
        ("tutor=7&page=3", "?tutor=7&amp;sort=hours", ""),
        ("sort=hours", "?sort=-hours", ' aria-sort="ascending"'),
        ("sort=-hours&tutor=7", "?sort=hours&amp;tutor=7", ' aria-sort="descending"'),
        ("sort=name", "?sort=hours", ""),
    ]:
        html = rendered('{% sort_link "Hours" "hours" params %}', params=QueryDict(query))
        assert html.startswith(f'<th scope="col"{aria}><a class="sort" href="{href}">Hours<svg')


def test_a_column_and_a_page_of_a_list_far_down_lead_to_it():
    html = rendered('{% sort_link "Hours" "hours" params at="list" %}', params=QueryDict("tutor=7"))
    assert 'href="?tutor=7&amp;sort=hours#list"' in html
    page = Paginator(range(30), 10).get_page(2)
    html = rendered('{% pagination page params at="list" %}', page=page, params=QueryDict("tutor=7"))
    assert re.findall('href="([^"]*)"', html) == [
        "?tutor=7&amp;page=1#list", "?tutor=7&amp;page=1#list", "?tutor=7&amp;page=3#list", "?tutor=7&amp;page=3#list",
    ]  # fmt: skip


def test_a_query_is_replaced_in_part():
    params = QueryDict("tutor=7&flag=1&flag=2")
    assert rendered("{% query_replace params tutor=8 flag=None %}", params=params) == "?tutor=8"
    assert rendered("{% query_replace params page=2 %}", params=params) == "?tutor=7&amp;flag=1&amp;flag=2&amp;page=2"


FIELD = "{% load crispy_forms_tags %}{{ form.start|as_crispy_field }}"


def test_a_field_reads_label_hint_error_control():
    form = Hours({"start": "25:00"})
    form.fields["start"].help_text = "When you came in."
    html = rendered(FIELD, form=form)
    order = [html.index(part) for part in ("<label", "When you came in.", "There is no such time", "<input")]
    assert order == sorted(order)
    assert 'aria-describedby="id_start_helptext id_start_error"' in html
    assert 'id="id_start_helptext"' in html
    assert 'id="id_start_error"' in html
    assert 'aria-invalid="true"' in html


def test_what_may_be_left_out_says_so():
    form = Hours()
    form.fields["start"].required = False
    assert words(FIELD, form=form) == "Start (optional)"
    assert words(FIELD, form=Hours()) == "Start"


def test_the_navigation_marks_where_one_is():
    entry = "{{ entry.label }}{% if entry.current %}*{% endif %} "
    source = "{% navigation role path as found %}{% for entry in found %}" + entry + "{% endfor %}"
    assert rendered(source, role="student", path="/weeks/now/") == "Home My week* My hours Logbook"
    found = rendered(source, role="coordinator", path="/employers/12/")
    assert found == "Students Finding places Placements Worries Employers* Cohort College"
    found = rendered(source, role="manager", path="/accounts/password/change/")
    assert found == "Weeks to approve My students Decided earlier Applicants Logbooks"
    assert rendered(source, role="", path="/") == ""
