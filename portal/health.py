"""GET /health/: whether this process can do its work, for monitors, load balancers and containers."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse

PATH = "/health/"
SEEN = "worker-seen"


class HealthMiddleware:
    """Answers at PATH whoever asks, by whatever name: those who watch over machines know them by number.

    It stands before all that looks at the name (ALLOWED_HOSTS), which stays as strict as it is for every other page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return health() if request.path_info == PATH else self.get_response(request)


def health() -> JsonResponse:
    """200 when the database answers and all migrations are applied, else 503 saying which.

    It tells as well whether a worker has been at work within five minutes. Pages do without one, so that is no fault of
    this process; but nothing is mailed meanwhile.
    """
    found = {"database": "ok", "migrations": "ok"}
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            found["migrations"] = "not all applied"
    except DatabaseError:
        found = {"database": "no answer", "migrations": "unknown"}
    healthy = set(found.values()) == {"ok"}
    told = {"status": "ok" if healthy else "failing"} | found | ({"worker": worker()} if healthy else {})
    return JsonResponse(told, status=200 if healthy else 503)


def worker() -> str:
    """Whether any worker, on whatever machine, has looked at the clock lately."""
    return "ok" if cache.get(SEEN) else "not seen for five minutes"


def worker_is_there():
    """What a worker says each minute."""
    cache.set(SEEN, True, timeout=5 * 60)
