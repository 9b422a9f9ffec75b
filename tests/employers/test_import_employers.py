import pytest

from employers.imports import as_size
from employers.models import Employer, LineManager, Site
from portal.history.models import Event
from portal.identifiers import UNKNOWN_ERN
from portal.imports import tasks
from portal.people.models import Membership, Role, User
from tests.factories import EmployerFactory, LineManagerFactory, MembershipFactory, SiteFactory, UserFactory
from tests.portal.importing import applied, csv_file, looked_at, planned, preview, said

MANAGER = ["Manager first name", "Manager last name", "Manager e-mail"]


def compared(cast, file: bytes) -> list[tuple]:
    return [(row.number, row.state, said(row.details)) for row in planned(cast.provider, "employers", file)]


def says(cast, *rows) -> list[tuple]:
    return compared(cast, csv_file(*rows))


def test_an_employer_with_everything(cast):
    header = [
        "Employer name", "ERN", "Sector", "Size", "Address", "Town", "Postcode", "Phone", "Site name", "Site address",
        "Site town", "Site postcode", *MANAGER, "Manager phone", "Manager job title",
    ]  # fmt: skip
    row = [
        "Hartley Ltd", "123456789", "Construction", "12", "1 Mill Lane", "Leeds", "ls14ab", "01632 960100", "Depot",
        "3 Canal Road", "Bradford", "BD1 1AA", "Priya", "Shah", "Priya@Hartley.Example", "01632 960101", "Site manager",
    ]  # fmt: skip
    made = applied(cast, "employers", csv_file(header, row))

    employer = Employer.objects.get(name="Hartley Ltd")
    assert employer.provider == cast.provider
    assert (employer.ern, employer.sector, employer.size) == ("123456789", "Construction", "small")
    assert (employer.address, employer.town, employer.postcode) == ("1 Mill Lane", "Leeds", "LS1 4AB")
    site = employer.sites.get()
    assert (site.name, site.address, site.town, site.postcode) == ("Depot", "3 Canal Road", "Bradford", "BD1 1AA")
    manager = employer.line_managers.get()
    user = manager.user
    assert (user.name, user.email, user.phone) == ("Priya Shah", "priya@hartley.example", "01632 960101")
    assert manager.job_title == "Site manager"
    assert manager.user.has_usable_password() is False
    assert list(manager.user.memberships.values_list("provider", "role")) == [(cast.provider.pk, "manager")]
    assert made.new_people == [manager.user.pk]
    by = cast.coordinator.name
    assert [str(event) for event in Event.objects.about(employer, site, manager)] == [
        f"{by} added it with the file employers.csv"
    ] * 3
    desk = manager.user.memberships.get()
    assert [str(event) for event in Event.objects.about(desk)] == [
        f"{by} gave Priya Shah the role of line manager with the file employers.csv"
    ]


def test_sizes_are_read_as_other_lists_say_them():
    sizes = ["250 people or more", "250 OR MORE people", "250+", "250", "10 to 49 people", "9"]
    assert [as_size(size) for size in sizes] == ["large", "large", "large", "large", "small", "micro"]


def test_further_rows_add_sites_and_managers(cast):
    file = csv_file(
        ["Employer name", "Town", "Site name", *MANAGER],
        ["Hartley Ltd", "Leeds", "Depot", "Priya", "Shah", "priya@hartley.example"],
        ["HARTLEY  LTD", "", "Yard", "Tom", "Cole", "tom@hartley.example"],
        ["Hartley Ltd", "Leeds", "depot", "Tom", "Cole", "tom@hartley.example"],
        ["Harbour Robotics", "", "", "", "", ""],
    )
    made = applied(cast, "employers", file)
    assert preview(made) == [
        (2, "new", "+employer | +site | +line manager"),
        (3, "new", "+site | +line manager"),
        (4, "unchanged", ""),
        (5, "new", "+employer"),
    ]
    hartley = Employer.objects.get(name="Hartley Ltd")
    assert [site.name for site in hartley.sites.all()] == ["Depot", "Yard"]
    assert [manager.user.name for manager in hartley.line_managers.all()] == ["Tom Cole", "Priya Shah"]
    assert Employer.objects.get(name="Harbour Robotics").ern == UNKNOWN_ERN


def test_a_number_that_another_employer_has_is_noted(cast):
    Employer.objects.filter(pk__in=[cast.employer2.pk, cast.other_employer.pk]).update(ern="123456789")
    note = "This is the ERN of {} as well. Is it the same employer under another name?"
    header = ["Employer name", "ERN", "Site name"]
    rows = [
        ["Employer 2", "123456789", "Depot"],
        ["Employer 2", "123456789", "Yard"],
        ["Employer", "123456789", ""],
        ["Employer2", "123456789", ""],
        ["Harbour", "999999999", ""],
        ["Brook", "999999999", ""],
    ]
    assert says(cast, header, *rows) == [
        (2, "new", f"+employer | +site | {note.format('Employer2')}"),
        (3, "new", "+site"),
        (4, "changed", f"employer number (ERN): 999999999 -> 123456789 | {note.format('Employer2 and Employer 2')}"),
        (5, "unchanged", ""),
        (6, "new", "+employer"),
        (7, "new", "+employer"),
    ]


