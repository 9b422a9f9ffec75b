"""ULN, UKPRN and ERN with their check digits."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.identifiers import is_ern, is_ukprn, is_uln, validate_ern, validate_ukprn, validate_uln


def test_a_uln_with_its_check_digit_is_right():
    for uln in ("9276308686", "1000000019"):
        assert is_uln(uln)
        validate_uln(uln)


def test_a_uln_that_cannot_be_right_is_refused():
    wrong = ["2452343451", "9276308687", "0276308686", "927630868", "92763086860", ""]
    for uln in [*wrong, "927630868a", " 9276308686", "9276308686\n"]:
        assert not is_uln(uln)
        with pytest.raises(ValidationError, match="not a valid ULN"):
            validate_uln(uln)


def test_digits_of_other_scripts_are_no_digits():
    assert not is_uln("٩٢٧٦٣٠٨٦٨٦")
    assert not is_ukprn("１００１２３４５")
    assert not is_ern("١٢٣٤٥٦٧٨٩")


def test_the_temporary_uln_may_stand_on_a_student_and_is_no_real_one():
    assert not is_uln("9999999999")
    validate_uln("9999999999")


@settings(max_examples=50)
@given(st.integers(100_000_000, 999_999_999))
def test_at_most_one_check_digit_fits_a_uln(first_nine):
    assert sum(is_uln(f"{first_nine}{digit}") for digit in "0123456789") <= 1


@pytest.mark.parametrize("uln", ["9276308686", "1000000019"])
def test_one_wrong_digit_or_two_swapped_ones_in_a_uln_are_noticed(uln):
    wrong = {uln[:place] + digit + uln[place + 1 :] for place in range(10) for digit in "0123456789"}
    wrong |= {uln[:place] + uln[place + 1] + uln[place] + uln[place + 2 :] for place in range(9)}
    assert [one for one in wrong if is_uln(one)] == [uln]


def test_a_ukprn_has_eight_digits():
    for ukprn in ("10000000", "10012345", "99999999"):
        assert is_ukprn(ukprn)
        validate_ukprn(ukprn)


def test_what_is_no_ukprn_is_refused():
    for ukprn in ("00012345", "1001234", "100123456", "1001234x", ""):
        assert not is_ukprn(ukprn)
        with pytest.raises(ValidationError, match="8 digits"):
            validate_ukprn(ukprn)


def test_an_ern_with_its_check_digit_is_right():
    for ern in ("123456789", "999999999", "000000000"):
        assert is_ern(ern)
        validate_ern(ern)


def test_an_ern_that_cannot_be_right_is_refused():
    for ern in ("123456780", "12345678", "1234567890", "12345678X", ""):
        assert not is_ern(ern)
        with pytest.raises(ValidationError, match="not a valid employer number"):
            validate_ern(ern)


@settings(max_examples=50)
@given(st.integers(0, 99_999_999).map("{:08d}".format))
def test_the_check_digit_of_an_ern_is_the_one_of_the_rule(first_eight):
    remainder = sum(int(first_eight[n]) * (9 - n) for n in range(8)) % 11
    right = {0: "0", 1: None}.get(remainder, str(11 - remainder))
    fitting = [digit for digit in "0123456789" if is_ern(first_eight + digit)]
    assert fitting == ([right] if right is not None else []) + (
        ["9"] if first_eight == "99999999" and right != "9" else []
    )
