"""What a database knows about the sizes of its tables, by which it chooses the way to an answer."""

from django.db import connection


def refresh_statistics():
    """Have the database count afresh (0.1 s however large it is). Needed after many rows came at once.

    PostgreSQL does so by itself after a while; SQLite never does, and without it reads whole tables for one student.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 1000")
        cursor.execute("ANALYZE")
