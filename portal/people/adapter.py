"""allauth, fitted in: nobody registers by themselves, and its mails leave through our one door."""

from allauth.account.adapter import DefaultAccountAdapter

from portal.limiting import within
from portal.notices import mail
from portal.people.staying import stay_as_chosen

UNKNOWN_A_MINUTE = 10  # mails to addresses that the portal does not know: enough for a class, too few to pester anybody


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "This address and this password do not belong together. Try again, or have a code "
        "mailed to you.",
        "enter_current_password": "That is not the password that you use now.",
        "incorrect_code": "That is not the code in our last mail to you. Check it and type it again.",
        # Of a code that was guessed at: forms say something else for it (account_forms.PlainWords.too_often).
        "too_many_login_attempts": "Three times that was not the code, so it holds no longer. Ask for a new one.",
        "rate_limited": "That was asked for too often just now. Wait a minute before you ask for another code.",
    }

    def is_open_for_signup(self, request):
        return False

    def post_login(self, request, user, **kwargs):
        stay_as_chosen(request, user)
        return super().post_login(request, user, **kwargs)

    def send_mail(self, template_prefix, email, context):
        kind = template_prefix.rsplit("/", 1)[-1]
        if kind == "unknown_account" and not within(self.request, kind, tries=UNKNOWN_A_MINUTE):
            return  # the page says the same as ever
        mail.send(f"account/{kind}", to=context.get("user"), address=email, context=context | {"email": email})
