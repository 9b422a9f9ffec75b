"""The part of allauth's pages that the portal uses. E-mail addresses are changed by the placement office, so that
the pages on which people keep several of them are left out."""

from allauth.account.urls import urlpatterns as all_of_them

KEPT = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",  # says that nobody registers by themselves
    "account_request_login_code",
    "account_confirm_login_code",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

urlpatterns = [pattern for pattern in all_of_them if pattern.name in KEPT]
