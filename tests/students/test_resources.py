"""Useful links: shipped, read by topic, kept by the placement office, and looked at whether they open."""

import ssl
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.core.management import call_command
from django.template import Context, Template
from django.utils import timezone

from portal.history.models import Event
from portal.needs import needs_of_staff
from students.resources import checking, looking
from students.resources.forms import LinkForm
from students.resources.models import Link, Topic
from tests.conftest import signed_in
from tests.factories import ProviderFactory
from tests.pages import told

pytestmark = pytest.mark.django_db
GOOD = {"topic": "cv", "title": "Our CV clinic", "url": "https://northfield.example/cv", "words": "Every Tuesday.",
        "is_shown": "on", "is_checked": "on"}  # fmt: skip


def links(cast):
    return Link.objects.filter(provider=cast.provider)


def titles(cast, topic) -> list[str]:
    return list(links(cast).kept().filter(topic=topic).values_list("title", flat=True))


def test_every_provider_begins_with_links_on_all_seven_topics():
    provider = ProviderFactory()
    shipped = Link.objects.filter(provider=provider)
    assert {link.topic for link in shipped} == set(Topic.values)
    assert len(Topic) == 7
    wanted = [
        "National Careers Service", "Barclays LifeSkills", "Accenture Skills to Succeed Academy", "Skills Builder",
        "Youth Employment UK", "The King’s Trust", "BBC Bitesize Careers", "Bright Knowledge", "Success at School",
        "BT Skills for Tomorrow", "Association of Colleges", "Get My First Job", "Smart Works", "Suited & Booted",
        "LinkedIn",
    ]  # fmt: skip
    assert set(wanted) <= {link.title for link in shipped}
    assert all(link.url.startswith("https://") for link in shipped)


def test_the_page_takes_three_queries_however_many_links(cast, django_assert_num_queries):
    client = signed_in(cast.student)
    for some in ([1], [2, 3]):
        rows = (Link(provider=cast.provider, topic="cv", title=f"L{n}", url=f"https://a.example/{n}") for n in some)
        Link.objects.bulk_create(rows)
        with django_assert_num_queries(3):
            page = client.get("/resources/").content.decode()
        assert page.count("https://a.example/") == some[-1]


def test_students_see_neither_hidden_nor_removed_nor_other_colleges_links(cast):
    links(cast).filter(slug="linkedin").update(is_shown=False)
    links(cast).filter(slug="aoc").update(removed_at="2026-03-01T10:00Z")
    Link.objects.create(provider=cast.other_provider, topic="cv", title="Elsewhere", url="https://b.example/")
    page = signed_in(cast.student).get("/resources/").content.decode()
    assert "Smart Works" in page
    for title in ("LinkedIn", "Association of Colleges", "Elsewhere"):
        assert title not in page


def test_empty_lists_say_what_to_do(cast):
    links(cast).delete()
    assert "Ask your tutor where to look meanwhile." in signed_in(cast.student).get("/resources/").content.decode()
    office = signed_in(cast.coordinator)
    assert "Put pages here that help your students" in office.get("/resources/").content.decode()
    assert "Put pages here that help your students" in office.get("/resources/keep/").content.decode()


def test_the_office_adds_changes_and_finds_it_in_the_history(cast):
    office = signed_in(cast.coordinator)
    assert office.post("/resources/add/", GOOD).url == "/resources/keep/"
    link = links(cast).get(title="Our CV clinic")
    assert titles(cast, "cv")[-1] == "Our CV clinic"
    office.post(f"/resources/{link.pk}/edit/", GOOD | {"title": "CV clinic", "topic": "interviews"})
    link.refresh_from_db()
    assert (link.title, link.topic) == ("CV clinic", "interviews")
    assert titles(cast, "interviews")[-1] == "CV clinic"
    assert [event.says for event in Event.objects.about(link)] == [
        "changed topic from CV and cover letter to Interviews; title from Our CV clinic to CV clinic",
        "added it",
    ]


