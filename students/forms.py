"""Forms about students."""

import re
from datetime import date

from django import forms
from django.db.models import Count, Q
from django.utils import timezone

from portal.form_asking import AskingForm
from portal.form_fields import BirthdayField, DigitsField
from portal.form_seen import SeenForm
from portal.identifiers import NO_ULN, TEMPORARY_ULN, is_uln
from portal.people import joining
from portal.people.forms import PERSONAL, EmailField, PersonFields
from portal.people.models import Provider, Role, User
from students import years
from students.models import Student
from students.tlevels.models import Specialism, TLevel, academic_year

USUAL_AGES = range(14, 26)


class TutorChoiceField(forms.ModelChoiceField):
    """A tutor of the provider, with the number of students that they have."""

    def __init__(self, **kwargs):
        super().__init__(queryset=User.objects.none(), label="Tutor", **kwargs)

    def offer(self, provider: Provider):
        """Let one choose among the tutors of `provider` who may sign in."""
        tutors = User.objects.filter(memberships__provider=provider, memberships__role=Role.TUTOR, is_active=True)
        own = Count("caseload", filter=Q(caseload__provider=provider), distinct=True)
        self.queryset = tutors.annotate(students=own).order_by("last_name", "first_name", "pk")

    def label_from_instance(self, tutor):
        return f"{tutor.name} ({tutor.students} student{'' if tutor.students == 1 else 's'})"


def specialisms_by_tlevel() -> list:
    """Choices of specialisms, grouped by their T Level."""
    groups = {}
    for specialism in Specialism.objects.select_related("tlevel").order_by("tlevel__title", "title"):
        groups.setdefault(specialism.tlevel.title, []).append((specialism.pk, specialism.title))
    return [("", "None of these"), *groups.items()]


def tidy_year(text: str) -> str:
    """'2025/26', '2025-2026', '2025' -> '2025/26'. Raises ValueError, in words, for anything else."""
    match = re.fullmatch(r"([0-9]{4})(?:\s*[/-]\s*(?:[0-9]{2})?([0-9]{2}))?", text.strip())
    if not match or (match[2] and int(match[2]) != (int(match[1]) + 1) % 100):
        raise ValueError("Write the academic year like 2025/26.")
    if not 2000 <= int(match[1]) <= 2099:
        raise ValueError("Years from 2000/01 to 2099/00 are possible.")
    return academic_year(date(int(match[1]), 9, 1))


class StudentForm(AskingForm, PersonFields, SeenForm, forms.ModelForm):
    """All that a coordinator writes down about a student, the person's own name and address included.

    An unusual date of birth or year of entry is asked about once and then believed.
    """

    email = EmailField(help_text="Best one that lasts beyond college. They sign in with it, and mails go there.")
    born_on = BirthdayField(label="Date of birth", help_text="Day, month and year, for example 4/5/2008.")
    entry_year = forms.CharField(
        label="Year of entry",
        max_length=9,
        help_text="The academic year in which the T Level began, for example 2025/26.",
    )
    tutor = TutorChoiceField(required=False, empty_label="Nobody yet")

    field_order = [*PERSONAL, "born_on", "uln", "tlevel", "specialism", "entry_year", "tutor", "has_send"]

    class Meta:
        model = Student
        fields = ["uln", "born_on", "tlevel", "specialism", "entry_year", "tutor", "has_send"]
        field_classes = {"uln": DigitsField}
        help_texts = {
            "uln": "10 digits. Leave it empty until it is known.",
            "specialism": "Asked for where it changes the required hours or how they may be made up.",
        }

    def __init__(self, *args, provider: Provider, fixed: str = "", **kwargs):
        """`fixed` says why name and address of a known person are not ours to change; they are then left out."""
        self.provider = provider
        super().__init__(*args, **kwargs)
        tlevels = TLevel.objects.filter(Q(is_closed=False) | Q(pk=self.instance.tlevel_id))
        self.fields["tlevel"].queryset = tlevels
        self.fields["tlevel"].empty_label = "Choose a T Level"
        self.fields["specialism"].choices = specialisms_by_tlevel()
        self.fields["tutor"].offer(provider)
        self.fields["uln"].required = False
        if self.instance.uln == TEMPORARY_ULN:
            self.initial["uln"] = ""
        if self.instance.pk:
            self.initial |= {name: getattr(self.instance.user, name) for name in PERSONAL}
        else:
            self.initial.setdefault("entry_year", academic_year(timezone.localdate()))
        if fixed:
            for name in PERSONAL:
                del self.fields[name]

    def clean_email(self):
        email = self.cleaned_data["email"]
        person = joining.find(email)
        if person is None or (self.instance.pk and person == self.instance.user):
            return email
        if self.instance.pk:
            raise forms.ValidationError("Somebody else has this address.")
        if Student.objects.filter(provider=self.provider, user=person).exists():
            raise forms.ValidationError(f"{person.name} has this address and is a student here already.")
        return email

    def clean_uln(self):
        uln = self.cleaned_data["uln"] or TEMPORARY_ULN
        if uln != TEMPORARY_ULN and not is_uln(uln):
            raise forms.ValidationError(f"{NO_ULN} Leave it empty until the real number is known.")
        same = Student.objects.filter(provider=self.provider, uln=uln).exclude(pk=self.instance.pk)
        if uln != TEMPORARY_ULN and (other := same.select_related("user").first()):
            raise forms.ValidationError(f"{other.name} has this ULN already.")
        return uln

    def clean_entry_year(self):
        try:
            return tidy_year(self.cleaned_data["entry_year"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_born_on(self):
        born_on = self.cleaned_data["born_on"]
        if born_on > timezone.localdate():
            raise forms.ValidationError("This day has not come yet.")
        return born_on

    def clean(self):
        data = super().clean()
        self.check_birthday(data)
        self.check_year(data)
        self.check_specialism(data)
        if not self.instance.pk:
            self.refuse_somebody_else(self.provider, Role.STUDENT)
        return data

    def check_birthday(self, data):
        born_on = data.get("born_on")
        if not born_on or born_on == self.initial.get("born_on"):
            return
        age = Student(born_on=born_on).age_on(timezone.localdate())
        if age not in USUAL_AGES:
            says = f"That makes an age of {age}. Correct the date, or say below that it is right."
            self.ask("born_on_is_right", "Yes, this date of birth is right", about="born_on", says=says)

    def check_year(self, data):
        year = data.get("entry_year")
        if not year or year == self.initial.get("entry_year"):
            return
        if unusual := years.what_is_unusual(year, timezone.localdate()):
            says = f"{unusual} Correct the year, or say below that it is right."
            self.ask("entry_year_is_right", "Yes, this year of entry is right", about="entry_year", says=says)

    def check_specialism(self, data):
        tlevel, specialism = data.get("tlevel"), data.get("specialism")
        if not tlevel:
            return
        if specialism and specialism.tlevel_id != tlevel.pk:
            self.add_error("specialism", f"{specialism} does not belong to the T Level {tlevel}.")
        elif not specialism and "specialism" not in self.errors and tlevel.specialisms.changing_hours().exists():
            self.add_error("specialism", f"Choose the specialism: the required hours of {tlevel} depend on it.")


class MoveForm(forms.Form):
    """Another tutor for one student."""

    tutor = TutorChoiceField(required=False, empty_label="Nobody yet")

    def __init__(self, *args, student: Student, **kwargs):
        super().__init__(*args, initial={"tutor": student.tutor_id}, **kwargs)
        self.fields["tutor"].offer(student.provider)
