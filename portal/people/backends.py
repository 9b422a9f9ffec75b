"""How a signed-in person is fetched: the person and their memberships in one query."""

from allauth.account.auth_backends import AuthenticationBackend

from portal.people.models import Membership


class DeskBackend(AuthenticationBackend):
    """allauth's backend (e-mail address and password), with `user.desks` filled by the query that fetches the user."""

    def get_user(self, user_id):
        desks = list(Membership.objects.filter(user=user_id).select_related("user", "provider").order_by("pk"))
        if not desks:
            return super().get_user(user_id)
        user = desks[0].user
        if not self.user_can_authenticate(user):
            return None
        for desk in desks:
            desk.user = user
        user.desks = desks
        return user
