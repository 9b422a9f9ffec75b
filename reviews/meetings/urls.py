from django.urls import path

from reviews.meetings.views import across, arranging, meetings, patterns, printing, writing

urlpatterns = [
    path("placements/<int:pk>/meetings/", meetings.meeting_list, name="meeting_list"),
    path("placements/<int:pk>/meetings/new/", meetings.meeting_add, name="meeting_add"),
    path("meetings/", across.review_meeting_list, name="review_meeting_list"),
    path("meetings/pattern/", patterns.meeting_pattern, name="meeting_pattern"),
    path("meetings/pattern/reset/", patterns.meeting_pattern_reset, name="meeting_pattern_reset"),
    path("meetings/<int:pk>/", meetings.meeting_detail, name="meeting_detail"),
    path("meetings/<int:pk>/offer/", arranging.meeting_offer, name="meeting_offer"),
    path("meetings/<int:pk>/ask/", arranging.meeting_ask, name="meeting_ask"),
    path("meetings/<int:pk>/date/", arranging.meeting_fix, name="meeting_fix"),
    path("meetings/<int:pk>/missed/", arranging.meeting_miss, name="meeting_miss"),
    path("meetings/<int:pk>/cancel/", arranging.meeting_cancel, name="meeting_cancel"),
    path("meetings/<int:pk>/prepare/", writing.meeting_prepare, name="meeting_prepare"),
    path("meetings/<int:pk>/notes/", writing.meeting_record, name="meeting_record"),
    path("meetings/<int:pk>/notes/write/", writing.meeting_write, name="meeting_write"),
    path("meetings/<int:pk>/notes/reopen/", arranging.meeting_reopen, name="meeting_reopen"),
    path("meetings/<int:pk>/confirm/", writing.meeting_confirm, name="meeting_confirm"),
    path("meetings/<int:pk>/confirm/at-table/", writing.meeting_confirm_at_table, name="meeting_confirm_at_table"),
    path("meetings/actions/<int:pk>/tick/", meetings.meeting_action_tick, name="meeting_action_tick"),
    path("meetings/<int:pk>/print/", printing.meeting_print, name="meeting_print"),
    path("meetings/<int:pk>/meeting.pdf", printing.meeting_pdf, name="meeting_pdf"),
    path("meetings/<int:pk>/calendar/<str:token>/meeting.ics", meetings.meeting_calendar, name="meeting_calendar"),
]
