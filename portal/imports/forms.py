from django import forms

from portal.imports.columns import Unreadable
from portal.imports.reading import read_table
from portal.imports.reading import too_large as too_large_says


class UploadForm(forms.Form):
    """The file of an import. It is read once here, so that a file that will not do is refused at once."""

    file = forms.FileField(
        label="CSV file",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
        help_text="At most 20,000 rows and 10 MB. UTF-8 or Windows-1252; commas, semicolons or tabs.",
        error_messages={"required": "Choose a file first.", "empty": "The file is empty."},
    )

    def __init__(self, *args, importer, too_large=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.importer = importer
        if too_large:  # nothing of it was kept
            self.fields["file"].error_messages["required"] = too_large_says()

    def clean_file(self):
        file = self.cleaned_data["file"]
        content = file.read()
        try:
            read_table(content, self.importer.columns.values())
        except Unreadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from None
        self.content = content
        return file
