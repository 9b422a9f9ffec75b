"""The lines that go to the results service: what they say, what is wrong with them, and the file's exact form."""

from datetime import date

from reviews.returns.results import Result, checked, files_of, result_of

DUE = date(2027, 7, 31)
ULN, OTHER, CODE = "9276308686", "1000000019", "61058014"


def line(**facts) -> Result:
    return Result(**{"student": 1, "uln": ULN, "core_code": CODE, "status": "Placement completed"} | facts)


def special(**facts) -> Result:
    status = "Placement completed with special consideration"
    return line(**{"status": status, "hours": 175, "reasons": ("ML", "B"), "signoff": 3} | facts)


def said(*lines) -> list[list[str]]:
    return [[wrong.says for wrong in one.wrong] for one in checked(list(lines))]


def facts(**differ):
    """What the portal knows of a student who has still to complete the placement."""
    usual = {"pk": 1, "uln": ULN, "core_code": CODE, "entry_year": "2025/26", "left_on": None, "signoff": None}
    return usual | {"kind": None, "minutes": None, "consideration": None, "reasons": None} | differ


def test_the_four_statuses():
    reasons = [{"code": "ML"}, {"code": "B"}, {"code": "ML"}]
    known = [
        facts(),
        facts(left_on=date(2026, 5, 4)),
        facts(signoff=3, kind="completed", minutes=18900),
        facts(signoff=3, kind="special", minutes=10559, consideration=8, reasons=reasons),
    ]
    assert [result_of(one, DUE).cells[2:] for one in known] == [
        ("Placement still to be completed", "", ""),
        ("Placement will not be completed", "", ""),
        ("Placement completed", "", ""),
        ("Placement completed with special consideration", "175", "ML,B"),
    ]


def test_after_31_july_a_row_that_nobody_decided_says_so():
    says = ["31 July has passed, and nothing is decided."]
    known = [facts(), facts(left_on=date(2026, 5, 4)), facts(signoff=3, kind="completed", minutes=18900)]
    assert result_of(known[0], DUE).notes == ()
    late = [result_of(one, date(2027, 8, 1)).notes for one in known]
    assert [[note.says for note in notes] for notes in late] == [says, [], []]


def test_what_is_wrong_with_the_number():
    assert said(line(uln=""), line(uln="9999999999"), line(uln="2452343451"), line(), line(uln=OTHER)) == [
        ["No ULN yet."], ["The ULN is the temporary 9999999999."], ["The ULN is not valid."], [], [],
    ]  # fmt: skip


def test_what_is_wrong_with_the_core_code():
    wrong = ["The T Level has no core code of 8 letters and digits. Ask the operator of the portal."]
    codes = ("", "6105801", "6105 801", "=1+1+1+1", "6105799X", "61058014")
    assert said(*[line(uln=str(n), core_code=code) for n, code in enumerate(codes)]) == [
        *[["The ULN is not valid.", *wrong]] * 4, *[["The ULN is not valid."]] * 2,
    ]  # fmt: skip


def test_what_is_wrong_with_special_consideration():
    hours = "With special consideration the hours must be 1 to 999."
    assert said(special()) == said(special(hours=1)) == said(special(hours=999)) == [[]]
    assert said(special(hours=0)) == said(special(hours=1000)) == [[hours]]
    assert said(special(reasons=())) == [["Special consideration without a reason."]]
    assert said(special(reasons=("ML", "=X"))) == [["The results service does not know this reason."]]


def test_each_thing_wrong_leads_to_where_it_is_mended():
    [one] = checked([special(uln="", core_code="", hours=0, student=7, signoff=9)])
    assert [mending.url for mending in one.mendings] == ["/students/7/edit/", "/tlevels/", "/signoffs/9/"]


def test_the_file_is_exactly_as_the_service_wants_it():
    [(ending, learners, content)] = files_of([line(), special(uln=OTHER)])
    assert (ending, learners) == ("csv", 2)
    assert content == (
        b"ULN,Core code,Industry placement status,Industry placement hours,Reason for special consideration\r\n"
        b"9276308686,61058014,Placement completed,,\r\n"
        b'1000000019,61058014,Placement completed with special consideration,175,"ML,B"\r\n'
    )


def test_more_than_a_thousand_learners_are_split():
    fullest = special(hours=999, reasons=("ML", "MF", "B", "D", "T", "A", "U", "W"))
    files = files_of([fullest] * 2001)
    assert [learners for _, learners, _ in files] == [1000, 1000, 1]
    assert max(len(content) for *_, content in files) < 2 * 1024 * 1024
    assert {content.split(b"\r\n")[0] for *_, content in files} == {files[0][2].split(b"\r\n")[0]}
