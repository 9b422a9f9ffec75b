"""What migrations load, without the migrations: they take ten seconds, the tables alone take one.

The tests on PostgreSQL run the migrations themselves, and so does every script/serve.
"""

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython
from django.test import override_settings


def load_reference_data():
    """Run the functions of all data migrations, in their order, on the tables as they are now."""
    with override_settings(MIGRATION_MODULES={}):
        loader = MigrationLoader(None)
    leaves = loader.graph.leaf_nodes()
    plan = dict.fromkeys(key for leaf in leaves for key in loader.graph.forwards_plan(leaf))
    with connection.schema_editor() as editor:
        for key in plan:
            if key[0] not in ("auth", "contenttypes", "account", "django_tasks_database"):
                for operation in loader.graph.nodes[key].operations:
                    if isinstance(operation, RunPython):
                        operation.code(apps, editor)
