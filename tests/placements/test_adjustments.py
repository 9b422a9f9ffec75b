"""What the line manager is told of what helps: written, released by the student to one person, read, taken back."""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from time_machine import travel

from placements.approvals.approvers import name_approver
from placements.models import Placement
from placements.setup import adjustments
from placements.setup.models import SharedAdjustment
from placements.setup.showing import adjustments as room
from placements.setup.showing import to_decide
from placements.setup.starting import adjustments_to_share
from placements.setup.views.adjusting import AdjustmentForm, words_of_need
from placements.starting import tasks_of
from portal.asks.models import Ask
from portal.history.models import Event, Look
from portal.notices.models import Notice
from portal.rooms import filled_in
from portal.workflow import Refused
from tests.conftest import TODAY, make_cast, signed_in
from tests.factories import LineManagerFactory, PlacementFactory
from tests.pages import said
from tests.poured import scene
from tests.students.access_support import need_of

pytestmark = pytest.mark.django_db
WORDS = "A short break every two hours"
NOTHING = "Nothing is shared with you"


@scene
@travel(TODAY, tick=False)
def told_the_manager():
    """The cast, and words of the tutor that the student has released to the line manager."""
    cast = make_cast()
    cast.row = released(cast)
    return cast


@pytest.fixture
def cast(request, db):
    return told_the_manager() if "row" in request.fixturenames else make_cast()


@pytest.fixture
def row(cast):
    """What the line manager can read."""
    return cast.row


def path_of(cast) -> str:
    return f"/placements/{cast.placement.pk}/adjustments/"


def page_of(user, path: str) -> str:
    return signed_in(user).get(path).content.decode()


def written(cast, by: str = "tutor", words: str = WORDS) -> SharedAdjustment:
    return adjustments.write_adjustment(cast.placement, words, by=getattr(cast, by))


def released(cast, by: str = "tutor", **more) -> SharedAdjustment:
    return adjustments.release(written(cast, by), by=cast.student, **more)


def entries(cast, relation: str) -> list:
    """What this room shows on the page of the placement."""
    return filled_in(cast.placement, [room(cast.placement, {relation})])


def asked_to_decide(cast, placement) -> list:
    """The steps of the student's home."""
    return filled_in(cast.student_record, to_decide(cast.student_record, [placement], None))


def fresh(row) -> SharedAdjustment:
    return SharedAdjustment.objects.select_related("placement").get(pk=row.pk)


def post(user, row, act: str, **data):
    return signed_in(user).post(f"/adjustments/{row.pk}/{act}/", data)


def told(user, row, act: str, **data) -> list[str]:
    """What the page after an act says came of it."""
    return said(post(user, row, act, **data))


def stands_on_their_pages(cast) -> bool:
    """Whether the line manager finds the words on their page and on the briefing card."""
    pages = [page_of(cast.manager, path) for path in (path_of(cast), f"/placements/{cast.placement.pk}/briefing/")]
    found = {WORDS in page for page in pages}
    assert len(found) == 1
    return found.pop()


def read_at_work(cast) -> str | None:
    """The words that both of these pages give to the line manager."""
    row = adjustments.read_at_work(cast.placement, cast.manager)
    return row and row.words


def another_manager(cast):
    return LineManagerFactory(employer=cast.employer).user


# --- written and released ---


def test_the_manager_reads_nothing_before_the_student_releases_it(cast):
    row = written(cast, "tutor")
    assert not stands_on_their_pages(cast)
    notice = Notice.objects.get(kind="placement_adjustment")
    assert (notice.to, notice.subject) == (cast.student, "Something about your placement to decide")
    with pytest.raises(Refused, match="Only the student can release this"):
        adjustments.release(row, by=cast.tutor)
    adjustments.release(row, by=cast.student)
    assert fresh(row).sentence.startswith("Released to Manager Reed at Employer on ")
    assert (fresh(row).released_by, fresh(row).to, fresh(row).with_office) == (cast.student, cast.manager, False)
    assert stands_on_their_pages(cast)


