"""What can be done with an application, in the readers' words: the same table draws the buttons and names the verbs."""

from dataclasses import dataclass

from placements.finding import forms
from placements.finding.models import Application

STUDENT, EMPLOYER, STAFF = "student", "employer", "staff"


@dataclass(frozen=True)
class Act:
    """One thing to do: its address part, the verb of Application, whose it is, and the words on button and page.

    `form` asks for what the verb needs; without one, and unless `asks`, a single press does it.
    """

    slug: str
    verb: str
    side: str
    label: str
    done: str
    words: str = ""
    form: type | None = None
    is_primary: bool = False
    is_risky: bool = False
    asks: bool = False

    @property
    def has_page(self) -> bool:
        return self.form is not None or self.asks


ACTS = [
    Act("accept", "accept", STUDENT, "Accept the place", "The place is yours. Your placement is planned now.",
        is_primary=True, asks=True),
    Act("decline", "decline", STUDENT, "Decline the offer", "You have declined the offer.",
        "The employer is told, and can offer the place to somebody else.", forms.ReasonForm, is_risky=True),
    Act("withdraw", "withdraw", STUDENT, "Withdraw", "Your application is withdrawn.",
        "The employer sees it no more among those who wait. You can apply again while the place is open.",
        forms.ReasonForm, is_risky=True),
    Act("take-back", "take_back", STAFF, "Take it back", "The student is put forward no more."),
    Act("offer", "offer", EMPLOYER, "Offer the place", "The place is offered, and the student has a mail.",
        "The student says yes or no in the portal. The place is kept for them until then.", forms.OfferForm,
        is_primary=True),
    Act("invite", "invite", EMPLOYER, "Invite to an interview", "The student has a mail with the day and time.",
        "The student gets a mail with a calendar entry.", forms.InterviewForm),
    Act("shortlist", "shortlist", EMPLOYER, "Shortlist", "On the shortlist."),
    Act("unlist", "unlist", EMPLOYER, "Take off the shortlist", "Off the shortlist again."),
    Act("call-off", "call_off", EMPLOYER, "Call the interview off", "The interview is called off, the student is told.",
        "The application stays on the shortlist, and another day can be offered.", forms.WordsForm),
    Act("turn-down", "turn_down", EMPLOYER, "Turn down", "The student is told, with your words.",
        "A few honest and kind words help: the student reads them.", forms.NeededWordsForm, is_risky=True),
    Act("take-offer-back", "take_offer_back", EMPLOYER, "Take the offer back", "The offer is taken back.",
        "The student is told, and stays on the shortlist.", forms.NeededWordsForm, is_risky=True),
    Act("take-up-again", "take_up_again", EMPLOYER, "Take up again", "Back on the shortlist, and the student is told."),
]  # fmt: skip
BY_SLUG = {act.slug: act for act in ACTS}
NAMES = {"invite": "Move the interview"}  # where one is arranged already


@dataclass(frozen=True)
class Button:
    """An act as a page offers it: where it leads, and whether a press there is enough."""

    act: Act
    label: str
    url: str


def sides_of(application: Application, user) -> set[str]:
    """Whose acts `user` may see. Staff may record for the employer what was said by phone."""
    relations = application.relations(user)
    found = {STUDENT} if "student" in relations else set()
    found |= {EMPLOYER, STAFF} if relations & {"tutor", "coordinator"} else set()
    return found | ({EMPLOYER} if "manager" in relations else set())


def buttons_of(application: Application, user, url_of, sides: set[str] | None = None) -> list[Button]:
    """The acts that `user` may do now, in order. `url_of(slug)` makes the address."""
    moves, sides = application.moves(user), sides_of(application, user) if sides is None else sides
    found = [act for act in ACTS if act.verb in moves and act.side in sides]
    if application.status == Application.Status.OFFERED:
        found = [act for act in found if act.slug != "withdraw"]
    return [Button(act, label_of(act, application), url_of(act.slug)) for act in found]


def label_of(act: Act, application: Application) -> str:
    if act.slug == "invite" and application.has_interview_ahead():
        return NAMES["invite"]
    if act.slug == "withdraw" and application.applied_at is None:
        return "No, thank you"
    return act.label