def test_the_same_file_again_changes_nothing(cast):
    file = csv_file(
        ["Employer name", "Size", "Postcode", "Site name", *MANAGER],
        ["Hartley Ltd", "12", "ls14ab", "Depot", "Priya", "Shah", "priya@hartley.example"],
    )
    applied(cast, "employers", file)
    again = looked_at(cast, "employers", file)
    assert preview(again) == [(2, "unchanged", "")]
    assert again.why_not_apply() == "There is nothing to apply: the portal knows all of it already."


@pytest.mark.database
def test_what_changes_is_shown_from_and_to(cast):
    employer = EmployerFactory(provider=cast.provider, name="Hartley Ltd", town="Leeds", sector="Construction")
    SiteFactory(employer=employer, name="Depot")
    manager = LineManagerFactory(
        employer=employer, user=UserFactory(email="priya@hartley.example", first_name="Prya", last_name="Shah")
    )
    file = csv_file(
        ["Employer name", "Town", "Sector", "Site name", "Site town", *MANAGER],
        ["hartley ltd", "York", "", "Depot", "Bradford", "Priya", "Shah", "priya@hartley.example"],
    )
    made = applied(cast, "employers", file)
    assert preview(made) == [
        (2, "changed", "town: Leeds -> York | town: empty -> Bradford | first name: Prya -> Priya"),
    ]
    employer.refresh_from_db()
    assert (employer.name, employer.town, employer.sector) == ("Hartley Ltd", "York", "Construction")
    assert Site.objects.get(employer=employer).town == "Bradford"
    assert LineManager.objects.get(pk=manager.pk).user.first_name == "Priya"
    by = cast.coordinator.name
    assert [str(event) for event in Event.objects.about(employer)] == [
        f"{by} changed town from Leeds to York with the file employers.csv"
    ]
    assert [str(event) for event in Event.objects.about(manager)] == [
        f"{by} changed first name from Prya to Priya with the file employers.csv"
    ]


def test_a_wrong_row_says_the_column_and_the_reason(cast):
    for header, cells, reason in [
        (["Site town"], ["Leeds"], "Site name: A site with an address needs a name, too."),
        (
            MANAGER,
            ["Priya", "", "priya@hartley.example"],
            "Manager last name: This is missing. A line manager has a first and a last name.",
        ),
        (
            MANAGER,
            ["Priya", "Shah", ""],
            "Manager e-mail: This is missing. A line manager is recognised by their e-mail address.",
        ),
    ]:
        assert says(cast, ["Employer name", *header], ["Hartley", *cells]) == [(2, "wrong", reason)]
    for column, cell in {"ERN": "123456788", "Size": "huge"}.items():
        [(_, state, said)] = says(cast, ["Employer name", column], ["Hartley", cell])
        assert (state, said.partition(":")[0]) == ("wrong", column)


def test_all_mistakes_of_a_row_are_told_at_once(cast):
    [(_, _, said)] = says(cast, ["Employer name", "Site town", *MANAGER], ["", "Leeds", "Priya", "", "priya"])
    assert said == (
        "Employer name: This is missing. | Manager e-mail: “priya” is not an e-mail address. | "
        "Site name: A site with an address needs a name, too. | "
        "Manager last name: This is missing. A line manager has a first and a last name."
    )


def test_two_rows_may_not_contradict_each_other(cast):
    rows = [["Employer name", "Town", "Site name"], ["Hartley", "Leeds", "Depot"], ["Hartley", "York", "Yard"]]
    assert says(cast, *rows)[1] == (3, "wrong", "Town: Row 2 says “Leeds” about the same employer.")


def test_the_same_row_twice_is_wrong(cast):
    rows = [["Employer name", "Site name"], ["Hartley", "Depot"], ["hartley", "DEPOT"]]
    reason = "Employer name: Row 2 is about the same employer, site and line manager. Keep one of the two."
    assert says(cast, *rows) == [(2, "new", "+employer | +site"), (3, "wrong", reason)]


def test_a_row_never_touches_another_provider(cast):
    theirs = EmployerFactory(provider=cast.other_provider, name="Hartley Ltd", town="Leeds")
    SiteFactory(employer=theirs, name="Depot", town="Leeds")
    header = ["Employer name", "Town", "Site name", "Site town"]
    made = applied(cast, "employers", csv_file(header, ["Hartley Ltd", "York", "Depot", "York"]))
    assert preview(made) == [(2, "new", "+employer | +site")]
    theirs.refresh_from_db()
    assert (theirs.town, theirs.sites.get().town) == ("Leeds", "Leeds")
    assert Employer.objects.get(provider=cast.provider, name="Hartley Ltd").town == "York"


