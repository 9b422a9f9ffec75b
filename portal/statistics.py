"""What a database knows about the sizes of its tables, by which it chooses the way to an answer."""

from django.db import connection


def refresh_statistics():
    """Have the database count afresh (0.1 s however large it is). Needed after many rows came at once.

    PostgreSQL does so by itself after a while; SQLite never does, and without it reads whole tables for one student.
    """
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("ANALYZE")
            return
        cursor.execute("PRAGMA analysis_limit = 1000")
        cursor.execute("ANALYZE")
        # A table without rows is not counted, and then taken for a very large one that is best left for last.
        cursor.execute(
            "INSERT INTO sqlite_stat1 (tbl, stat) SELECT name, '1' FROM sqlite_master"
            " WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT IN (SELECT tbl FROM sqlite_stat1)"
        )
        cursor.execute("ANALYZE sqlite_master")
