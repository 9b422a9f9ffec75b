"""Who hears of what: the contact by a link that opens all applicants, students and tutors of what moved.

The contact has a mail when a first application waits. After that at most one a day says what is new, and one every
three days that somebody still waits (see clock.py): never one for each click.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, Subquery
from django.utils import timezone

from employers.opportunities.models import Opportunity
from placements.finding.models import Application
from portal.asks import asking
from portal.asks.models import Ask
from portal.notices import mail
from portal.notices.models import Notice
from portal.workflow import Refused

APPLICATIONS, FEEDBACK = "applications", "interview_feedback"
MAILS = {APPLICATIONS: "ask_applications", FEEDBACK: "ask_interview_feedback"}
DAYS_BETWEEN = 3

STUDENT_NEWS = {
    "invite": "You are invited to an interview",
    "call_off": "The interview was called off; your application stays on the shortlist",
    "offer": "You are offered the place. Say yes or no in the portal",
    "take_offer_back": "The offer was taken back; your application stays on the shortlist",
    "turn_down": "It did not come to a place this time",
    "take_up_again": "The employer looks at your application again",
}
MANAGER_NEWS = {
    "accept": "has accepted the place",
    "decline": "has declined the offer",
    "withdraw": "has withdrawn the application, so the interview does not take place",
    "fall_through": "does not take up the place after all: the college has removed the planned placement",
}
STAFF_NEWS = {
    "agree": "has agreed to being put forward, and the application is with the employer",
    "withdraw": "said no to being put forward",
    "accept": "has accepted a place, and the placement is planned",
}


def tell_student(application: Application, verb: str):
    mail.send(
        "application_news",
        to=application.student.user,
        about=application,
        context=context_of(application) | {"news": STUDENT_NEWS[verb], "verb": verb},
    )


def tell_manager(application: Application, verb: str):
    manager = application.opportunity.manager
    if manager is not None and manager.is_active:
        context = context_of(application) | {"news": MANAGER_NEWS[verb], "link": link_of(application)}
        mail.send("applicant_news", to=manager, about=application, context=context)


def tell_staff(application: Application, verb: str, to):
    context = context_of(application) | {"news": STAFF_NEWS[verb]}
    mail.send("application_told", to=to, about=application, context=context)


def tell_put_forward(application: Application):
    context = context_of(application)
    mail.send("application_put_forward", to=application.student.user, about=application, context=context)


def context_of(application: Application) -> dict:
    address = mail.absolute(application.get_absolute_url())
    return {"application": application, "opportunity": application.opportunity, "address": address}


def link_of(application: Application) -> str:
    """The page of all applicants, by the newest link that the contact has."""
    sent = asks_about(application.opportunity).filter(to=application.opportunity.manager, withdrawn_at=None)
    found = sent.select_related("to").first()
    return mail.absolute(found.path()) if found and found.is_alive() else ""


def asks_about(opportunity: Opportunity):
    return Ask.objects.about(opportunity).filter(kind=APPLICATIONS)


# --- The link to all applicants -------------------------------------------------------------------------------------


def ask_for_decisions(opportunity: Opportunity, *, by):
    """Mail the contact the link, unless one is open already: then the daily mail will tell."""
    manager = opportunity.manager
    if manager is not None and manager.is_active and not asks_about(opportunity).open().exists():
        asking.ask(APPLICATIONS, opportunity, provider=opportunity.provider, by=by, to=manager)


def settle(opportunity: Opportunity, *, by):
    """Close what the contact was asked once nobody waits for them any more."""
    if Application.objects.filter(opportunity=opportunity).undecided().exists():
        return
    for found in asks_about(opportunity).open():
        if by is not None and by.pk == opportunity.manager_id:
            asking.answered(found)
        else:
            asking.withdraw(found, opportunity, by=None)


def due_for_digest(now):
    """Opportunities whose contact has something to decide that is new since the last mail, or three days old."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    applications = Application.objects.filter(opportunity=OuterRef("pk"))
    fresh = applications.filter(status="applied", applied_at__gt=OuterRef("last"))
    over = applications.filter(status="interview", interview_at__gt=OuterRef("last"), interview_at__lte=now)
    mailed = Notice.objects.filter(kind=MAILS[APPLICATIONS], about="opportunities.opportunity", about_id=OuterRef("pk"))
    last = mailed.order_by().values("about_id").annotate(at=Max("created_at")).values("at")
    return (
        Opportunity.objects.filter(Exists(applications.to_decide(now)), manager__is_active=True)
        .annotate(last=Subquery(last))
        .filter(
            Q(last=None)
            | Q(last__lt=midnight - timedelta(days=DAYS_BETWEEN - 1))
            | Q(Exists(fresh) | Exists(over), last__lt=midnight)
        )
    )


@transaction.atomic
def mail_digest(pk: int, now):
    """The daily mail about one opportunity, if it is still due."""
    Opportunity.objects.select_for_update(of=("self",)).get(pk=pk)
    opportunity = due_for_digest(now).filter(pk=pk).with_people().first()
    if opportunity is None:
        return
    found = asks_about(opportunity).open().filter(to=opportunity.manager).first()
    if found is None:
        ask_for_decisions(opportunity, by=None)
    else:
        asking.ask_again(found, opportunity, by=None)


# --- Feedback -------------------------------------------------------------------------------------------------------


def ask_for_feedback(application: Application, *, by):
    """Ask the contact for feedback by a link. Raises Refused with the reason where there is nobody, or no use in it."""
    manager = application.opportunity.manager
    if manager is None or not manager.is_active:
        raise Refused("There is nobody at the employer to ask by mail.")
    if not application.was_interviewed():
        raise Refused("There was no interview so far.")
    if application.feedback.filter(source="given").exists():
        raise Refused("The employer has given feedback already.")
    asking.ask(FEEDBACK, application, provider=application.opportunity.provider, by=by, to=manager)


def feedback_is_there(application: Application):
    """Close what was asked: the feedback is kept."""
    for found in Ask.objects.about(application).open().filter(kind=FEEDBACK):
        asking.answered(found)
