"""To read: the T Levels with their required hours, and the rules by which hours may be made up."""

from django.shortcuts import render
from django.utils import timezone

from portal.access import role_required
from portal.people.models import Role
from students.tlevels.models import TLevel
from students.tlevels.rules import in_force_on, required_by, rule_sets
from students.tlevels.words import approaches_in_words, in_person_only, limits_in_words, required_in_words


@role_required(Role.TUTOR, Role.COORDINATOR)
def tlevel_list(request):
    """All T Levels with their specialisms, and the hours that they ask for by the rules of today."""
    tlevels, now = list(TLevel.objects.prefetch_related("specialisms")), in_force_on(timezone.localdate())
    for tlevel in tlevels:
        tlevel.asked = required_by(now, tlevel.pk)
        for specialism in tlevel.specialisms.all():
            specialism.asked = required_by(now, tlevel.pk, specialism.pk)
    return render(request, "students/tlevel_list.html", {"tlevels": tlevels, "rule_set": now})


def rules(request):
    """All rule sets in plain words, the newest first. For everybody who is signed in: receipts refer to it."""
    described = [
        {
            "rule_set": rule_set,
            "required": required_in_words(rule_set),
            "in_person_only": in_person_only(rule_set),
            "approaches": approaches_in_words(rule_set),
            "limits": [limits_in_words(row) for row in rule_set.working_time_rules.all()],
        }
        for rule_set in reversed(rule_sets())
    ]
    return render(request, "students/rules.html", {"described": described})
