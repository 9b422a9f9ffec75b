"""All or nothing, once, and only what was shown."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from employers.models import Employer, Site
from portal import progress
from portal.history.models import Event
from portal.imports import clock, tasks
from portal.imports.drafts import Drafts
from portal.imports.models import Import, ImportFile, ImportRow
from portal.people.models import User
from portal.workflow import Refused, SomebodyWasQuicker
from tests.conftest import make_cast
from tests.factories import EmployerFactory
from tests.portal.importing import applied, csv_file, looked_at, preview

pytestmark = pytest.mark.database

FILE = csv_file(
    ["Employer name", "Town", "Site name", "Manager first name", "Manager last name", "Manager e-mail"],
    ["Hartley", "Leeds", "Depot", "Priya", "Shah", "priya@hartley.example"],
    ["Harbour", "York", "Dock", "Tom", "Cole", "tom@harbour.example"],
)


def apply(cast, made) -> Import:
    made.apply(by=cast.coordinator)
    tasks.apply.call(made.pk)
    return Import.objects.get(pk=made.pk)


def nothing_of_it() -> bool:
    return not (
        Employer.objects.filter(name__in=["Hartley", "Harbour"]).exists()
        or Site.objects.filter(name__in=["Depot", "Dock"]).exists()
        or User.objects.filter(email__contains="@har").exists()
        or Event.objects.filter(says__contains="with the file").exists()
    )


def test_the_data_changed_between_looking_and_applying(cast):
    made = looked_at(cast, "employers", FILE)
    EmployerFactory(provider=cast.provider, name="harbour", town="Hull")
    made = apply(cast, made)
    assert made.status == "stopped"
    assert made.problem == (
        "Since you looked at it, the portal has changed: row 3 (Harbour · Dock · tom@harbour.example) was new and is "
        "now new in another way. Have the file read again, and look before you apply it."
    )
    assert not Employer.objects.filter(name="Hartley").exists()

    made.read_again(by=cast.coordinator)
    tasks.read.call(made.pk)
    made.refresh_from_db()
    assert (made.status, made.problem) == ("ready", "")
    assert apply(cast, made).status == "applied"
    assert Employer.objects.get(provider=cast.provider, name="harbour").town == "York"


def test_of_two_imports_of_the_same_file_one_wins(cast):
    first, second = looked_at(cast, "employers", FILE), looked_at(cast, "employers", FILE)
    assert apply(cast, first).status == "applied"
    second = apply(cast, second)
    assert second.status == "stopped"
    assert second.problem == (
        "Since you looked at it, the portal has changed: row 2 (Hartley · Depot · priya@hartley.example) was new and "
        "is now unchanged. 2 rows are different in all. Have the file read again, and look before you apply it."
    )
    assert Employer.objects.filter(name="Hartley").count() == 1


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (IntegrityError("UNIQUE"), tasks.CLASH),
        (RuntimeError("a bug"), tasks.OUR_FAULT),
    ],
)
def test_a_failure_in_the_middle_of_writing_leaves_nothing(cast, monkeypatch, caplog, error, problem):
    made = looked_at(cast, "employers", FILE)
    save = Drafts.save

    def fail_at_sites(self, model, step):
        if model is Site:
            raise error
        return save(self, model, step)

    monkeypatch.setattr(Drafts, "save", fail_at_sites)
    made = apply(cast, made)
    assert (made.status, made.problem) == ("stopped", problem)
    assert nothing_of_it()
    assert ImportFile.objects.filter(of=made).exists()


def test_a_real_clash_leaves_nothing(cast, monkeypatch):
    made = looked_at(cast, "employers", FILE)
    write = tasks.refuse_if_moved

    def meanwhile(made, rows):
        write(made, rows)
        EmployerFactory(provider=cast.provider, name="Harbour")

    monkeypatch.setattr(tasks, "refuse_if_moved", meanwhile)
    made = apply(cast, made)
    assert (made.status, made.problem) == ("stopped", tasks.CLASH)
    assert nothing_of_it()


def test_a_file_with_a_wrong_row_or_nothing_new_is_refused(cast):
    made = looked_at(cast, "employers", csv_file(["Employer name", "ERN"], ["Hartley", "1"]))
    with pytest.raises(Refused, match="One row is wrong"):
        made.apply(by=cast.coordinator)
    applied(cast, "employers", FILE)
    with pytest.raises(Refused, match="There is nothing to apply"):
        looked_at(cast, "employers", FILE).apply(by=cast.coordinator)


def test_a_task_that_runs_twice_does_nothing_the_second_time_and_the_history_tells_the_first(cast):
    made = applied(cast, "employers", FILE)
    tasks.apply.call(made.pk)
    tasks.read.call(made.pk)
    assert Import.objects.get(pk=made.pk).status == "applied"
    assert Employer.objects.filter(name="Hartley").count() == 1
    assert [str(event) for event in Event.objects.about(made)] == [
        "The portal applied the file: 2 new",
        "Coordinator Reed asked to apply the file",
        "The portal read 2 rows: 2 new",
        "Coordinator Reed uploaded the file",
    ]


def test_files_and_rows_are_forgotten_after_a_week(cast):
    done, left = applied(cast, "employers", FILE), looked_at(cast, "employers", FILE)
    clock.forget_files(timezone.now() + timedelta(days=6))
    assert ImportRow.objects.count() == 4
    clock.forget_files(timezone.now() + timedelta(days=8))
    clock.forget_files(timezone.now() + timedelta(days=8))
    done.refresh_from_db()
    left.refresh_from_db()
    assert (done.status, left.status) == ("applied", "discarded")
    assert (ImportRow.objects.count(), ImportFile.objects.count()) == (0, 0)
    assert Employer.objects.filter(name="Hartley").exists()


def test_an_import_whose_worker_died_says_so_and_can_go_on(cast):
    made = Import.start(cast.provider, "employers", "employers.csv", FILE, by=cast.coordinator)
    clock.stop_what_hangs(timezone.now() + timedelta(minutes=30))
    assert Import.objects.get(pk=made.pk).status == "reading"
    clock.stop_what_hangs(timezone.now() + timedelta(hours=2))
    made.refresh_from_db()
    assert (made.status, made.problem) == ("stopped", "The work was interrupted.")
    made.read_again(by=cast.coordinator)
    tasks.read.call(made.pk)
    assert [state for _, state, _ in preview(made)] == ["new", "new"]


def test_a_stranger_cannot_move_an_import(cast):
    made = looked_at(cast, "employers", FILE)
    for user in (cast.tutor, cast.other_coordinator, cast.student):
        with pytest.raises(PermissionDenied):
            made.apply(by=user)


def test_the_database_refuses_half_an_import(cast):
    made = Import.start(cast.provider, "employers", "employers.csv", FILE, by=cast.coordinator)
    for half in ({"status": "applied"}, {"status": "stopped"}, {"applied_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Import.objects.filter(pk=made.pk).update(**half)


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_by_others_while_it_goes_on(monkeypatch):
    cast = make_cast()
    monkeypatch.setattr(progress, "EVERY", 0)
    seen = []
    write = progress.Progress.say

    def look(self):
        write(self)
        seen.append((Import.objects.get().status, Import.objects.get().percent, connection.in_atomic_block))

    monkeypatch.setattr(progress.Progress, "say", look)
    made = looked_at(cast, "employers", FILE)
    assert seen == [("reading", percent, False) for percent in (25, 50, 75, 99)]
    seen.clear()
    apply(cast, made)
    assert [status for status, _, _ in seen] == ["applying"] * len(seen)
    percents = [percent for _, percent, _ in seen]
    assert percents == sorted(percents)
    assert connection.vendor == "sqlite" or percents[-1] == 99


def test_on_sqlite_time_tells_how_far_the_writing_is():
    made = Import(status=Import.Status.APPLYING, steps=6, done=2, read_seconds=3)
    for seconds, percent in ((0, 33), (5, 50), (9, 90), (90, 95)):
        made.begun_at = timezone.now() - timedelta(seconds=seconds)
        assert made.percent == (percent if connection.vendor == "sqlite" else 33)
    made.steps = 0
    assert made.percent == 0


@pytest.mark.django_db(transaction=True)
def test_a_cancelled_import_stops_its_worker(monkeypatch):
    cast = make_cast()
    monkeypatch.setattr(progress, "EVERY", 0)
    made = Import.start(cast.provider, "employers", "employers.csv", FILE, by=cast.coordinator)
    plan = tasks.IMPORTERS["employers"].plan

    def cancel_first(self, rows, step):
        Import.objects.get(pk=made.pk).discard(by=cast.coordinator)
        plan(self, rows, step)

    monkeypatch.setattr(tasks.IMPORTERS["employers"], "plan", cancel_first)
    tasks.read.call(made.pk)
    assert Import.objects.get().status == "discarded"
    assert ImportRow.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql  # the tests' SQLite lives in memory, where threads share one connection's locks
def test_two_workers_at_the_same_moment_write_it_once():
    cast = make_cast()
    both = [looked_at(cast, "employers", FILE) for _ in range(2)]
    for made in both:
        made.apply(by=cast.coordinator)
    start = Barrier(2)

    def work(made):
        try:
            start.wait()
            tasks.apply.call(made.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, both))
    assert sorted(Import.objects.values_list("status", flat=True)) == ["applied", "stopped"]
    assert Employer.objects.filter(name__in=["Hartley", "Harbour"]).count() == 2
    assert User.objects.filter(email="priya@hartley.example").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_the_same_import_applied_by_two_workers_is_written_once():
    cast = make_cast()
    made = looked_at(cast, "employers", FILE)
    first, second = Import.objects.get(), Import.objects.get()
    first.apply(by=cast.coordinator)
    with pytest.raises(SomebodyWasQuicker):
        second.apply(by=cast.coordinator)
    start = Barrier(2)

    def work(pk):
        try:
            start.wait()
            tasks.apply.call(pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, [made.pk] * 2))
    assert Employer.objects.filter(name__in=["Hartley", "Harbour"]).count() == 2
