"""What migrations load, without the migrations: they take ten seconds, the tables alone take one.

script/test runs the migrations on PostgreSQL and compares what they make with the models; every
script/serve begins with them.
"""

from functools import cache

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython
from django.test import override_settings

HOUSE = ("portal", "employers", "students", "placements", "reviews")


def load_reference_data():
    """Run the functions of all data migrations, in their order, on the tables as they are now."""
    with connection.schema_editor() as editor:
        for load in loading():
            load(apps, editor)


@cache
def loading() -> list:
    """The functions of our data migrations, in the order in which migrations run."""
    with override_settings(MIGRATION_MODULES={}):
        graph = MigrationLoader(None).graph
    plan = dict.fromkeys(key for leaf in graph.leaf_nodes() for key in graph.forwards_plan(leaf))
    ours = {config.label for config in apps.get_app_configs() if config.name.partition(".")[0] in HOUSE}
    operations = [operation for key in plan if key[0] in ours for operation in graph.nodes[key].operations]
    return [operation.code for operation in operations if isinstance(operation, RunPython)]
