"""Form fields for files: one, or several at once. `cleaned_data` holds what may be kept (portal.uploads)."""

from django import forms
from django.core.exceptions import ValidationError

from portal.uploads import ACCEPT, MOST_MB, accept


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class UploadField(forms.FileField):
    """One file of one of `kinds` (PICTURE, PDF, WORD), at most `most_mb`. Cleans to Accepted, or None."""

    def __init__(self, *, kinds, most_mb: int = MOST_MB, **kwargs):
        self.kinds, self.most_mb = kinds, most_mb
        widget = forms.FileInput(attrs={"accept": ",".join(ACCEPT[kind] for kind in kinds)})
        kwargs.setdefault("widget", widget)
        kwargs.setdefault("error_messages", {"required": "Choose a file first.", "empty": "The file is empty."})
        super().__init__(**kwargs)

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
