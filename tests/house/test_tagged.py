"""Every PDF that the portal hands out is tagged, titled, in English, and each of its figures has words."""

import io

import pytest
from pypdf import PdfReader

from tests.conftest import make_cast, signed_in
from tests.house.test_access import OWN, ROWS, expected_of, path_of, undone
from tests.tagged import problems_of

PDFS = sorted(name for name in ROWS if name.endswith("_pdf") and "200" in expected_of(name).values())


@pytest.mark.django_db
def test_every_pdf_is_tagged(subtests):
    """As the first of those who get it; what a row makes for itself is undone before the next."""
    cast = make_cast()
    for name in PDFS:
        with subtests.test(name), undone():
            path = path_of(name, cast)
            person = next(who for who in OWN if expected_of(name)[who] == "200")
            response = signed_in(getattr(cast, person)).get(path)
            assert response["Content-Type"] == "application/pdf"
            assert problems_of(PdfReader(io.BytesIO(response.getvalue()))) == []
