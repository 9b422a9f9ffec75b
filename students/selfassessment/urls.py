from django.urls import path

from students.selfassessment import staff, views

urlpatterns = [
    path("self-assessments/", views.selfassessment_list, name="selfassessment_list"),
    path("self-assessments/begin/", views.selfassessment_begin, name="selfassessment_begin"),
    path("self-assessments/spread/", staff.selfassessment_spread, name="selfassessment_spread"),
    path("self-assessments/<int:pk>/", views.selfassessment_detail, name="selfassessment_detail"),
    path("self-assessments/<int:pk>/group/<int:number>/", views.selfassessment_edit, name="selfassessment_edit"),
    path("self-assessments/<int:pk>/finish/", views.selfassessment_finish, name="selfassessment_finish"),
    path("self-assessments/<int:pk>/hand-in/", views.selfassessment_hand_in, name="selfassessment_hand_in"),
    path("self-assessments/<int:pk>/take-back/", views.selfassessment_take_back, name="selfassessment_take_back"),
    path("self-assessments/<int:pk>/reopen/", views.selfassessment_reopen, name="selfassessment_reopen"),
    path("self-assessments/<int:pk>/remove/", views.selfassessment_remove, name="selfassessment_remove"),
    path("students/<int:pk>/self-assessments/", staff.student_growth, name="student_growth"),
]
