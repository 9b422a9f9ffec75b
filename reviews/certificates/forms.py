"""A reason, a file to be checked, a key to be brought along."""

from django import forms

from portal.files.fields import UploadField
from portal.uploads import PDF
from portal.workflow import Refused
from reviews.certificates.keys import WrongPassphrase, bring_key

MOST_MB = 10
KEY_KB = 200


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label="Why is it revoked?",
        max_length=400,
        help_text="The student and the tutor read it. The public page says only that it is revoked, and since when.",
        error_messages={"required": "Say in a few words why."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CheckForm(forms.Form):
    """A PDF, looked at in memory only."""

    file = UploadField(
        kinds=[PDF],
        most_mb=MOST_MB,
        label="The PDF that you were sent",
        help_text=f"At most {MOST_MB} MB. It is compared and not kept.",
    )


class KeyForm(forms.Form):
    """A PKCS#12 file and its pass-phrase. Call `take` after it is valid."""

    file = forms.FileField(
        label="File with the key",
        help_text="A PKCS#12 file (.p12 or .pfx) with certificate and private key, as your authority gave it to you.",
        widget=forms.FileInput(attrs={"accept": ".p12,.pfx,application/x-pkcs12"}),
        error_messages={"required": "Choose a file first.", "empty": "The file is empty."},
    )
    passphrase = forms.CharField(
        label="Pass-phrase of the file",
        required=False,
        max_length=200,
        strip=False,
        help_text="It opens the file once and is not kept. Leave it empty if the file has none.",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > KEY_KB * 1024:
            raise forms.ValidationError("The file is far too large for a key. Choose the .p12 or .pfx file.")
        return upload.read()

    def take(self, provider, *, by) -> bool:
        """Use the key from now on. False if it was refused: the reasons stand next to the file, or its pass-phrase."""
        try:
            bring_key(provider, self.cleaned_data["file"], self.cleaned_data["passphrase"], by=by)
        except WrongPassphrase as wrong:
            self.add_error("passphrase", str(wrong))
            return False
        except Refused as refused:
            for reason in refused.reasons:
                self.add_error("file", reason)
            return False
        return True
