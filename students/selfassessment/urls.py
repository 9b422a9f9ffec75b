from django.urls import path

from students.selfassessment import staff, views

urlpatterns = [
    path("self-assessments/", views.selfassessment_list, name="selfassessment_list"),
    path("self-assessments/begin/", views.selfassessment_begin, name="selfassessment_begin"),
    path("self-assessments/spread/", staff.selfassessment_spread, name="selfassessment_spread"),
    path("self-assessments/<int:pk>/", views.selfassessment_detail, name="selfassessment_detail"),
    path("self-assessments/<int:pk>/group/<int:number>/", views.selfassessment_edit, name="selfassessment_edit"),
    path("self-assessments/<int:pk>/remove/", views.selfassessment_remove, name="selfassessment_remove"),
    path("self-assessments/<int:pk>/<slug:verb>/", views.selfassessment_act, name="selfassessment_act"),
    path("students/<int:pk>/self-assessments/", staff.student_growth, name="student_growth"),
]
