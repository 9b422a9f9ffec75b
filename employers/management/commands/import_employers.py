from employers.imports import EmployerImport
from portal.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Imports employers from a CSV file, as the page in the browser does."
    importer = EmployerImport
