"""What keeps a tutor or a student from giving up the role: students who need a tutor, and the student's own record."""

from portal.people.leaving import before_leaving
from portal.people.models import Role
from students.models import Student


@before_leaving
def students_need_a_tutor(membership):
    if membership.role != Role.TUTOR:
        return []
    left = Student.objects.filter(tutor=membership.user_id, provider=membership.provider_id).count()
    if not left:
        return []
    whom = "1 student" if left == 1 else f"{left} students"
    return [f"{membership.user.name} is the tutor of {whom}. Move them to another tutor first."]


@before_leaving
def a_student_has_a_record(membership):
    if membership.role != Role.STUDENT:
        return []
    if not Student.objects.filter(user=membership.user_id, provider=membership.provider_id).exists():
        return []
    return [f"{membership.user.name} has a student record, and hours may belong to it."]
