"""How long somebody stays signed in who ticked so; without the tick it ends with the browser."""

from django.conf import settings

from portal.people.models import Role, User

STUDENTS = 30 * 24 * 60 * 60  # seconds


def stay_as_chosen(request, user: User):
    """Students stay for 30 days, everybody else for as long as a session lasts: they see many people's records."""
    if "remember" in request.POST:
        request.session.set_expiry(STUDENTS if is_only_student(user) else settings.SESSION_COOKIE_AGE)


def is_only_student(user: User) -> bool:
    return not user.is_staff and {desk.role for desk in user.desks} == {Role.STUDENT}
