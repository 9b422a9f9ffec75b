"""The tree of addresses: the same pages as the list, found in fewer looks."""

import pytest
from django.urls import Resolver404, URLResolver, include, path, resolve
from django.urls.resolvers import RegexPattern, RoutePattern

from portal.addresses import tree


def page(request): ...


ROOM = [
    path("people/", page, name="people"),
    path("people/<int:pk>/", page, name="person"),
    path("people/<int:pk>/edit/", page, {"careful": True}, name="person_edit"),
    path("people/<slug:word>/", page, name="person_by_word"),
    path("people/add/", page, name="person_add"),
    path("people/<int:pk>/week.pdf", page, name="person_pdf"),
]
TREE = URLResolver(
    RegexPattern(r"^/"),
    tree(
        [
            path("", page, name="home"),
            path("", include(ROOM)),
            path("me/", include([path("", page, name="me"), path("<int:week>/", page, name="week")])),
        ]
    ),
)


def test_an_address_leads_where_the_list_led():
    places = {
        "/": ("home", {}),
        "/me/": ("me", {}),
        "/me/7/": ("week", {"week": 7}),
        "/people/": ("people", {}),
        "/people/7/": ("person", {"pk": 7}),
        "/people/7/edit/": ("person_edit", {"pk": 7, "careful": True}),
        "/people/7/week.pdf": ("person_pdf", {"pk": 7}),
        "/people/ben/": ("person_by_word", {"word": "ben"}),
        "/people/add/": ("person_by_word", {"word": "add"}),  # as in the list: the one that comes first
    }
    found = {address: TREE.resolve(address) for address in places}
    assert {address: (match.url_name, match.kwargs) for address, match in found.items()} == places


def test_names_lead_to_the_same_addresses():
    assert [TREE.reverse("home"), TREE.reverse("people"), TREE.reverse("person_add")] == ["", "people/", "people/add/"]
    assert TREE.reverse("person_edit", pk=7) == "people/7/edit/"
    assert TREE.reverse("person_pdf", pk=7) == "people/7/week.pdf"


def test_what_no_pattern_means_is_not_found():
    for address in ("/people", "/people/7", "/people/7/eat/", "/people/7/edit/more/", "/you/", "//"):
        with pytest.raises(Resolver404):
            TREE.resolve(address)


def test_a_route_is_told_in_one_piece():
    assert TREE.resolve("/people/7/edit/").route == "people/<int:pk>/edit/"


@pytest.mark.parametrize(
    ("address", "name"),
    [("/portfolio/", "portfolio"), ("/placements/7/", "placement_detail"), ("/nowhere/at/all/", "not found")],
)
def test_no_address_of_the_portal_takes_hundreds_of_looks(address, name, monkeypatch):
    looks, match = [], RoutePattern.match
    monkeypatch.setattr(RoutePattern, "match", lambda pattern, rest: looks.append(rest) or match(pattern, rest))
    try:
        found = resolve(address).url_name
    except Resolver404:
        found = "not found"
    assert found == name
    assert len(looks) <= 100