def test_the_students_own_words_go_out_only_after_they_were_read_once_more(cast):
    client = signed_in(cast.student)
    page = client.post(path_of(cast), {"words": WORDS}, follow=True).content.decode()
    for words in ("Exactly these words, and nothing else", WORDS, "<strong>Manager Reed</strong> at Employer"):
        assert words in page
    assert not read_at_work(cast)
    assert not Notice.objects.exists()
    row = SharedAdjustment.objects.get()
    response = client.post(f"/adjustments/{row.pk}/release/")
    assert said(response) == ["Released: Manager Reed can read it from now on."]
    assert read_at_work(cast) == WORDS
    assert client.get(f"/adjustments/{row.pk}/release/").url == path_of(cast)


def test_pressing_twice_is_harmless(cast):
    row = written(cast, "student")
    assert written(cast, "student") == row
    over = "This is released already, or other words have taken its place"
    adjustments.release(row, by=cast.student)
    with pytest.raises(Refused, match=over):
        adjustments.release(row, by=cast.student)
    adjustments.take_back(fresh(row), by=cast.student)
    with pytest.raises(Refused, match="This is taken back already"):
        adjustments.take_back(fresh(row), by=cast.student)
    with pytest.raises(Refused, match=over):
        adjustments.release(row, by=cast.student)
    assert not read_at_work(cast)
    assert SharedAdjustment.objects.count() == 1


def test_what_helps_is_a_beginning_for_the_words(cast):
    need, other = need_of(cast), need_of(cast, helps="")
    form = signed_in(cast.student).get(f"{path_of(cast)}?need={need.pk}").context["form"]
    assert form.initial["words"] == "Tell me the day before"
    for pk in (str(other.pk), "9" * 30, "x"):
        assert words_of_need(SimpleNamespace(GET={"need": pk}, user=cast.student)) == "", pk
    assert words_of_need(SimpleNamespace(GET={"need": str(need.pk)}, user=cast.tutor)) == ""  # a draft of the student's


def test_words_that_cannot_be_kept_are_refused(cast):
    for words in ("", "x" * 1001, "a\0b"):
        assert list(AdjustmentForm({"words": words}).errors) == ["words"]
    assert signed_in(cast.student).post(path_of(cast), {"words": "a\0b"}).status_code == 422
    assert not SharedAdjustment.objects.exists()


def test_other_words_want_another_release(cast, row):
    signed_in(cast.tutor).post(path_of(cast), {"words": "Other words"})
    assert read_at_work(cast) == WORDS
    with pytest.raises(Refused, match="These are the words that are there already"):
        written(cast, "tutor", "Other words")


def test_the_released_words_hold_until_the_new_ones_are_released(cast, row, client):
    link = Ask.objects.about(row).get().path()
    new = written(cast, "tutor", "Other words")
    assert read_at_work(cast) == WORDS
    page = page_of(cast.student, path_of(cast))
    for says in (WORDS, "Other words", "Until you release these, Manager Reed reads the words above."):
        assert says in page
    assert "Until Student releases these" in page_of(cast.tutor, path_of(cast))
    [entry] = entries(cast, "student")
    assert entry.says == "Shared with the employer"
    told = signed_in(cast.student).get("/support/").context["told"]
    assert [row.words for row in told] == [WORDS]
    page = page_of(cast.student, f"/adjustments/{new.pk}/release/")
    assert f"These words take the place of those that were released before: “{WORDS}”" in page
    adjustments.release(new, by=cast.student)
    assert read_at_work(cast) == "Other words"
    assert client.get(link).status_code == 410
    assert ", until " in fresh(row).sentence
    assert SharedAdjustment.objects.open().get() == new


def test_the_students_own_new_words_wait_likewise_and_are_not_the_tutors_to_read(cast, row):
    new = written(cast, "student", "Other words")
    assert read_at_work(cast) == WORDS
    page = page_of(cast.student, path_of(cast))
    assert "Until you release these, Manager Reed reads the words above." in page
    page = page_of(cast.tutor, path_of(cast))
    assert WORDS in page
    assert "Until Student releases these" not in page
    adjustments.release(new, by=cast.student)
    assert read_at_work(cast) == "Other words"
    assert ", until " in fresh(row).sentence
    assert SharedAdjustment.objects.open().get() == new