def test_a_manager_known_elsewhere_gets_a_role_here_and_keeps_their_name(cast):
    known = cast.other_manager
    file = csv_file(["Employer name", *MANAGER], ["Hartley", "Somebody", "Else", known.email])
    made = looked_at(cast, "employers", file)
    assert [state for _, state, _ in preview(made)] == ["wrong"]
    shown = str(made.preview.get().details)
    assert known.first_name not in shown
    assert known.last_name not in shown

    file = csv_file(["Employer name", *MANAGER], ["Hartley", known.first_name, known.last_name, known.email])
    made = looked_at(cast, "employers", file)
    assert preview(made) == [(2, "new", "+employer | +line manager")]
    made.apply(by=cast.coordinator)
    tasks.apply.call(made.pk)
    made.refresh_from_db()
    user = User.objects.get(pk=known.pk)
    assert user.name == known.name
    assert made.new_people == []
    assert set(user.memberships.values_list("provider__name", "role")) == {
        ("Northfield College", "manager"),
        ("Other College", "manager"),
    }
    again = csv_file(["Employer name", *MANAGER], ["Hartley", "Somebody", "Else", known.email])
    assert compared(cast, again) == [
        (2, "unchanged", f"{known.name} looks after their own details: name and phone number stay as they are.")
    ]


def test_a_person_without_any_role_is_not_renamed_nor_shown(cast):
    left = UserFactory(email="left@hartley.example", first_name="Secret", last_name="Name")
    file = csv_file(["Employer name", *MANAGER], ["Hartley", "Other", "Words", "left@hartley.example"])
    made = looked_at(cast, "employers", file)
    assert [state for _, state, _ in preview(made)] == ["wrong"]
    assert "Secret" not in str(made.preview.get().details)
    assert User.objects.get(pk=left.pk).name == "Secret Name"
    named = csv_file(["Employer name", *MANAGER], ["Hartley", "secret", "NAME", "left@hartley.example"])
    applied(cast, "employers", named)
    assert User.objects.get(pk=left.pk).name == "Secret Name"
    assert Membership.objects.filter(user=left, provider=cast.provider, role=Role.MANAGER).exists()


def test_an_operator_is_not_renamed(cast):
    operator = UserFactory(email="root@portal.example", first_name="Olga", last_name="Root", is_staff=True)
    MembershipFactory(user=operator, provider=cast.provider, role=Role.COORDINATOR)
    file = csv_file(["Employer name", *MANAGER], ["Hartley", "Any", "Name", operator.email])
    says = "Manager e-mail: Olga Root has this address here. Check it, or write the name in the same way."
    assert compared(cast, file) == [(2, "wrong", says)]
    applied(cast, "employers", csv_file(["Employer name", *MANAGER], ["Hartley", "Olga", "ROOT", operator.email]))
    assert User.objects.get(pk=operator.pk).name == "Olga Root"


def test_a_student_is_neither_renamed_nor_made_a_line_manager_by_a_mistyped_address(cast):
    for first_name, last_name in [("Priya", "Shah"), (cast.student.first_name, cast.student.last_name)]:
        file = csv_file(["Employer name", *MANAGER], ["Hartley", first_name, last_name, cast.student.email])
        whose = "This is the address of Student Reed, a student here."
        says = f"Manager e-mail: {whose} A line manager needs one of their own."
        assert compared(cast, file) == [(2, "wrong", says)]
    assert User.objects.get(pk=cast.student.pk).name == "Student Reed"


def test_the_same_manager_at_two_employers_is_one_person(cast):
    file = csv_file(
        ["Employer name", *MANAGER],
        ["Hartley", "Priya", "Shah", "priya@hartley.example"],
        ["Harbour", "Priya", "Shah", "priya@hartley.example"],
    )
    made = applied(cast, "employers", file)
    person = User.objects.get(email="priya@hartley.example")
    assert sorted(person.line_manager_at.values_list("employer__name", flat=True)) == ["Harbour", "Hartley"]
    assert person.memberships.count() == 1
    assert made.new_people == [person.pk]


def test_the_same_manager_with_two_names_is_a_contradiction(cast):
    file = csv_file(
        ["Employer name", *MANAGER],
        ["Hartley", "Priya", "Shah", "priya@hartley.example"],
        ["Harbour", "Petra", "Shah", "priya@hartley.example"],
    )
    assert compared(cast, file)[1] == (3, "wrong", "Manager first name: Row 2 says “Priya” about the same person.")
