from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from placements.approvals.entrances import by_link, signed_in
from placements.approvals.views import staff, weeks


def by_own_link(view):
    """By link, where nobody else is signed in. The address holds a secret, and no cookie lets anybody in."""
    return csrf_exempt(by_link(weeks.for_nobody_else(view)))


def acts(enter, suffix: str = "") -> list:
    """The acts below a manager's screen, behind one of the two entrances."""
    return [
        path("approve/", enter(weeks.weeks_approve), name=f"weeks_approve{suffix}"),
        path("undo/", enter(weeks.weeks_undo), name=f"weeks_undo{suffix}"),
        path("<int:week>/approve/", enter(weeks.week_approve), name=f"week_approve{suffix}"),
        path("<int:week>/undo/", enter(weeks.week_undo), name=f"week_undo{suffix}"),
        path("<int:week>/send-back/", enter(weeks.week_send_back), name=f"week_send_back{suffix}"),
    ]


urlpatterns = [
    path("approvals/", weeks.manager_home, name="manager_home"),
    path("approvals/decided/", weeks.decision_list, name="decision_list"),
    path("approvals/", include(acts(signed_in))),
    path("a/<uuid:pk>/<str:token>/", weeks.link_weeks, name="link_weeks"),
    path("a/<uuid:pk>/<str:token>/again/", weeks.link_again, name="link_again"),
    path("a/<uuid:pk>/<str:token>/", include(acts(by_own_link, "_by_link"))),
    path("placements/<int:pk>/approver/", staff.approver_detail, name="approver_detail"),
    path("placements/<int:pk>/approver/send/", staff.link_send, name="link_send"),
    path("placements/<int:pk>/approver/link/", staff.link_copy, name="link_copy"),
    path("placements/<int:pk>/approver/link/<uuid:link>/", staff.link_show, name="link_show"),
    path("placements/<int:pk>/approver/change/", staff.manager_change, name="manager_change"),
]
