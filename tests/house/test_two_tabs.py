"""Two tabs, or two colleagues, at one form: the second is told at the field what the first has changed.

Nothing is written over, nothing that was typed is lost, and saving again works.
"""

import pytest
from django import forms
from django.urls import reverse

from tests.conftest import signed_in
from tests.house.test_access import THINGS

# name: (thing, what the first changes, what the second changes, who)
EDITED = {
    "check_edit": ("check", {"note": "Seen on site"}, {"checked_by": "Hal Bright"}, "coordinator"),
    "check_kind_edit": ("check_kind", {"hint": "The policy"}, {"title": "Cover"}, "coordinator"),
    "conversation_edit": ("conversation", {"about": "They move in May"}, {"with_whom": "Priya Shah"}, "tutor"),
    "resource_edit": ("resource_link", {"title": "New name"}, {"words": "Worth a look."}, "coordinator"),
    "accident_edit": ("concern_accident", {"place": "Yard"}, {"injury": "Left hand"}, "tutor"),
    "library_goal_edit": ("library_goal", {"wording": "Plan a day"}, {"wording": "Plan a week"}, "tutor"),
    "person_edit": ("tutor", {"phone": "01632 960222"}, {"first_name": "Grace"}, "coordinator"),
}


def shown(form) -> dict:
    """What a browser would send of the form as it is shown."""
    found = {}
    for bound in form:
        value, widget = bound.value(), bound.field.widget
        if value in (None, "") or value is False or isinstance(widget, forms.FileInput):
            continue
        value = "on" if isinstance(widget, forms.CheckboxInput) else widget.format_value(value)
        found[bound.html_name] = value[0] if isinstance(value, list) and len(value) == 1 else value
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("name", EDITED)
def test_the_second_of_two_tabs_is_told_what_the_first_has_changed(cast, name):
    thing, first, second, who = EDITED[name]
    client, path = signed_in(getattr(cast, who)), reverse(name, args=[THINGS[thing](cast)])
    response = client.get(path)
    data = shown(response.context["form"])
    assert f'name="seen" value="{data["seen"]}"' in response.content.decode()
    assert client.post(path, data | first).status_code == 302
    response = client.post(path, data | second)
    [(field, words)] = first.items()
    told = f"Somebody changed this to “{words}” meanwhile. Put in what is right, and save again."
    assert dict(response.context["form"].errors) == {field: [told]}
    again = shown(response.context["form"])
    assert again == data | second | {"seen": again["seen"]}
    assert client.post(path, again | first).status_code == 302
    assert shown(client.get(path).context["form"]) | {"seen": ""} == data | second | first | {"seen": ""}
