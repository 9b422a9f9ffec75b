"""Form fields for files: one, or several at once. `cleaned_data` holds what may be kept (portal.uploads)."""

from django import forms
from django.core.exceptions import ValidationError

from portal.uploads import ACCEPT, MOST_MB, accept, tidy_name


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class UploadField(forms.FileField):
    """One file of one of `kinds` (PICTURE, PDF, WORD), at most `most_mb`. Cleans to Accepted, or None.

    `is_kept_at_once`: files are stored even where something else on the page is wrong.
    """

    is_kept_at_once = False

    def __init__(self, *, kinds, most_mb: int = MOST_MB, **kwargs):
        self.kinds, self.most_mb = kinds, most_mb
        widget = forms.FileInput(attrs={"accept": ",".join(ACCEPT[kind] for kind in kinds)})
        kwargs.setdefault("widget", widget)
        kwargs.setdefault("error_messages", {"required": "Choose a file first."})
        super().__init__(allow_empty_file=True, **kwargs)  # `accept` refuses an empty one by its name

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        return accept(upload, kinds=self.kinds, most_mb=self.most_mb) if upload else None


class UploadsField(UploadField):
    """Up to `most` files at once. Cleans to a list of Accepted; each file that is refused has its own error."""

    def __init__(self, *, kinds, most: int, **kwargs):
        self.most = most
        accepted = ",".join(ACCEPT[kind] for kind in kinds)
        super().__init__(kinds=kinds, widget=SeveralFiles(attrs={"accept": accepted}), **kwargs)

    def clean(self, data, initial=None):
        uploads = [upload for upload in (data if isinstance(data, list | tuple) else [data]) if upload]
        if not uploads:
            super().clean(None, initial)  # raises if one is required
            return []
        if len(uploads) > self.most:
            raise ValidationError(f"These are {len(uploads)} files. At most {self.most} are possible.")
        found, errors = [], []
        for upload in uploads:
            try:
                found.append(super().clean(upload, initial))
            except ValidationError as error:
                errors += error.messages
        if errors:
            raise ValidationError(errors)
        return found


def to_choose_again(field) -> str:
    """'“a.pdf” and “b.pdf”': what was sent with a form that has errors, and is lost when its page comes back; or ''.

    Nothing is said of the one file that was itself refused: another one is to be chosen anyway.
    """
    if not field.form.is_bound or not field.form.errors or getattr(field.field, "is_kept_at_once", False):
        return ""
    sent = field.data if isinstance(field.data, list | tuple) else [field.data]
    names = [f"“{tidy_name(upload.name)}”" for upload in sent if upload]
    if not names or (len(names) == 1 and field.errors):
        return ""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
