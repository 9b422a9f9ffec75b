from placements.imports import PlacementImport
from portal.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Imports placements from a CSV file, as the page in the browser does."
    importer = PlacementImport
