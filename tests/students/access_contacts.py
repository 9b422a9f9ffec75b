"""The access table of the student's contacts: theirs alone."""

from tests.posts import POST_ONLY


def contact_of(cast):
    return cast.student_record.contacts.create(name="Rashida Khan").pk


THINGS = {"contact": contact_of}

EACH_STUDENT = "in | 200 403 403 403 | 200 403 403 | 200 403 403 403"
ONLY_THE_STUDENT = "in | 200 403 403 403 | 404 403 403 | 404 403 403 403"

ROWS = {
    "contact_list": ("", EACH_STUDENT),
    "contact_add": ("", EACH_STUDENT),
    "contacts_vcard": ("", EACH_STUDENT),
    "contacts_csv": ("", EACH_STUDENT),
    "contact_edit": ("pk=contact", ONLY_THE_STUDENT),
    "contact_vcard": ("pk=contact", ONLY_THE_STUDENT),
    "contact_remove": ("pk=contact", POST_ONLY),
    "contact_restore": ("pk=contact", POST_ONLY),
}
