"""The first-day card: what stands on it, who fills it in, also by link and two at once."""

from datetime import date

from placements.arrangements.keeping import ask_about_first_day
from placements.arrangements.models import FirstDay, Preparation, first_day_at_work
from placements.models import Placement
from portal.asks.models import Ask
from portal.history.models import Event
from portal.notices.models import Notice
from tests.conftest import signed_in
from tests.factories import PlacementFactory
from tests.house.test_two_tabs import shown
from tests.pages import said
from tests.placements.test_arrangements import url


def test_the_card_says_when_where_whom_and_whom_to_ring_and_to_the_student_alone_the_journey(cast):
    type(cast.manager).objects.filter(pk=cast.manager.pk).update(phone="01632 960999")
    Preparation.objects.create(placement=cast.placement, how="Bus 14, then on foot")
    page = signed_in(cast.student).get(url(cast, "first-day/")).content.decode()
    for words in (
        "Monday 2 March 2026",
        "09:00 to 17:00",
        "Manager Reed",
        "01632 960999",
        "01632 960111",
        "Grace Bell",
        "Bus 14",
    ):
        assert words in page
    assert "Bus 14" not in signed_in(cast.manager).get(url(cast, "first-day/")).content.decode()
    assert "Bus 14" not in signed_in(cast.tutor).get(url(cast, "first-day/")).content.decode()


def test_the_first_day_leaves_out_days_off_and_bank_holidays(cast):
    placement = Placement.objects.get(pk=cast.placement.pk)
    placement.first_on = date(2026, 4, 3)  # Good Friday
    assert first_day_at_work(placement)[0] == date(2026, 4, 7)
    placement.pattern_days.all().delete()
    assert first_day_at_work(Placement.objects.get(pk=placement.pk)) == (date(2026, 3, 2), None)


def card(**more) -> dict:
    return {"ask_for": "Amira, third floor", "go_to": "Side door", "wear_and_bring": "Flat shoes"} | more


def test_staff_and_manager_fill_the_card_in_and_its_history_tells_of_changes(cast):
    for who, door in ((cast.tutor, "Side door"), (cast.coordinator, "Front door"), (cast.manager, "Red door")):
        data = card(go_to=door)
        assert said(signed_in(who).post(url(cast, "first-day/edit/"), data)) == ["The first-day card has been saved."]
        assert FirstDay.objects.get().go_to == door
    page = signed_in(cast.student).get(url(cast, "first-day/")).content.decode()
    assert "Amira, third floor" in page
    assert "Red door" in page
    assert [event.says for event in Event.objects.filter(about="arrangements.firstday")] == [
        "changed where to go on arrival from Front door to Red door",
        "changed where to go on arrival from Side door to Front door",
        "filled it in",
    ]


def test_the_second_of_two_is_told_at_the_field_keeps_the_words_and_saves_again(cast):
    client, path = signed_in(cast.tutor), url(cast, "first-day/edit/")
    stale = shown(client.get(path).context["form"])
    FirstDay.objects.create(placement=cast.placement, go_to="Front door")
    response = client.post(path, stale | {"go_to": "Back door", "phone": "01632 960777"})
    assert response.status_code == 422
    told = "Somebody changed this to “Front door” meanwhile. Put in what is right, and save again."
    assert dict(response.context["form"].errors) == {"go_to": [told]}
    again = shown(response.context["form"])
    assert (again["go_to"], again["phone"]) == ("Back door", "01632 960777")
    assert FirstDay.objects.get().go_to == "Front door"
    assert client.post(path, again).status_code == 302
    assert (FirstDay.objects.get().go_to, FirstDay.objects.get().phone) == ("Back door", "01632 960777")


def test_staff_and_the_manager_by_link_fill_in_different_fields_at_once(cast, client):
    path = asked(cast)
    stale = shown(client.get(path).context["form"])
    FirstDay.objects.update(go_to="Side door")
    response = client.post(path, stale | {"phone": "01632 960777"})
    assert response.status_code == 422
    assert "Somebody changed this to “Side door” meanwhile." in response.content.decode()
    assert FirstDay.objects.get().phone == ""
    assert client.post(path, shown(response.context["form"]) | {"go_to": "Side door"}).status_code == 302
    assert (FirstDay.objects.get().go_to, FirstDay.objects.get().phone) == ("Side door", "01632 960777")


def test_nonsense_on_the_card_is_refused(cast):
    assert signed_in(cast.tutor).post(url(cast, "first-day/edit/"), card(ask_for="a\x00b")).status_code == 422


def test_the_student_does_not_write_the_card(cast):
    assert signed_in(cast.student).post(url(cast, "first-day/edit/"), card()).status_code == 403