def test_bad_addresses_are_refused_and_nothing_typed_is_lost(cast):
    office = signed_in(cast.coordinator)
    response = office.post("/resources/add/", GOOD | {"url": "javascript:alert(1)"})
    assert response.status_code == 422
    assert "This is not a web address." in response.content.decode()
    assert "Every Tuesday." in response.content.decode()
    for url, says in [
        ("", "Give the address of the page."),
        ("ftp://files.example/x", "This is not a web address."),
        ("not an address", "This is not a web address."),
        ("https://a.example/\0", "Null characters are not allowed."),
        ("https://a.example/" + "x" * 300, "at most 300 characters"),
    ]:
        errors = LinkForm(GOOD | {"url": url}, instance=Link(provider=cast.provider)).errors
        assert says in errors["url"][0]
    assert not links(cast).filter(title="Our CV clinic").exists()


def test_the_same_address_stands_in_a_topic_once(cast):
    Link.objects.create(provider=cast.provider, topic="cv", title="Our CV clinic", url=GOOD["url"])
    again, elsewhere = (
        LinkForm(facts, instance=Link(provider=cast.provider)) for facts in (GOOD, GOOD | {"topic": "etiquette"})
    )
    assert again.errors == {"url": ["This address stands in the topic already."]}
    assert elsewhere.is_valid()


def test_links_change_places_within_their_topic(cast):
    office, first = signed_in(cast.coordinator), titles(cast, "clothes")
    assert first == ["Smart Works", "Suited & Booted"]
    link = links(cast).get(slug="suited-and-booted")
    office.post(f"/resources/{link.pk}/move/up/")
    assert titles(cast, "clothes") == ["Suited & Booted", "Smart Works"]
    office.post(f"/resources/{link.pk}/move/up/")  # it is the first already
    assert titles(cast, "clothes") == ["Suited & Booted", "Smart Works"]
    office.post(f"/resources/{link.pk}/move/down/")
    assert titles(cast, "clothes") == first
    assert office.post(f"/resources/{link.pk}/move/sideways/").status_code == 404


def test_hiding_and_showing_again(cast):
    office, link = signed_in(cast.coordinator), links(cast).get(slug="linkedin")
    for _ in range(2):
        office.post(f"/resources/{link.pk}/hide/", {"do": "hide"})
    assert not links(cast).get(slug="linkedin").is_shown
    office.post(f"/resources/{link.pk}/hide/", {"do": "show"})
    assert links(cast).get(slug="linkedin").is_shown
    assert [event.says for event in Event.objects.about(link)] == ["shows it again", "hid it"]


def test_removing_is_undone(cast):
    office, link = signed_in(cast.coordinator), links(cast).get(slug="linkedin")
    office.post(f"/resources/{link.pk}/remove/")
    assert "Removed lately" in office.get("/resources/keep/").content.decode()
    assert office.get(f"/resources/{link.pk}/edit/").status_code == 404
    office.post(f"/resources/{link.pk}/restore/")
    assert titles(cast, "networking") == ["LinkedIn"]
    assert [event.says for event in Event.objects.about(link)] == ["put it back", "removed it"]


def test_a_removed_link_does_not_come_back_beside_its_twin(cast):
    link = links(cast).get(slug="linkedin")
    links(cast).filter(pk=link.pk).update(removed_at="2026-03-01T10:00Z")
    Link.objects.create(provider=cast.provider, topic="networking", title="Our CV clinic", url=link.url)
    response = signed_in(cast.coordinator).post(f"/resources/{link.pk}/restore/")
    assert "stands in that topic again already" in told(response)
    assert titles(cast, "networking") == ["Our CV clinic"]


def test_links_that_fit_cost_one_query_and_nothing_where_there_are_none(cast, django_assert_num_queries):
    tag = Template("{% load resources %}{% fitting_links 'cv,interviews' provider %}")
    with django_assert_num_queries(1):
        shown = tag.render(Context({"provider": cast.provider.pk}))
    assert "National Careers Service: your CV" in shown
    assert "Bright Knowledge" in shown
    assert "Smart Works" not in shown
    assert (
        Template("{% load resources %}{% fitting_links 'skills' provider %}")
        .render(Context({"provider": cast.provider.pk}))
        .count("<li>")
        == 4
    )
    links(cast).update(is_shown=False)
    assert tag.render(Context({"provider": cast.provider.pk})).strip() == ""


