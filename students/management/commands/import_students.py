from portal.imports.command import ImportCommand
from students.imports import StudentImport


class Command(ImportCommand):
    help = "Imports students from a CSV file, as the page in the browser does."
    importer = StudentImport