def test_new_words_that_are_not_released_can_be_taken_out_and_the_old_ones_stay(cast, row):
    new = written(cast, "tutor", "Other words")
    third = written(cast, "tutor", "Better words")  # takes the place of those that wait
    assert (fresh(new).taken_back_at is None, SharedAdjustment.objects.open().count()) == (False, 2)
    assert told(cast.student, third, "take-back") == ["Taken out."]
    assert "New words, not released yet" not in page_of(cast.student, path_of(cast))
    assert read_at_work(cast) == WORDS


def test_a_new_line_manager_and_new_words_are_one_decision(cast, row):
    new = written(cast, "tutor", "Other words")
    name_approver(cast.placement, another_manager(cast), by=cast.tutor)
    cast.placement.refresh_from_db()
    says = [step.says for step in asked_to_decide(cast, cast.placement)]
    assert len(says) == 1
    adjustments.release(new, by=cast.student)
    assert fresh(row).taken_back_at is not None
    assert not asked_to_decide(cast, cast.placement)


def test_without_a_line_manager_nothing_is_released(cast):
    Placement.objects.filter(pk=cast.placement.pk).update(manager=None)
    cast.placement.refresh_from_db()
    row = written(cast, "student")
    page = page_of(cast.student, f"/adjustments/{row.pk}/release/")
    assert "There is no line manager yet. You can release it once there is one." in page
    with pytest.raises(Refused, match="There is no line manager yet"):
        adjustments.release(row, by=cast.student)
    assert fresh(row).released_at is None


# --- taken back, and who comes after ---


def test_taken_back_it_is_gone_from_every_page_and_the_link_ends(cast, row, client):
    link = Ask.objects.about(row).get().path()
    assert "What was read or printed cannot be unread." in told(cast.student, row, "take-back")[0]
    assert WORDS in page_of(cast.student, path_of(cast))  # under Earlier
    assert not stands_on_their_pages(cast)
    assert client.get(link).status_code == 410
    assert signed_in(cast.manager).get(f"/asks/{Ask.objects.get().pk}/").status_code == 410
    assert ", until " in fresh(row).sentence
    assert WORDS not in page_of(cast.tutor, path_of(cast))


def test_a_new_line_manager_inherits_nothing_and_the_student_is_asked(cast, row, client):
    link, new = Ask.objects.about(row).get().path(), another_manager(cast)
    name_approver(cast.placement, new, by=cast.tutor)
    cast.placement.refresh_from_db()
    for user in (cast.manager, new):
        assert adjustments.read_at_work(cast.placement, user) is None
    page = page_of(new, path_of(cast))
    assert (NOTHING in page, WORDS in page) == (True, False)
    assert client.get(link).status_code == 410
    assert not Ask.objects.filter(to=new, kind="adjustment").exists()
    says = [step.says for step in asked_to_decide(cast, cast.placement)]
    assert says == ["You have another line manager: decide whether they may be told what helps you"]
    assert "They are not the line manager now" in page_of(cast.student, path_of(cast))
    adjustments.release(row, by=cast.student)
    again = SharedAdjustment.objects.open().get()
    assert (again.to, again.words, fresh(row).taken_back_at is None) == (new, WORDS, False)
    assert adjustments.read_at_work(cast.placement, new) == again
    assert not asked_to_decide(cast, fresh(again).placement)


def test_when_the_placement_ends_nobody_at_work_reads_it(cast, row):
    Placement.objects.get(pk=cast.placement.pk).end(by=cast.tutor, reason="Moved away")
    assert Ask.objects.about(row).get().withdrawn_at is not None  # no reminder goes out either
    assert not read_at_work(cast)
    assert "The placement has ended, so nobody at the employer can read it" in fresh(row).sentence
    adjustments.take_back(row, by=cast.student)
    late = written(cast, "student", "Something else")
    assert "This placement has ended." in page_of(cast.student, f"/adjustments/{late.pk}/release/")