def test_links_stand_where_they_fit(cast):
    client = signed_in(cast.student)
    for path, shown in {
        "/applications/": "Get My First Job",
        "/contacts/": "LinkedIn",
        "/actions/": "Skills Builder",
        "/behaviours/": "How to come across well with colleagues.",
        f"/placements/{cast.placement.pk}/arrangements/": "Smart Works",
    }.items():
        page = client.get(path).content.decode()
        assert "Links that help" in page
        assert shown in page


# --- Do they open? --------------------------------------------------------------------------------------------------


def looks(**found):
    """A look that finds trouble at some sites, by the name before the dot."""
    return lambda url: next((trouble for name, trouble in found.items() if name in url), "")


@pytest.mark.database
def test_what_does_not_open_is_flagged_with_its_date_and_cleared_when_it_opens_again(cast, time_machine):
    time_machine.move_to("2026-03-02 09:00", tick=False)
    found = checking.check_links(look=looks(linkedin="The page is not there any more (404)"))
    assert found["https://www.linkedin.com/"] == "The page is not there any more (404)"
    assert found["https://smartworks.org.uk/"] == ""
    page = signed_in(cast.coordinator).get("/resources/keep/").content.decode()
    assert "These do not open" in page
    assert "The page is not there any more (404), looked at on 2 March 2026" in page
    time_machine.move_to("2026-03-09 09:00", tick=False)
    checking.check_links(look=looks(linkedin="It did not answer"))
    link = links(cast).get(slug="linkedin")
    assert link.trouble_since.day == 2
    checking.check_links(look=looks())
    link.refresh_from_db()
    assert (link.trouble, link.trouble_since, link.sentence()) == ("", None, "Opened on 9 March 2026")


@pytest.mark.database
def test_the_placement_office_is_told_on_its_dashboard(cast):
    def needs(who):
        found = needs_of_staff(who.desks[0], timezone.now())
        return [(need.says, need.thing) for need in found if need.kind.name == "resource_link"]

    checking.check_links(look=looks(linkedin="It did not answer"))
    link = links(cast).get(slug="linkedin")
    assert needs(cast.coordinator) == [("This useful link does not open. It did not answer.", link.pk)]
    assert needs(cast.tutor) == []
    page = signed_in(cast.coordinator).get("/students/").content.decode()
    assert f"/resources/{link.pk}/edit/" in page
    links(cast).update(is_shown=False)
    assert needs(cast.coordinator) == []


def test_each_address_is_looked_at_once_for_all_providers(cast):
    seen = []
    checking.check_links(look=lambda url: seen.append(url) or "")
    assert len(seen) == len(set(seen)) == Link.objects.values("url").distinct().count()
    assert not Link.objects.filter(checked_at=None).exists()


def test_another_address_or_leaving_it_alone_forgets_the_trouble(cast):
    office, link = signed_in(cast.coordinator), links(cast).get(slug="linkedin")
    checking.check_links(look=looks(linkedin="It did not answer"))
    data = {"topic": "networking", "title": "LinkedIn", "url": link.url, "is_shown": "on"}
    office.post(f"/resources/{link.pk}/edit/", data)
    link.refresh_from_db()
    assert (link.trouble, link.sentence()) == ("", "Not checked: you look after it")
    checking.check_links(look=looks(linkedin="It did not answer"))
    link.refresh_from_db()
    assert link.trouble == ""


def test_private_networks_are_never_opened(monkeypatch):
    monkeypatch.setattr(looking.socket, "create_connection", lambda *args, **kwargs: pytest.fail("it was opened"))
    for address in ("127.0.0.1", "10.0.0.8", "169.254.169.254", "::1", "fe80::1", "::ffff:10.0.0.1"):
        leads_to = [(0, 0, 0, "", (address, 443))]
        monkeypatch.setattr(looking.socket, "getaddrinfo", lambda *args, to=leads_to, **kwargs: to)
        assert looking.trouble_with("https://inside.example/") == "It leads into a private network"


def test_only_web_pages_are_looked_at():
    for url in ("file:///etc/passwd", "ftp://a.example/", "https://", "https://a.example:99999/"):
        assert looking.trouble_with(url) in ("It is no address of a web page", "It did not answer")


