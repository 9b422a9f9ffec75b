"""The import of employers, with their sites and line managers."""

from collections import defaultdict

from employers.models import Employer, LineManager, Site, Size
from portal.identifiers import UNKNOWN_ERN
from portal.imports import cells
from portal.imports.cells import like
from portal.imports.columns import Column
from portal.imports.importer import Importer
from portal.people.models import Membership, Role, User


def called(name: str) -> str:
    """A name as it is compared: without regard to capitals and spaces."""
    return " ".join(name.casefold().split())


def employers_called(importer, names) -> dict[str, Employer]:
    """The provider's employers with one of these names, by name as it is compared."""
    wanted = {called(name) for name in names}
    stored = Employer.objects.filter(provider=importer.provider)
    ids = [pk for pk, name in stored.values_list("pk", "name") if called(name) in wanted]
    return {called(employer.name): employer for employer in importer.fetch(stored, "pk", ids)}


LARGE_TOO = dict.fromkeys(("250 or more people", "250 or more", "250+"), Size.LARGE)  # as lists elsewhere say it


def as_size(cell: str) -> str:
    """A size by its label, or the one that fits a number of people."""
    if cell.isdecimal():
        people = int(cell)
        return Size.MICRO if people < 10 else Size.SMALL if people < 50 else Size.MEDIUM if people < 250 else Size.LARGE
    return cells.one_of(Size, **LARGE_TOO)(cell)


