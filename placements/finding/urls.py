from django.urls import path

from placements.finding.views import applicants, applications, board, finds, opportunities, places

urlpatterns = [
    # students
    path("places/", places.place_list, name="place_list"),
    path("places/<int:pk>/", places.place_detail, name="place_detail"),
    path("places/<int:pk>/apply/", places.place_apply, name="place_apply"),
    path("applications/", places.application_list, name="application_list"),
    # one application, for everybody whom it concerns
    path("applications/<int:pk>/", applications.application_detail, name="application_detail"),
    path("applications/<int:pk>/cv/", applications.application_cv, name="application_cv"),
    path("applications/<int:pk>/interview.ics", applications.application_interview, name="application_interview"),
    path("applications/<int:pk>/feedback/", applications.application_feedback, name="application_feedback"),
    path("applications/<int:pk>/feedback/ask/", applications.application_feedback_ask, name="application_feedback_ask"),
    path("applications/<int:pk>/acts/<slug:act>/", applications.application_act, name="application_act"),
    # employers that students found themselves
    path("finds/", finds.find_list, name="find_list"),
    path("finds/add/", finds.find_add, name="find_add"),
    path("finds/<int:pk>/", finds.find_detail, name="find_detail"),
    path("finds/<int:pk>/edit/", finds.find_edit, name="find_edit"),
    path("finds/<int:pk>/withdraw/", finds.find_withdraw, name="find_withdraw"),
    path("finds/<int:pk>/accept/", finds.find_accept, name="find_accept"),
    path("finds/<int:pk>/turn-down/", finds.find_turn_down, name="find_turn_down"),
    # staff
    path("finding/", board.finding_board, name="finding_board"),
    path("finding/<int:pk>/", board.finding_student, name="finding_student"),
    path("finding/<int:pk>/forward/<int:opportunity>/", board.finding_forward, name="finding_forward"),
    path("opportunities/", opportunities.opportunity_list, name="opportunity_list"),
    path("opportunities/add/", opportunities.opportunity_add, name="opportunity_add"),
    path("opportunities/<int:pk>/", opportunities.opportunity_detail, name="opportunity_detail"),
    path("opportunities/<int:pk>/edit/", opportunities.opportunity_edit, name="opportunity_edit"),
    path("opportunities/<int:pk>/copy/", opportunities.opportunity_copy, name="opportunity_copy"),
    path("opportunities/<int:pk>/close/", opportunities.opportunity_close, name="opportunity_close"),
    path("opportunities/<int:pk>/reopen/", opportunities.opportunity_reopen, name="opportunity_reopen"),
    path("opportunities/<int:pk>/remove/", opportunities.opportunity_remove, name="opportunity_remove"),
    # the employer's contact, signed in
    path("applicants/", applicants.applicant_list, name="applicant_list"),
    path("opportunities/<int:pk>/applicants/", applicants.opportunity_applicants, name="opportunity_applicants"),
    path("opportunities/<int:pk>/applicants/rest/", applicants.opportunity_rest, name="opportunity_rest"),
]
