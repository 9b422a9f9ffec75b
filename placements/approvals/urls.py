from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from placements.approvals import staff, views
from placements.approvals.entrances import by_link, signed_in


def by_own_link(view):
    """By link, where nobody else is signed in. The address holds a secret, and no cookie lets anybody in."""
    return csrf_exempt(by_link(views.for_nobody_else(view)))


def acts(enter, suffix: str = "") -> list:
    """The acts below a manager's screen, behind one of the two entrances."""
    return [
        path("approve/", enter(views.weeks_approve), name=f"weeks_approve{suffix}"),
        path("undo/", enter(views.weeks_undo), name=f"weeks_undo{suffix}"),
        path("<int:week>/approve/", enter(views.week_approve), name=f"week_approve{suffix}"),
        path("<int:week>/undo/", enter(views.week_undo), name=f"week_undo{suffix}"),
        path("<int:week>/send-back/", enter(views.week_send_back), name=f"week_send_back{suffix}"),
    ]


urlpatterns = [
    path("approvals/", views.manager_home, name="manager_home"),
    path("approvals/decided/", views.decision_list, name="decision_list"),
    path("approvals/", include(acts(signed_in))),
    path("a/<uuid:pk>/<str:token>/", views.link_weeks, name="link_weeks"),
    path("a/<uuid:pk>/<str:token>/again/", views.link_again, name="link_again"),
    path("a/<uuid:pk>/<str:token>/", include(acts(by_own_link, "_by_link"))),
    path("placements/<int:pk>/approver/", staff.approver_detail, name="approver_detail"),
    path("placements/<int:pk>/approver/send/", staff.link_send, name="link_send"),
    path("placements/<int:pk>/approver/link/", staff.link_copy, name="link_copy"),
    path("placements/<int:pk>/approver/link/<uuid:link>/", staff.link_show, name="link_show"),
    path("placements/<int:pk>/approver/change/", staff.manager_change, name="manager_change"),
]
