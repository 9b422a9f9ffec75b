"""allauth's forms in our words: labels instead of placeholders, hints above the control, errors that say what to do."""

from allauth.account import forms as allauth
from django import forms

from portal.people.adapter import AccountAdapter
from portal.people.staying import stay_as_chosen

EMAIL_HINT = "The one that your college or employer knows."
PASSWORD_HINT = "At least 10 characters. Three unrelated words are easy to remember and hard to guess."  # noqa: S105
NAMES = {
    "login": ("E-mail address", "", "Enter your e-mail address."),
    "email": ("E-mail address", EMAIL_HINT, "Enter your e-mail address."),
    "password": ("Password", "", "Enter your password."),
    "remember": (
        "Keep me signed in on this device",
        "Students for 30 days, everybody else for 12 hours. Leave this out where others use the device, too.",
        "",
    ),
    "oldpassword": ("Your password now", "", "Enter the password that you use now."),
    "password1": ("New password", PASSWORD_HINT, "Enter a new password."),
    "password2": ("New password again", "", "Enter the new password a second time."),
    "code": ("Code from the mail", "Letters, no numbers; capitals and the dash do not matter.", "Enter the code."),
}


class PlainWords:
    """Gives the fields of an allauth form the names, hints and errors of NAMES.

    `too_often`: what is said to whoever is held off, who waits no longer than that is true.
    """

    too_often = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label, field.help_text, field.error_messages["required"] = NAMES[name]
            field.error_messages["invalid"] = "Enter an e-mail address in full, like name@example.com."
            field.widget.attrs.pop("placeholder", None)

    def add_error(self, field, error):
        if self.too_often and getattr(error, "code", "") == "too_many_login_attempts":
            error = forms.ValidationError(self.too_often, code=error.code)
        super().add_error(field, error)


class LoginForm(PlainWords, allauth.LoginForm):
    too_often = "That was tried too often. Wait five minutes, or have a code mailed to you: that works at once."

    def login(self, request, redirect_url=None):
        answer = super().login(request, redirect_url)  # ends with a length of its own, for everybody the same
        if request.user.is_authenticated:
            stay_as_chosen(request, request.user)
        return answer


class RequestLoginCodeForm(PlainWords, allauth.RequestLoginCodeForm):
    too_often = AccountAdapter.error_messages["rate_limited"]


class ConfirmLoginCodeForm(PlainWords, allauth.ConfirmLoginCodeForm):
    remember = forms.BooleanField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false"}


class ResetPasswordForm(PlainWords, allauth.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(PlainWords, allauth.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(PlainWords, allauth.ChangePasswordForm):
    pass


class SetPasswordForm(PlainWords, allauth.SetPasswordForm):
    pass
