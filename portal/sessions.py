"""Sessions in the database, as Django keeps them; they are fetched for every page, by a query that is written once."""

from django.contrib.sessions.backends import db
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from portal.prepared import Later, prepared


class SessionStore(db.SessionStore):
    """Django's store of sessions."""

    def load(self) -> dict:
        """What the session holds; nothing, and no key any more, where it is over or was never there."""
        for (data,) in going_on().asked(key=self.session_key, now=timezone.now()):
            return self.decode(data)
        self._session_key = None
        return {}


@prepared
def going_on():
    """The session with a key, if it has not ended."""
    rows = SessionStore.get_model_class().objects.filter(
        session_key=Later("key", CharField()), expire_date__gt=Later("now", DateTimeField())
    )
    return rows.values_list("session_data")
