"""Verbs: the only way in which a status changes.

A model that lives through states derives from `Workflow` and names its verbs in the users' words:

    @verb(source=[DRAFT, SENT_BACK], target=HANDED_IN, who={"student"}, says="handed in the week")
    def hand_in(self, *, by): ...

django-fsm-2 holds the table of moves. It is read twice: `moves(user)` draws the buttons, and the verb itself refuses
(PermissionDenied, SomebodyWasQuicker). Each verb is one transaction: the body, one conditional UPDATE, one history row.
"""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.dispatch import Signal
from django_fsm import FSMFieldMixin, has_transition_perm, transition

from portal.history.models import record

# Sent in the transaction of every verb, for what must follow at once: sender=the model, thing, verb='approve', by.
moved = Signal()


class SomebodyWasQuicker(Exception):
    """The record has moved on since it was read. Nothing was written."""

    def __init__(self, thing):
        self.thing = thing
        super().__init__("Somebody was quicker: this has changed since you opened it. Nothing of yours was stored.")


class Refused(Exception):
    """A verb that its rules refuse. `reasons` are sentences for the person who tried."""

    def __init__(self, *reasons: str):
        self.reasons = list(reasons)
        super().__init__(" ".join(reasons))


class StatusField(FSMFieldMixin, models.CharField):
    """The status of a `Workflow`: text to the database, so that migrations do not know django-fsm."""

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class Workflow(models.Model):
    """A record with a status, verbs and a version. `version` grows with every write, so that no write gets lost."""

    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def relations(self, user) -> set[str]:
        """How `user` stands to this record: {'student'}, {'tutor', 'coordinator'}, ... Empty for a stranger."""
        return set()

    def frozen(self) -> str:
        """Why people may move this no more, as a sentence; '' while they may. The clock still does what is due."""
        return ""

    def frozen_as_read(self) -> str:
        """The same for what is drawn: from what was read with the record, so that it takes no query."""
        return ""

    def moves(self, user) -> set[str]:
        """Names of the verbs that `user` may use now; none of a frozen record."""
        if self.frozen_as_read():
            return set()
        return {move.name for move in self.get_available_user_status_transitions(user)}

    def write(self, *, from_status: str):
        """Write all fields if nobody wrote since this was read; raises SomebodyWasQuicker."""
        fields = {
            field.attname: getattr(self, field.attname)
            for field in self._meta.concrete_fields
            if not field.primary_key and not field.generated
        }
        fields["version"] = self.version + 1
        rows = type(self)._base_manager.filter(pk=self.pk, status=from_status, version=self.version)
        if not rows.update(**fields):
            raise SomebodyWasQuicker(self)
        self.version += 1


def verb(*, source, target: str, who: set[str], says: str | None = None):
    """Make a method of a `Workflow` a verb.

    `source` and `target` are statuses, `who` names relations ('clock' stands for the portal itself, by=None).
    `says` continues the person's name in the history; a body that returns a string overrides it.
    The verb takes `by` and, where the caller showed the record to somebody, `seen`: the version that was shown.
    """

    def allowed(thing, user):
        return bool((thing.relations(user) if user else {"clock"}) & who)

    def decorate(body):
        move = transition(field="status", source=source, target=target, permission=allowed)
        do = move(body)

        @wraps(do)
        def run(self, *, by, seen=None, **details):
            if not has_transition_perm(getattr(self, body.__name__), by):
                if allowed(self, by):
                    raise SomebodyWasQuicker(self)
                raise PermissionDenied
            if seen is not None and seen != self.version:
                raise SomebodyWasQuicker(self)
            if by is not None and (why := self.frozen()):
                raise Refused(why)
            from_status = self.status
            try:
                with transaction.atomic():
                    sentence = do(self, by=by, **details)
                    self.write(from_status=from_status)
                    record(self, sentence or says or body.__name__.replace("_", " "), by=by)
                    moved.send(sender=type(self), thing=self, verb=body.__name__, by=by)
            except BaseException:
                self.status = from_status
                raise

        return run

    return decorate