class EmployerImport(Importer):
    kind = "employers"
    order = 1
    title = "Employers"
    lead = (
        "One row for each employer. Further sites or line managers of an employer are further rows with the same "
        "employer name. Employers are recognised by their name, sites by their name within the employer, line managers "
        "by their e-mail address."
    )
    after = "Students can follow, and then their placements with these employers."
    invites = (
        "Line managers need no password: a link comes with every mail about hours. Invite them only if they want to "
        "sign in by themselves."
    )
    writes = [User, Membership, Employer, Site, LineManager]
    silent = [User, Membership]
    named_by = ["name", "site_name", "manager_email"]
    between = " · "

    name = Column(
        "Employer name",
        "What the organisation is called. Capitals make no difference when it is looked up.",
        "Hartley Building Services Ltd",
        like(Employer, "name"),
        required=True,
        also=("employer", "organisation", "organisation name", "company", "company name"),
    )
    ern = Column(
        "ERN",
        "The employer reference number: 9 digits. Leave it empty where it is not known.",
        "123456789",
        cells.ern,
        also=("employer reference number", "employer number", "employer number (ERN)", "edrs", "edrs number"),
    )
    sector = Column("Sector", "What the employer does.", "Construction", like(Employer, "sector"), also=("industry",))
    size = Column(
        "Size",
        f"A number of people, or one of: {'; '.join(Size.labels)}.",
        "10 to 49 people",
        as_size,
        also=("number of employees", "employees", "number of people"),
    )
    address = Column(
        "Address",
        "Street and number of the head office.",
        "12 Mill Lane",
        like(Employer, "address"),
        also=("street", "address 1", "address line 1"),
    )
    town = Column("Town", "Town or city.", "Leeds", like(Employer, "town"), also=("city", "town or city"))
    postcode = Column("Postcode", "Postcode.", "LS1 4AB", cells.postcode, also=("post code",))
    phone = Column(
        "Phone",
        "Phone number of the head office.",
        "01632 960 100",
        cells.phone,
        also=("phone number", "telephone", "tel"),
    )
    site_name = Column(
        "Site name", "A place where students work.", "Kirkstall depot", like(Site, "name"), also=("site",)
    )
    site_address = Column("Site address", "Street and number of the site.", "3 Canal Road", like(Site, "address"))
    site_town = Column("Site town", "Town or city of the site.", "Leeds", like(Site, "town"))
    site_postcode = Column("Site postcode", "Postcode of the site.", "LS4 2AA", cells.postcode)
    manager_first_name = Column(
        "Manager first name",
        "First name of a person who looks after students there.",
        "Priya",
        like(User, "first_name"),
        also=("line manager first name",),
    )
    manager_last_name = Column(
        "Manager last name",
        "Their last name.",
        "Shah",
        like(User, "last_name"),
        also=("line manager last name", "manager surname"),
    )
    manager_email = Column(
        "Manager e-mail",
        "Their e-mail address. Hours to approve are sent there.",
        "priya.shah@hartley.example",
        cells.email,
        also=("line manager e-mail", "manager e-mail address", "line manager e-mail address"),
    )
    manager_phone = Column(
        "Manager phone",
        "Their phone number.",
        "01632 960 101",
        cells.phone,
        also=("line manager phone", "manager phone number"),
    )
    manager_job_title = Column(
        "Manager job title", "Their job.", "Site manager", like(LineManager, "job_title"), also=("job title",)
    )

    def look_up(self, rows):
        self.employers = employers_called(self, {row["name"] for row in rows if row.has("name")})
        ids = [employer.pk for employer in self.employers.values()]
        self.sites = {(site.employer_id, called(site.name)): site for site in self.fetch(Site.objects, "employer", ids)}
        managers = self.fetch(LineManager.objects.select_related("user"), "employer", ids)
        self.managers = {(manager.employer_id, manager.user.email.lower()): manager for manager in managers}
        self.people.look_up(row["manager_email"] for row in rows)
        self.numbered = defaultdict(dict)  # by ERN: the employers that have it, stored or in the file, by name
        stored = Employer.objects.filter(provider=self.provider)
        for employer in self.fetch(stored, "ern", {row["ern"] for row in rows} - {UNKNOWN_ERN}):
            self.numbered[employer.ern][called(employer.name)] = employer.name

    def resolve(self, row):
        if "site_name" not in row.filled and row.filled & {"site_address", "site_town", "site_postcode"}:
            row.wrong("site_name", "A site with an address needs a name, too.")
        if "manager_email" in row.filled:
            for part in sorted({"manager_first_name", "manager_last_name"} - row.filled):
                row.wrong(part, "This is missing. A line manager has a first and a last name.")
        elif any(part.startswith("manager_") for part in row.filled):
            row.wrong("manager_email", "This is missing. A line manager is recognised by their e-mail address.")
        if row.has("name"):
            key = (called(row["name"]), called(row["site_name"] or ""), row["manager_email"])
            self.only_once(row, "name", key, "employer, site and line manager")

    def stage(self, row):
        key = called(row["name"])
        stored = self.employers.get(key)
        employer = self.drafts.stage(row, Employer, key, stored, provider=self.provider, name=row["name"])
        employer.fill(row, "ern", "sector", "size", "address", "town", "postcode", "phone")
        if employer.said.get("ern") is row and (employer.is_new or "ern" in employer.changed_fields()):
            self.note_shared_number(row, key)
        pk = employer.thing.pk
        if row.has("site_name"):
            site = called(row["site_name"])
            stored = self.sites.get((pk, site))
            draft = self.drafts.stage(row, Site, (key, site), stored, employer=employer.thing, name=row["site_name"])
            draft.fill(row, address="site_address", town="site_town", postcode="site_postcode")
        if row.has("manager_email"):
            address = row["manager_email"]
            person = self.people.stage(
                row,
                Role.MANAGER,
                "manager_email",
                first_name="manager_first_name",
                last_name="manager_last_name",
                phone="manager_phone",
            )
            stored = self.managers.get((pk, address))
            draft = self.drafts.stage(
                row, LineManager, (key, address), stored, employer=employer.thing, user=person.thing
            )
            draft.fill(row, job_title="manager_job_title")
            person.about = draft.thing

    def note_shared_number(self, row, key):
        """An ERN that another employer has, too: both may be the same one."""
        if row["ern"] == UNKNOWN_ERN:
            return
        having = self.numbered[row["ern"]]
        if others := " and ".join(name for other, name in having.items() if other != key):
            row.notes.append(f"This is the ERN of {others} as well. Is it the same employer under another name?")
        having[key] = row["name"]
