"""allauth, fitted in: nobody registers by themselves, and its mails leave through our one door."""

from allauth.account.adapter import DefaultAccountAdapter

from portal.notices import mail


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        kind = template_prefix.rsplit("/", 1)[-1]
        mail.send(f"account/{kind}", to=context.get("user"), address=email, context=context)
