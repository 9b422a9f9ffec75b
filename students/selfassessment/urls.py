from django.urls import path

from students.selfassessment.views import assessments, staff

urlpatterns = [
    path("self-assessments/", assessments.selfassessment_list, name="selfassessment_list"),
    path("self-assessments/begin/", assessments.selfassessment_begin, name="selfassessment_begin"),
    path("self-assessments/spread/", staff.selfassessment_spread, name="selfassessment_spread"),
    path("self-assessments/<int:pk>/", assessments.selfassessment_detail, name="selfassessment_detail"),
    path("self-assessments/<int:pk>/group/<int:number>/", assessments.selfassessment_edit, name="selfassessment_edit"),
    path("self-assessments/<int:pk>/remove/", assessments.selfassessment_remove, name="selfassessment_remove"),
    path("self-assessments/<int:pk>/<slug:verb>/", assessments.selfassessment_act, name="selfassessment_act"),
    path("students/<int:pk>/self-assessments/", staff.student_growth, name="student_growth"),
]
