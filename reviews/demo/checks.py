"""The checks of the demo's employers: most in order, some about to lapse, one lapsed, one asked for, one come in."""

from datetime import date, time, timedelta

from employers.checks import asking
from employers.checks.keeping import record_check
from employers.checks.models import CheckKind
from employers.checks.standing import standings_of
from portal.uploads import Accepted

LAPSE_IN = {  # (firm, kind): days from today; Larkfield's risk assessment is what a planned placement waits for
    ("harbour", "insurance"): 52,
    ("thornbury", "site-safety"): 41,
    ("ketteridge", "insurance"): 24,
    ("council", "insurance"): 5,
    ("tidewater", "insurance"): -9,
    ("larkfield", "role-risk"): -3,
    ("beech", "insurance"): 26,
}
NOT_THERE = {("oswin", "site-safety", "westbrook", 0)}  # firm, kind, college, number of the site
SEEN_BY = {"northfield": "Helen Marsh", "westbrook": "Nia Rhys"}
NOTES = {
    "insurance": "Shire & County Mutual, policy {number}, £10 million.",
    "site-safety": "Walked round with {manager}. Fire exits, first aid and the accident book are all in good order.",
    "role-risk": "Covers everyday work under supervision. No work at height, no driving, no lone working.",
    "young-person": "Somebody experienced within sight on all machines; no lifting above 16 kg; never after 18:00.",
    "safeguarding": "{manager}, {phone}.",
    "supervision": "One person looks after at most two students, and no student is alone with children.",
}
HAVE_MORE = {"young-person": {"pennant", "ketteridge", "thornbury"}, "supervision": {"brightwell"}}
DAYS_BEFORE = 200  # so long before today, which is before every placement of the demo began


class Checked:
    """The checks at the employers of one provider."""

    def __init__(self, founding, calendar):
        self.founding, self.calendar = founding, calendar
        self.key = founding.college.key
        self.kinds = {kind.slug: kind for kind in CheckKind.objects.filter(provider=founding.provider)}

    def record(self):
        """All that was checked before the first placement."""
        for number, (firm, employer) in enumerate(self.founding.firms.items()):
            for slug, kind in self.kinds.items():
                if firm in HAVE_MORE.get(slug, {firm}):
                    self.record_at(firm, employer, kind, number)

    def record_at(self, firm: str, employer, kind, number: int):
        sites = employer.demo_sites if kind.is_per_site else [None]
        sites = [s for place, s in enumerate(sites) if (firm, kind.slug, self.key, place) not in NOT_THERE]
        on = self.calendar.today - timedelta(days=DAYS_BEFORE + number % 9)
        left = LAPSE_IN.get((firm, kind.slug), 365 - DAYS_BEFORE + 40 + 7 * number % 60)
        until = self.calendar.today + timedelta(days=left)
        manager = employer.demo_managers[0]
        note = NOTES[kind.slug].format(manager=manager.name, phone=employer.phone, number=f"EL {40210 + 37 * number}")
        by_name = SEEN_BY[self.key] if not kind.from_employer else manager.name
        facts = {"checked_on": on, "checked_by": by_name, "expires_on": until, "note": note}
        document = certificate(employer.name, until) if kind.slug == "insurance" else None
        record_check(employer, kind, sites, facts=facts, document=document, by=self.founding.coordinator)

    def tell(self, acts):
        """What has happened since: Tidewater is asked and has not answered, Harbour has sent its new certificate."""
        if self.key != "northfield":
            return
        when = self.calendar.moment
        asked_on = self.calendar.today - timedelta(days=2)
        acts.add(when(asked_on, time(11, 20), hours_ago=26), lambda: self.ask("tidewater"))
        acts.add(when(asked_on, time(11, 25), hours_ago=26), lambda: self.ask("harbour"))
        acts.add(when(asked_on + timedelta(days=1), time(8, 50), hours_ago=3), lambda: self.give("harbour"))

    def ask(self, firm: str):
        employer = self.founding.firms[firm]
        wanted = [
            standing
            for standing in standings_of(employer, list(employer.sites.all()))
            if standing.is_due and standing.kind.slug == "insurance"
        ]
        asking.ask_employer(
            employer, wanted, facts=firm == "tidewater", by=self.founding.coordinator, to=employer.demo_managers[0]
        )

    def give(self, firm: str):
        employer = self.founding.firms[firm]
        found, until = asking.open_asks(employer).get(), self.calendar.today + timedelta(days=417)
        request = employer.check_requests.get()
        note = "Renewed with the same insurer, policy EL 41877, £10 million."
        for item in request.items.wanted():
            document = certificate(employer.name, until)
            asking.give(item, name=found.name, document=document, expires_on=until, note=note)
        asking.finish(found, request)


def certificate(name: str, until: date) -> Accepted:
    """A one-page PDF that looks like a certificate of insurance."""
    ascii_name = name.encode("ascii", "replace").decode().replace("(", "[").replace(")", "]")
    lines = ["Certificate of employers' liability insurance", ascii_name, f"Holds until {until:%d/%m/%Y}", "Invented"]
    text = "BT /F1 16 Tf 60 760 Td 26 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    content, places = "%PDF-1.4\n", []
    for number, part in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    content += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
    content += f"trailer << /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{content.rindex('xref')}\n%%EOF\n"
    return Accepted("insurance-certificate.pdf", "application/pdf", content.encode())
