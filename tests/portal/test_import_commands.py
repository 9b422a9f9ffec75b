import io

import pytest
from django.core.management import CommandError, call_command

from employers.models import Employer
from placements.models import Placement
from portal.history.models import Event
from portal.imports.models import Import, ImportFile
from portal.imports.reading import MOST_BYTES
from students.models import Student
from tests.factories import ProviderFactory
from tests.portal.importing import csv_file

EMPLOYERS = csv_file(["Employer name", "ERN"], ["Hartley", ""], ["Harbour", ""])
WRONG = csv_file(["Employer name", "ERN"], ["Hartley", ""], ["Harbour", "123"])


@pytest.fixture
def run(tmp_path, cast):
    def run(what: str, content: bytes, *options: str) -> str:
        file = tmp_path / f"{what}.csv"
        file.write_bytes(content)
        out = io.StringIO()
        call_command(f"import_{what}", str(file), "--provider", "10012345", *options, stdout=out, no_color=True)
        return out.getvalue()

    return run


def test_each_kind_has_a_command(run, cast):
    assert run("employers", EMPLOYERS) == "UTF-8, separated by commas: 2 new\nApplied.\n"
    header = ["ULN", "First name", "Last name", "E-mail", "Date of birth", "T Level", "Year of entry"]
    student = ["1000000019", "Amira", "Okafor", "amira@college.example", "04/05/2008", "61058014", "2025/26"]
    run("students", csv_file(header, student))
    header = ["Student", "Employer name", "First day", "Last day", "Role"]
    run("placements", csv_file(header, ["1000000019", "Hartley", "05/01/2027", "26/03/2027", "Office"]))
    assert Employer.objects.filter(provider=cast.provider, name="Hartley").exists()
    assert Student.objects.get(uln="1000000019").provider == cast.provider
    assert str(Placement.objects.get(first_on="2027-01-05")) == "Amira Okafor at Hartley"


def test_a_file_is_applied_by_nobody_and_the_same_again_changes_nothing(run):
    run("employers", EMPLOYERS)
    made = Import.objects.get()
    assert (made.by, made.status, made.file_name) == (None, "applied", "employers.csv")
    assert [event.by_name for event in Event.objects.about(Employer.objects.get(name="Hartley"))] == ["The portal"]
    assert run("employers", EMPLOYERS) == (
        "UTF-8, separated by commas: 2 unchanged\nThere is nothing to apply: the portal knows all of it already.\n"
    )


def test_a_dry_run_writes_nothing(run):
    assert run("employers", EMPLOYERS, "--dry-run") == "UTF-8, separated by commas: 2 new\n"
    assert not Employer.objects.filter(name="Hartley").exists()
    assert Import.objects.count() == 0


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_a_wrong_row_is_told_and_nothing_is_written(tmp_path, cast, options):
    file = tmp_path / "employers.csv"
    file.write_bytes(WRONG)
    out = io.StringIO()
    with pytest.raises(CommandError, match="as a whole or not at all"):
        call_command("import_employers", str(file), "--provider", "10012345", *options, stdout=out)
    assert "Row 3: ERN: 123 has 3 digits, an ERN has 9." in out.getvalue()
    assert not Employer.objects.filter(name="Hartley").exists()
    assert ImportFile.objects.count() == 0


def test_what_cannot_be_read_is_told_in_plain_words(run, tmp_path, cast):
    with pytest.raises(CommandError, match="This is a PDF"):
        run("students", b"%PDF-1.7")
    with pytest.raises(CommandError, match="larger than 10 MB"):
        run("students", b"x" * (MOST_BYTES + 1))
    with pytest.raises(CommandError, match=r"cannot be read: No such file or directory\."):
        call_command("import_students", str(tmp_path / "none.csv"), "--provider", "10012345")
    with pytest.raises(CommandError, match=r"No provider has the UKPRN 10099999\."):
        call_command("import_students", str(tmp_path / "none.csv"), "--provider", "10099999")


@pytest.mark.django_db
def test_the_only_provider_need_not_be_named(tmp_path):
    file = tmp_path / "employers.csv"
    file.write_bytes(EMPLOYERS)
    with pytest.raises(CommandError, match=r"There is no provider yet: add_provider makes one\."):
        call_command("import_employers", str(file))
    college = ProviderFactory()
    call_command("import_employers", str(file), stdout=io.StringIO())
    assert college.employers.count() == 2


def test_of_several_providers_one_is_named(tmp_path, cast):
    file = tmp_path / "employers.csv"
    file.write_bytes(EMPLOYERS)
    with pytest.raises(CommandError, match=r"--provider whose rows these are: 10012345 \(Northfield College\), "):
        call_command("import_employers", str(file))
    assert not Employer.objects.filter(name="Hartley").exists()


def test_many_wrong_rows_are_not_all_printed(tmp_path, cast):
    file = tmp_path / "employers.csv"
    file.write_bytes(csv_file(["Employer name", "ERN"], *([f"E{n}", "1"] for n in range(60))))
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_employers", str(file), "--provider", "10012345", stdout=out)
    assert out.getvalue().count("Row ") == 50
    assert "... and 10 more" in out.getvalue()
