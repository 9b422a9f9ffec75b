"""The people whom a file names by e-mail address, and what an import may do to them.

Somebody unknown is created; nobody is invited by that. Somebody known elsewhere gets a further role here if the file
names them rightly: their name is neither shown nor overwritten (the rule of portal.people.joining, for thousands).
"""

from django.db.models.functions import Lower

from portal.imports.drafts import Draft
from portal.imports.rows import Row
from portal.people.joining import called, why_not_given
from portal.people.models import Membership, Role, User

NAMES = ("first_name", "last_name")


class People:
    def __init__(self, importer):
        self.provider = importer.provider
        self.drafts = importer.drafts
        self.fetch = importer.fetch
        self.by_email = {}

    def look_up(self, emails):
        """Fetch everybody with one of these addresses, and their roles."""
        rows = User.objects.alias(address=Lower("email")).prefetch_related("memberships")
        self.by_email |= {user.email.lower(): user for user in self.fetch(rows, "address", emails)}

    def roles_here(self, user: User) -> set[str]:
        return {desk.role for desk in user.memberships.all() if desk.provider_id == self.provider.pk}

    def is_known_elsewhere(self, user: User) -> bool:
        return user.is_staff or any(desk.provider_id != self.provider.pk for desk in user.memberships.all())

    def why_not(self, user: User, role: Role, row: Row, columns: dict) -> str:
        """Why somebody who is here or elsewhere does not get this role by the file. Who has it may get another name."""
        is_called_so = all(
            not row.has(cell) or getattr(user, field).casefold() == row[cell].casefold()
            for field, cell in columns.items()
            if field in NAMES
        )
        return why_not_given(user, self.roles_here(user), role, is_called_so)

    def stage(self, row: Row, role: Role, column: str, **columns: str) -> Draft:
        """The person whose address stands under `column`, with a role here; field=column for their other details."""
        email = row[column]
        person = self.drafts.stage(row, User, email, self.by_email.get(email), email=email)
        person.noun = "person"
        user = person.thing
        if person.is_new:
            person.added = ""
            person.fill(row, **columns)
        elif reason := self.why_not(user, role, row, columns):
            row.wrong(column, reason)
        elif self.roles_here(user):
            if not self.is_known_elsewhere(user):
                person.fill(row, **columns)
            elif any(row.has(cell) and getattr(user, field) != row[cell] for field, cell in columns.items()):
                row.notes.append(f"{user.name} looks after their own details: name and phone number stay as they are.")
        if person.is_new or role not in self.roles_here(user):
            desk = self.drafts.stage(row, Membership, (email, role), user=user, provider=self.provider, role=role)
            desk.added = f"gave {user.name} the role of {called(role)}"
        return person
