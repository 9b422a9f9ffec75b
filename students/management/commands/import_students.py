from students.imports import StudentImport
from portal.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Imports students from a CSV file, as the page in the browser does."
    importer = StudentImport
