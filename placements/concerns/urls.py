from django.urls import path

from placements.concerns.views import accidents, acting, owners, raising, reading, releases

urlpatterns = [
    path("concerns/", reading.concern_list, name="concern_list"),
    path("concerns/mine/", reading.concern_own_list, name="concern_own_list"),
    path("concerns/new/", raising.concern_new, name="concern_new"),
    path("concerns/new/<int:kind>/", raising.concern_add, name="concern_add"),
    path("concerns/<int:pk>/", reading.concern_detail, name="concern_detail"),
    path("concerns/<int:pk>/write/", acting.concern_write, name="concern_write"),
    path("concerns/<int:pk>/settle/", acting.concern_settle, name="concern_settle"),
    path("concerns/<int:pk>/withdraw/", acting.concern_withdraw, name="concern_withdraw"),
    path("concerns/<int:pk>/reopen/", acting.concern_reopen, name="concern_reopen"),
    path("concerns/<int:pk>/follow-up/", acting.concern_follow_up, name="concern_follow_up"),
    path("concerns/<int:pk>/share/", owners.concern_share, name="concern_share"),
    path("concerns/<int:pk>/contact/", owners.concern_contact, name="concern_contact"),
    path("concerns/<int:pk>/hand-over/", owners.concern_hand_over, name="concern_hand_over"),
    path("concerns/<int:pk>/hand-back/", owners.concern_hand_back, name="concern_hand_back"),
    path("concerns/<int:pk>/waiting/", owners.concern_waiting, name="concern_waiting"),
    path("concerns/<int:pk>/remind/", owners.concern_remind, name="concern_remind"),
    path("concerns/<int:pk>/record/", accidents.accident_print, name="accident_print"),
    path("concerns/<int:pk>/record.pdf", accidents.accident_pdf, name="accident_pdf"),
    path("concerns/<int:pk>/record/edit/", accidents.accident_edit, name="accident_edit"),
    path("concerns/<int:pk>/notes/", releases.release_add, name="release_add"),
    path("concern-notes/<int:pk>/", releases.release_detail, name="release_detail"),
    path("concern-notes/<int:pk>/edit/", releases.release_edit, name="release_edit"),
    path("concern-notes/<int:pk>/agree/", releases.release_agree, name="release_agree"),
    path("concern-notes/<int:pk>/take-back/", releases.release_take_back, name="release_take_back"),
]
