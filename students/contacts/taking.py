"""What a student takes along of the people whom they met."""

from portal.taking import PRIVATE, Choice, Part, listing, table, takes
from students.contacts.models import Contact

CONTACTS = "contacts"


@takes(
    85,
    "Contacts",
    choices=[Choice(CONTACTS, "The people I met", "Names, e-mail addresses and telephone numbers of others.", True)],
    needs=CONTACTS,
)
def contacts(student, user, wanted):
    rows = list(Contact.objects.visible_to(user).filter(student=student).kept())
    if not rows:
        return None
    notes = {"Notes": "notes"} if PRIVATE.name in wanted else {}
    shown = table("contacts", rows, Name="name", What_they_do="job", How_we_met="met", E_mail="email", Phone="phone")
    everything = table(
        "contacts",
        rows,
        Name="name",
        Role="role",
        Organisation="organisation",
        How_we_met="met",
        E_mail="email",
        Phone="phone",
        Staying_in_touch="get_touch_display",
        Added="added_at",
        **notes,
    )
    return Part(sheets=[listing("Contacts", shown)], tables=[everything])
