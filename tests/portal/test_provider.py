"""The provider's own page, its logo, and how the operator lets a provider in."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from PIL import Image

from portal.history.models import Event
from portal.notices.models import Notice
from portal.people import logos
from portal.people.forms import ProviderForm
from portal.people.models import Provider
from tests.conftest import signed_in
from tests.factories import UserFactory
from tests.pages import told

pytestmark = pytest.mark.django_db

DETAILS = {
    "name": "Northfield College",
    "ukprn": "10012345",
    "address": "1 Orchard Road\nNorthfield",
    "safeguarding_name": "Grace Bell",
    "safeguarding_phone": "01632 960111",
    "safeguarding_email": "safe@college.test",
}


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture(kind="PNG", size=(40, 20), mode="RGB", name="logo.png", **options):
    out = io.BytesIO()
    Image.new(mode, size, "teal").save(out, kind, **options)
    return SimpleUploadedFile(name, out.getvalue())


def send(user, **more):
    return signed_in(user).post("/provider/", DETAILS | more)


def refusal_of(upload) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        logos.rewritten(upload)
    return refused.value.messages


def stored(cast):
    cast.provider.refresh_from_db()
    return cast.provider.logo


def test_what_changed_stands_in_the_history_and_other_line_ends_are_no_change(cast):
    """A browser ends the lines of an address with two characters, whatever it was given."""
    Provider.objects.filter(pk=cast.provider.pk).update(address="1 Orchard Road\nNorthfield")
    sent = {"address": "1 Orchard Road\r\nNorthfield", "safeguarding_phone": "01632 960222"}
    assert send(cast.coordinator, **sent).status_code == 302
    cast.provider.refresh_from_db()
    assert cast.provider.safeguarding_phone == "01632 960222"
    assert Event.objects.about(cast.provider).get().says == (
        "changed their phone number from 01632 960111 to 01632 960222"
    )


def test_of_two_tabs_the_second_is_told_what_the_first_has_changed(cast):
    client = signed_in(cast.coordinator)
    page = client.get("/provider/")
    data = DETAILS | {"name": cast.provider.name, "seen": page.context["form"]["seen"].value()}
    assert data["seen"] in page.content.decode()
    send(cast.coordinator, safeguarding_phone="01632 960222", name=cast.provider.name)
    response = client.post("/provider/", data | {"safeguarding_name": "Hal Bright"})
    assert dict(response.context["form"].errors) == {
        "safeguarding_phone": [
            "Somebody changed this to “01632 960222” meanwhile. Put in what is right, and save again."
        ]
    }
    assert response.context["form"]["safeguarding_name"].value() == "Hal Bright"
    cast.provider.refresh_from_db()
    assert (cast.provider.safeguarding_phone, cast.provider.safeguarding_name) == ("01632 960222", "Grace Bell")
    again = data | {"safeguarding_phone": "01632 960222", "safeguarding_name": "Hal Bright"}
    assert client.post("/provider/", again | {"seen": response.context["form"]["seen"].value()}).status_code == 302
    cast.provider.refresh_from_db()
    assert (cast.provider.safeguarding_phone, cast.provider.safeguarding_name) == ("01632 960222", "Hal Bright")


def test_a_wrong_ukprn_is_refused(cast):
    for ukprn in ("0012345", "1001234", "100123456", "ABCDEFGH"):
        assert "ukprn" in ProviderForm(DETAILS | {"ukprn": ukprn}, instance=cast.provider).errors


def test_what_is_wrong_is_told_next_to_each_field(cast):
    svg = SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>")
    errors = send(cast.coordinator, ukprn="10054321", safeguarding_email="sam@", logo=svg).context["form"].errors
    assert errors["ukprn"] == ["Another provider has this UKPRN. Check the digits."]
    assert errors["safeguarding_email"] == ["This is not an e-mail address. It looks like name@example.org."]
    assert errors["logo"] == ["“logo.png” is not a picture (JPEG, PNG or WebP) that can be read."]
    assert not stored(cast)


def test_of_a_logo_the_pixels_are_stored_made_small_and_shown_to_its_own_people(cast):
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    upload = picture("JPEG", size=(1700, 170), name="logo.exe", exif=exif)
    assert send(cast.coordinator, logo=upload).status_code == 302
    assert stored(cast).name.endswith(".jpg")
    content = b"".join(signed_in(cast.student).get("/provider/logo/").streaming_content)
    assert b"taken at home" not in content
    kept = Image.open(io.BytesIO(content))
    assert (kept.format, kept.size, dict(kept.getexif())) == ("JPEG", (1600, 160), {})
    assert signed_in(cast.other_student).get("/provider/logo/").status_code == 404


@pytest.mark.parametrize("mode", ["RGBA", "P"])
def test_a_logo_is_kept_whatever_its_file_is_called(mode):
    kept = logos.rewritten(picture("PNG", mode=mode, name="logo.exe"))
    assert (kept.name, Image.open(kept).format) == ("logo.png", "PNG")


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + b"0" * 50, b"GIF89a" + b"0" * 50, b"%PDF-1.7", "a GIF"])
def test_what_is_no_picture_is_refused(content):
    upload = picture("GIF") if content == "a GIF" else SimpleUploadedFile("logo.png", content)
    assert refusal_of(upload) == ["“logo.png” is not a picture (JPEG, PNG or WebP) that can be read."]


def test_more_than_two_megabytes_are_refused():
    upload = SimpleUploadedFile("logo.png", b"0" * (2 * 1024 * 1024 + 1))
    assert refusal_of(upload) == ["“logo.png” has 2.0 MB. At most 2 MB are possible: save it smaller."]


def test_a_picture_that_unpacks_to_something_huge_is_refused():
    content = bytearray(picture().read())
    content[16:24] = struct.pack(">II", 8000, 8000)  # the head of the file promises 64 million pixels
    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    upload = SimpleUploadedFile("logo.png", bytes(content))
    assert refusal_of(upload) == ["“logo.png” has too many pixels: save it smaller."]


def test_a_new_logo_replaces_the_file_and_the_logo_can_go(cast, django_capture_on_commit_callbacks):
    send(cast.coordinator, logo=picture())
    old = stored(cast)
    with django_capture_on_commit_callbacks(execute=True):
        send(cast.coordinator, logo=picture("JPEG"))
    assert not old.storage.exists(old.name)
    new = stored(cast)
    with django_capture_on_commit_callbacks(execute=True):
        send(cast.coordinator, without_logo="on")
    assert not new.storage.exists(new.name)
    assert signed_in(cast.coordinator).get("/provider/logo/").status_code == 404
    said = list(Event.objects.about(cast.provider).values_list("says", flat=True))
    assert said[:3] == ["took the logo away", "set a new logo", "set a new logo"]


# --- The operator ---

COMMAND = ["add_provider", "Eastfield College", "10077777", "eve@east.test"]
NAMES = {"first_name": "Eve", "last_name": "Moss", "phone": "01632 960333"}


def test_the_operator_adds_a_provider_with_its_coordinator(db, capsys):
    call_command(*COMMAND, **NAMES)
    provider = Provider.objects.get()
    assert (provider.name, provider.ukprn, provider.safeguarding_name) == ("Eastfield College", "10077777", "Eve Moss")
    membership = provider.memberships.get()
    assert (membership.user.email, membership.role) == ("eve@east.test", "coordinator")
    assert Notice.objects.get().address == "eve@east.test"
    assert "an invitation is on its way to eve@east.test" in capsys.readouterr().out
    said = list(Event.objects.about(membership).values_list("says", flat=True))
    assert said == ["invited Eve Moss by mail to eve@east.test", "gave Eve Moss the role of coordinator"]


def test_every_mistake_is_told_with_the_name_of_what_is_wrong(db):
    with pytest.raises(CommandError) as told:
        call_command("add_provider", "", "123", "eve@", first_name="", last_name="Moss", phone="ring me")
    assert str(told.value).splitlines() == [
        "Name of the provider: This field cannot be blank.",
        "UKPRN: A UKPRN has 8 digits and does not start with 0, for example 10012345.",
        "First name: This is missing.",
        "E-mail address: This is not an e-mail address. It looks like name@example.org.",
        "Phone number: This is not a phone number. Write it like 01632 960123.",
    ]
    assert not Provider.objects.exists()


def test_without_a_mail_server_the_operator_is_shown_the_link(db, capsys, client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    call_command(*COMMAND, **NAMES)
    said = capsys.readouterr().out
    assert "No mail server is set here (EMAIL_URL): if the worker has none either, no mail leaves." in said
    assert "Eve Moss comes in here, within 14 days: http://localhost:8000/welcome/" in said
    assert "Welcome, Eve" in client.get(said.split("http://localhost:8000")[1].strip()).content.decode()


def test_the_operator_mails_an_invitation_again_after_correcting_an_address(db, client):
    call_command(*COMMAND, **NAMES)
    membership = Provider.objects.get().memberships.get()
    Notice.objects.update(created_at="2026-01-01T12:00Z")
    membership.user.email = "eve.moss@east.test"
    membership.user.save()
    operator = signed_in(UserFactory(is_staff=True, is_superuser=True))
    chosen = {"action": "mail_invitation", "_selected_action": [membership.pk]}
    response = operator.post("/operator/people/membership/", chosen)
    assert told(response) == "An invitation is on its way to eve.moss@east.test."
    assert Notice.objects.filter(kind="invitation", address="eve.moss@east.test").count() == 1
    again = operator.post("/operator/people/membership/", chosen)
    assert told(again).startswith("An invitation went to eve.moss@east.test a few minutes ago.")


def test_numbers_may_be_copied_with_spaces_and_are_not_cut_off(cast):
    form = ProviderForm(DETAILS | {"ukprn": " 1001 2345 "}, instance=cast.provider)
    assert form.is_valid()
    assert form.cleaned_data["ukprn"] == "10012345"
    assert 'name="ukprn"' in str(form["ukprn"])
    assert "maxlength" not in str(form["ukprn"])


def test_the_admin_is_for_the_operator_only(cast):
    assert signed_in(cast.coordinator).get("/operator/").status_code == 302
    client = signed_in(UserFactory(is_staff=True, is_superuser=True))
    for model in ("people/provider", "people/user", "people/membership", "tlevels/tlevel", "tlevels/ruleset"):
        assert client.get(f"/operator/{model}/").status_code == 200
        assert client.get(f"/operator/{model}/add/").status_code == 200
    assert client.get(f"/operator/people/user/{cast.tutor.pk}/change/").status_code == 200
