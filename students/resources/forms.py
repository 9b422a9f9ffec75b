"""The form of a link."""

from django import forms

from portal.form_seen import SeenForm
from students.resources.models import Link

SAME = "This address stands in the topic already."


class LinkForm(SeenForm, forms.ModelForm):
    """A link of a provider. The same address stands in a topic only once."""

    class Meta:
        model = Link
        fields = ["topic", "title", "url", "words", "is_shown", "is_checked"]
        help_texts = {
            "url": "The whole address, beginning with https://",
            "words": "One sentence. Students decide by it whether to open the link.",
            "is_checked": "Leave this out for pages that turn automatic visitors away although they are fine.",
        }
        widgets = {"url": forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"})}
        error_messages = {
            "url": {
                "required": "Give the address of the page.",
                "invalid": "This is not a web address. Copy it from the browser; it begins with https://",
            },
            "title": {"required": "Say what the page is called."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [("", "Choose a topic"), *self.fields["topic"].choices[1:]]

    def clean(self):
        data = super().clean()
        same = Link.objects.kept().filter(
            provider=self.instance.provider_id, topic=data.get("topic"), url=data.get("url")
        )
        if data.get("url") and same.exclude(pk=self.instance.pk).exists():
            self.add_error("url", SAME)
        return data