def answers(monkeypatch, pages):
    """Let the web be `pages`: (method, address) -> (status, where it sends on to)."""
    monkeypatch.setattr(looking, "asked", lambda method, url: pages.get((method, url)) or pages[method])


def test_a_get_follows_where_head_is_not_liked(monkeypatch):
    for head, get, says in [
        (200, None, ""),
        (405, 200, ""),
        (403, 403, ""),
        (404, 404, "The page is not there any more (404)"),
        (503, 503, "The site reports an error (503)"),
    ]:
        answers(monkeypatch, {"HEAD": (head, ""), "GET": (get, "")})
        assert looking.trouble_with("https://a.example/") == says


def test_redirects_are_followed_but_not_for_ever(monkeypatch):
    answers(monkeypatch, {("HEAD", "https://a.example/"): (301, "/new"), "HEAD": (200, "")})
    assert looking.trouble_with("https://a.example/") == ""
    answers(monkeypatch, {"HEAD": (302, "/again")})
    assert looking.trouble_with("https://a.example/") == "It sends visitors on and on"


def test_a_redirect_into_a_private_network_is_not_followed(monkeypatch):
    real = looking.asked
    first = lambda method, url: (302, "http://127.0.0.1/admin") if "a.example" in url else real(method, url)  # noqa: E731
    monkeypatch.setattr(looking, "asked", first)
    assert looking.trouble_with("https://a.example/") == "It leads into a private network"


class Site(BaseHTTPRequestHandler):
    """A site with one page, one that has moved, one that likes no HEAD, and nothing else."""

    asked = []

    def do_GET(self):
        self.asked.append((self.command, self.path, self.headers["Host"], self.headers["User-Agent"]))
        no_head = self.path == "/no-head" and self.command == "HEAD"
        status = {"/": 200, "/moved": 301, "/no-head": 405 if no_head else 200}.get(self.path, 404)
        self.send_response(status)
        if status == 301:
            self.send_header("Location", "/")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    def log_message(self, *args):
        pass


@pytest.fixture
def site(monkeypatch):
    """A site on this machine that answers to any name, as if it were public."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    monkeypatch.setattr(looking, "public_address", lambda host, port: "127.0.0.1")
    Site.asked.clear()
    yield server
    server.shutdown()
    server.server_close()


def test_pages_are_really_asked_for_politely(site):
    base = f"http://good.example:{site.server_port}"
    assert [looking.trouble_with(f"{base}{path}") for path in ("", "/moved", "/no-head", "/gone")] == [
        "",
        "",
        "",
        "The page is not there any more (404)",
    ]
    assert [(method, path) for method, path, _, _ in Site.asked] == [
        ("HEAD", "/"),
        ("HEAD", "/moved"),
        ("HEAD", "/"),
        ("HEAD", "/no-head"),
        ("GET", "/no-head"),
        ("HEAD", "/gone"),
        ("GET", "/gone"),
    ]
    assert {host for _, _, host, _ in Site.asked} == {f"good.example:{site.server_port}"}
    assert all(agent.startswith("PlacementPortal link check (") for _, _, _, agent in Site.asked)


def test_a_certificate_that_nobody_vouches_for_is_trouble(site, tmp_path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own_certificate(tmp_path / "own.pem"))
    site.socket = context.wrap_socket(site.socket, server_side=True)
    assert looking.trouble_with(f"https://good.example:{site.server_port}/") == "Its certificate is not in order"


def own_certificate(path):
    """A key and a certificate that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "good.example")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(datetime(2020, 1, 1)).not_valid_after(datetime(2099, 1, 1))
    parts = [
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM),
    ]
    path.write_bytes(b"".join(parts))
    return path


def test_nobody_there_is_no_answer(site):
    port = site.server_port
    site.shutdown()
    site.server_close()
    assert looking.trouble_with(f"http://good.example:{port}/") == "It did not answer"


def test_the_command_says_what_it_found(cast, monkeypatch, capsys):
    monkeypatch.setattr(checking.check_links, "__defaults__", (looks(linkedin="It did not answer"),))
    call_command("check_resources")
    said = capsys.readouterr().out
    assert "https://www.linkedin.com/: It did not answer" in said
    assert "1 do not open." in said
