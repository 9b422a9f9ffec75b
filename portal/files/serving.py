"""How a stored file goes out: by the view of its room, after that room's row gate."""

from django.http import HttpResponse

from portal.files.models import StoredFile
from portal.pdf import disposition


def file_response(file: StoredFile) -> HttpResponse:
    """The file itself. Pictures are shown; everything else is a download, so that nothing of it runs in the portal."""
    response = HttpResponse(bytes(file.content), content_type=file.content_type)
    how = disposition(file.name)
    response["Content-Disposition"] = how.replace("attachment", "inline", 1) if file.is_picture else how
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
