"""People and providers in Django's admin, which only the operator of the installation may open."""

from allauth.account.admin import EmailAddress  # registers it first, so that it can be taken out
from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import Group  # likewise

from portal.people import invitations
from portal.people.models import Membership, Provider, User
from portal.workflow import Refused

admin.site.login = secure_admin_login(admin.site.login)  # the portal's own sign-in, with its limits
admin.site.site_header = "Placement Portal: operator"
admin.site.site_title = "Operator"
admin.site.index_title = "What only the operator changes"
admin.site.unregister(Group)
admin.site.unregister(EmailAddress)  # the address of a person stands with the person


class MembershipInline(admin.TabularInline):
    model = Membership
    autocomplete_fields = ["provider"]
    extra = 0


@admin.register(Provider)
class ProviderAdmin(admin.ModelAdmin):
    list_display = ["name", "ukprn", "safeguarding_name", "safeguarding_phone"]
    search_fields = ["name", "ukprn"]
    exclude = ["logo"]  # the coordinator's page looks at it and writes it afresh


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "phone", "is_active", "is_staff", "is_superuser"]

    def save(self, commit=True):
        if self.instance._state.adding:
            self.instance.set_unusable_password()
        return super().save(commit)


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    form = UserForm
    inlines = [MembershipInline]
    list_display = ["email", "name", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "memberships__role"]
    search_fields = ["email", "first_name", "last_name"]
    readonly_fields = ["last_login", "joined_at"]
    fields = ["email", "first_name", "last_name", "phone", "is_active", "is_staff", "is_superuser", *readonly_fields]


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ["user", "role", "provider"]
    list_filter = ["role", "provider"]
    list_select_related = ["user", "provider"]
    search_fields = ["user__email", "user__last_name"]
    autocomplete_fields = ["user", "provider"]
    actions = ["mail_invitation"]

    @admin.action(description="Mail an invitation to come in", permissions=["change"])
    def mail_invitation(self, request, memberships):
        """For whom the operator added, and for a first coordinator whose address was mistyped."""
        for membership in memberships:
            try:
                invitations.invite(membership.user, membership.provider, by=request.user)
            except Refused as refused:
                self.message_user(request, str(refused), messages.WARNING)
            else:
                self.message_user(request, f"An invitation is on its way to {membership.user.email}.")
