"""What the ground floor does by the clock."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal.clock import delete_what_is_over


def a_task_that_ended(days_ago: int) -> DBTaskResult:
    ended = timezone.now() - timedelta(days=days_ago)
    return DBTaskResult.objects.create(
        status="SUCCESSFUL",
        queue_name="parcels",
        backend_name="default",
        args_kwargs={},
        task_path="x",
        finished_at=ended,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("minute", "left"), [(9, 2), (10, 1)])
def test_ended_sessions_and_old_tasks_go_once_a_night(settings, minute, left):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    for hours in (-1, 1):
        Session.objects.create(session_key=f"k{hours}", expire_date=timezone.now() + timedelta(hours=hours))
    a_task_that_ended(days_ago=15), a_task_that_ended(days_ago=13)
    delete_what_is_over(datetime(2026, 11, 24, 3, minute, tzinfo=UTC))
    assert (Session.objects.count(), DBTaskResult.objects.count()) == (left, left)