def test_staff_take_out_what_they_may_read(cast, row):
    assert post(cast.coordinator, row, "take-back").status_code == 404
    assert post(cast.manager, row, "take-back").status_code == 403
    post(cast.tutor, row, "take-back")
    assert fresh(row).taken_back_by == cast.tutor
    for_both = released(cast, with_office=True)
    post(cast.coordinator, for_both, "take-back")
    assert fresh(for_both).taken_back_by == cast.coordinator


# --- the mail and its link ---


def test_the_mail_says_neither_what_nor_whose_and_the_link_opens_the_words(cast, row, client):
    notice = Notice.objects.get(kind="ask_adjustment")
    assert (notice.to, notice.subject) == (cast.manager, "Something for you to read in the portal")
    for secret in (WORDS, "Student Reed", "adjustment", "help"):
        assert secret not in notice.subject + notice.text.partition("/q/")[0]
    link = Ask.objects.get().path()
    page = client.get(link).content.decode()
    assert WORDS in page
    assert "Student released these words to you on" in page
    assert client.post(link).status_code == 302
    assert Ask.objects.get().is_answered
    assert client.get(f"{link}more/").status_code == 404


def test_of_what_a_student_wrote_and_did_not_release_the_page_of_the_placement_tells_staff_nothing(cast):
    written(cast, by="student")
    found = {role: [entry.says for entry in entries(cast, role)] for role in ("student", "tutor", "coordinator")}
    assert found == {"student": ["Not released yet"], "tutor": ["Nothing shared"], "coordinator": ["Nothing shared"]}


def test_the_line_manager_reads_it_signed_in(cast, row):
    ask = Ask.objects.get()
    assert [entry.says for entry in entries(cast, "manager")] == ["To be read"]
    manager = signed_in(cast.manager)
    assert WORDS in manager.get(f"/asks/{ask.pk}/").content.decode()
    assert not Ask.objects.visible_to(cast.manager2).exists()
    assert said(manager.post(path_of(cast))) == ["Thank you. Student can see that you have read it."]
    assert Ask.objects.get().is_answered
    adjustments.mark_read(row, by=cast.manager)  # pressed twice
    assert [event.says for event in Event.objects.about(row)].count("read it") == 1
    adjustments.take_back(row, by=cast.student)
    assert manager.post(path_of(cast)).status_code == 403
    assert entries(cast, "manager") == []


# --- who looked ---


def test_every_look_is_written_down_for_the_student(cast, client, time_machine):
    time_machine.move_to("2026-03-18 09:00Z")
    released(cast)
    client.get(Ask.objects.get().path())
    page_of(cast.tutor, path_of(cast))
    page_of(cast.coordinator, path_of(cast))
    page = page_of(cast.student, path_of(cast))
    assert list(Look.objects.order_by("pk").values_list("by_name", flat=True)) == [
        "Manager Reed (by the link in a mail)", "Tutor Reed",
    ]  # fmt: skip
    assert "Manager Reed (by the link in a mail), 18 March 2026 at 09:00" in page
    time_machine.move_to("2026-03-18 10:30Z")
    page_of(cast.manager, f"/placements/{cast.placement.pk}/briefing/")
    assert Look.objects.filter(by_name="Manager Reed").count() == 1


def test_words_that_nobody_read_at_work_leave_no_look(cast):
    written(cast)
    for who in (cast.tutor, cast.manager, cast.coordinator):
        assert adjustments.read_at_work(cast.placement, who) is None
    page_of(cast.tutor, path_of(cast))
    assert not Look.objects.exists()


# --- the placement office ---