def test_the_card_as_a_pdf(cast, monkeypatch):
    monkeypatch.setattr("portal.pdf.pdf", lambda *args, **more: b"%PDF")
    response = signed_in(cast.student).get(url(cast, "first-day.pdf"))
    assert "First day at Employer.pdf" in response["Content-Disposition"]


def test_the_card_takes_few_queries(cast, django_assert_num_queries):
    FirstDay.objects.create(placement=cast.placement, go_to="Side door")
    for who, queries in ((cast.student, 6), (cast.manager, 5)):
        client = signed_in(who)
        with django_assert_num_queries(queries):
            client.get(url(cast, "first-day/"))


# --- The words of last time ---


def last_year(cast, **more) -> FirstDay:
    facts = {"provider": cast.provider, "employer": cast.employer, "site": cast.placement.site} | more
    earlier = PlacementFactory(student__provider=facts["provider"], **facts)
    return FirstDay.objects.create(placement=earlier, ask_for="Amira, third floor", go_to="Side door")


def test_an_empty_card_begins_with_the_last_words_of_the_site_and_keeps_them_once_saved(cast):
    last_year(cast)
    client, path = signed_in(cast.tutor), url(cast, "first-day/edit/")
    page = client.get(path)
    assert "From last time, please check." in page.content.decode()
    assert page.context["form"]["go_to"].value() == "Side door"
    assert "Side door" not in client.get(url(cast, "first-day/")).content.decode()
    assert not FirstDay.objects.filter(placement=cast.placement).exists()
    client.post(path, shown(page.context["form"]))
    assert FirstDay.objects.get(placement=cast.placement).ask_for == "Amira, third floor"
    assert Event.objects.filter(about="arrangements.firstday", says="filled it in").count() == 1
    assert "From last time" not in client.get(path).content.decode()


def test_the_line_manager_reads_them_by_link_and_may_change_or_empty_them(cast, client):
    last_year(cast)
    path = asked(cast)
    page = client.get(path)
    assert "From last time, please check." in page.content.decode()
    client.post(path, shown(page.context["form"]) | {"go_to": "Front door", "ask_for": ""})
    card = FirstDay.objects.get(placement=cast.placement)
    assert (card.ask_for, card.go_to) == ("", "Front door")


def test_words_of_another_employer_or_college_are_not_taken_over(cast):
    last_year(cast, employer=cast.employer2, site=None)
    last_year(cast, provider=cast.other_provider)
    page = signed_in(cast.tutor).get(url(cast, "first-day/edit/")).content.decode()
    assert "From last time" not in page
    assert "Side door" not in page


# --- The manager fills it in by link ---


def asked(cast) -> str:
    ask_about_first_day(cast.placement, by=cast.tutor)
    return Ask.objects.get(kind="first_day").path()


def test_staff_ask_the_manager_by_mail(cast):
    signed_in(cast.tutor).post(url(cast, "first-day/ask/"))
    path = Ask.objects.get(kind="first_day").path()
    notice = Notice.objects.get(kind="ask_first_day")
    assert (notice.to, notice.subject) == (cast.manager, "A first day: a few words from you")
    assert path in notice.text
    page = signed_in(cast.tutor).get(url(cast, "first-day/")).content.decode()
    assert "Sent to Manager Reed" in page
    [again] = said(signed_in(cast.tutor).post(url(cast, "first-day/ask/")))
    assert "a few minutes ago" in again


def test_without_a_manager_nobody_is_asked(cast):
    Placement.objects.filter(pk=cast.placement.pk).update(manager=None)
    [told] = said(signed_in(cast.tutor).post(url(cast, "first-day/ask/")))
    assert "No line manager is named yet." in told


def test_manager_fills_the_card_in_by_link_and_changes_it_later(cast, client):
    path = asked(cast)
    assert client.get(path + "at/elsewhere/").status_code == 404
    assert "What you leave empty is not shown." in client.get(path).content.decode()
    refused = client.post(path, card(ask_for="x" * 151))
    assert (refused.status_code, "x" * 151 in refused.content.decode()) == (422, True)
    response = client.post(path, card(), follow=True)
    assert "It stands on the card of Student now." in response.content.decode()
    assert Ask.objects.get().is_answered
    client.post(path, card(go_to="Front door"))
    assert FirstDay.objects.get().go_to == "Front door"
    assert Event.objects.filter(by=cast.manager, about="arrangements.firstday").count() == 2


def test_the_link_of_a_manager_who_is_replaced_opens_nothing(cast, client):
    path = asked(cast)
    cast.placement.manager = cast.manager2
    cast.placement.save()
    assert client.get(path).status_code == 410


def test_filling_it_in_signed_in_answers_the_ask(cast):
    asked(cast)
    signed_in(cast.manager).post(url(cast, "first-day/edit/"), card())
    assert Ask.objects.get().is_answered
