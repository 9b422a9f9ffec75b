"""Fields that several rooms' forms share: dates, and what people type a little differently each time."""

import re
from datetime import date

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone

PHONE = RegexValidator(r"^[0-9+() .\-/extEXT]{5,40}$", "This is not a phone number. Write it like 01632 960123.")


class DayField(forms.DateField):
    """A date; the browser's own calendar where it has one, else typed in any of the usual ways."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "There is no such date. Write it like 12/3/2026."


class BirthdayField(DayField):
    """A date that people know by heart, so that typing it is quicker than looking for it in a calendar."""

    def __init__(self, **kwargs):
        kwargs["widget"] = forms.DateInput(attrs={"autocomplete": "off"}, format="%d/%m/%Y")
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "There is no such date. Write it like 4/5/2008."


class DigitsField(forms.CharField):
    """A number that people copy with spaces in it ('1000 1234') and that is kept without them."""

    def to_python(self, value):
        return re.sub(r"\s", "", super().to_python(value))

    def widget_attrs(self, widget):
        """No `maxlength`: a browser would cut the last digits off what is pasted with spaces."""
        attrs = super().widget_attrs(widget) | {"inputmode": "numeric", "autocomplete": "off"}
        attrs.pop("maxlength", None)
        return attrs


class MinutesField(forms.CharField):
    """Whole minutes, typed as text ('30'); empty is 0."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 4})
        super().__init__(required=False, widget=widget, **kwargs)

    def has_changed(self, initial, data):
        """Whether it is another number; empty is 0."""
        before, after = (str(value or "").strip() or "0" for value in (initial, data))
        return before != after

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return 0
        if not text.isascii() or not text.isdigit() or len(text) > 4:
            raise forms.ValidationError("Give the break in whole minutes, for example 30.")
        return int(text)


class ClockField(forms.TimeField):
    """A time of day; the browser's own clock where it has one."""

    def __init__(self, **kwargs):
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        invalid = "This is not a time. Write it like 09:00 or 17:30."
        super().__init__(required=False, widget=widget, error_messages={"invalid": invalid}, **kwargs)


class FinishField(ClockField):
    """The time at which something finishes: 24:00 is understood as well, and kept as 00:00."""

    def to_python(self, value):
        return super().to_python("00:00" if value == "24:00" else value)


def why_far_off(day: date, years: int) -> str:
    """Why a day more than `years` (two or three) years ahead or back is most likely a slip, as a sentence; else ''."""
    today, spelt = timezone.localdate(), {2: "two", 3: "three"}[years]
    if (day.year - years, day.month, day.day) > (today.year, today.month, today.day):
        return f"This is more than {spelt} years from now. Check the year."
    if (day.year + years, day.month, day.day) < (today.year, today.month, today.day):
        return f"This is more than {spelt} years ago. Check the year."
    return ""


def tidy_postcode(value: str) -> str:
    """'ab1 2cd', 'AB12CD' -> 'AB1 2CD'; what does not look like a postcode stays as it was typed."""
    packed = re.sub(r"\s", "", value).upper()
    if re.fullmatch(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}", packed):
        return f"{packed[:-3]} {packed[-3:]}"
    return value.strip()


def clean_postcode(value: str) -> str:
    """A tidy postcode, or '' for none. Raises ValidationError for what is none of the United Kingdom."""
    tidy = tidy_postcode(value)
    if tidy and not re.fullmatch(r"[A-Z0-9]{2,4} [0-9][A-Z]{2}", tidy):
        raise forms.ValidationError("This is not a postcode. Write it like LS1 4AB.")
    return tidy