def test_the_office_sees_that_something_is_released_and_reads_it_only_if_let_in(cast, row):
    coordinator = signed_in(cast.coordinator)
    page = coordinator.get(path_of(cast)).content.decode()
    assert "Student has not let you read the words." in page
    assert WORDS not in page
    response = coordinator.post(path_of(cast), {"words": "Others"})
    assert "so you cannot put others in their place" in said(response)[0]
    assert fresh(row).is_at_work
    assert WORDS not in page_of(cast.coordinator, f"/placements/{cast.placement.pk}/briefing/")
    assert post(cast.tutor, row, "office", with_office="yes").status_code == 403
    post(cast.student, row, "office", with_office="yes")
    assert WORDS in page_of(cast.coordinator, path_of(cast))
    assert WORDS in page_of(cast.coordinator, f"/placements/{cast.placement.pk}/briefing/")
    adjustments.let_office_read(row, by=cast.student, with_office=False)
    assert adjustments.read_at_work(cast.placement, cast.coordinator) is None
    adjustments.take_back(row, by=cast.student)
    with pytest.raises(Refused, match="This is not released now"):
        adjustments.let_office_read(row, by=cast.student, with_office=True)


def test_released_to_both_at_once(cast):
    row = written(cast, "student")
    post(cast.student, row, "release", with_office="on")
    assert fresh(row).with_office
    assert adjustments.read_at_work(cast.placement, cast.coordinator) == row


# --- where it shows itself ---


def test_the_path_says_when_something_waits_for_the_student(cast):
    def task():
        placement = Placement.objects.with_people().get(pk=cast.placement.pk)
        return adjustments_to_share([placement])[placement.pk]

    written(cast, "student")
    on_the_path = tasks_of([cast.placement], with_advice=True)[cast.placement.pk]
    assert [(one.required, one.says) for one in on_the_path if one.title == "Adjustments to share"] == [
        (False, task().says)
    ]
    assert task().says == "Nothing is shared with the employer. Student decides whether anything should be."
    row = written(cast, words="Other words")
    assert task().says.startswith("Written down, and not released to the line manager of now.")
    assert not task().done
    adjustments.release(row, by=cast.student)
    assert (task().says, task().done) == ("Student has released what the employer should know.", True)


def test_the_students_home_asks_only_about_what_others_wrote(cast):
    written(cast, "student")
    assert not asked_to_decide(cast, cast.placement)
    written(cast, words="Other words")
    [step] = asked_to_decide(cast, cast.placement)
    assert step.says == "Decide whether your employer may be told what helps you"


def test_the_students_page_says_what_each_employer_can_read(cast, row):
    PlacementFactory(student=cast.student_record, employer=cast.employer2, manager=cast.manager2)
    told = signed_in(cast.student).get("/support/").context["told"]
    assert {(row.employer, row.words) for row in told} == {("Employer", WORDS), ("Employer2", "")}
    told = signed_in(cast.coordinator).get(f"/students/{cast.student_record.pk}/support/").context["told"]
    assert {row.words for row in told} == {""}


def test_the_page_of_another_need_says_which_words_the_employer_reads(cast, row):
    need = need_of(cast)
    page = page_of(cast.student, f"/support/{need.pk}/")
    assert f"Other words, which you chose for them:</p><blockquote>{WORDS}</blockquote>" in page
    assert page.index("Nothing of the above.") < page.index(WORDS) < page.index("Released to Manager Reed at")


@pytest.mark.database
@pytest.mark.parametrize("wrong", [{"with_office": True}, {"to_id": 1}])
def test_nobody_reads_what_is_not_released(cast, wrong):
    row = written(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        SharedAdjustment.objects.filter(pk=row.pk).update(**wrong)


@pytest.mark.parametrize(
    ("number", "readers"),
    [
        (1, {"student": 6, "tutor": 7}),
        (3, {"student": 6, "tutor": 7, "coordinator": 4, "manager": 6}),
    ],
)
def test_the_page_takes_few_queries(cast, number, readers, django_assert_num_queries):
    for n in range(number):
        row = written(cast, words=f"Words {n}")
    adjustments.release(row, by=cast.student)
    for who, queries in readers.items():
        client = signed_in(getattr(cast, who))
        with django_assert_num_queries(queries):
            client.get(path_of(cast))
