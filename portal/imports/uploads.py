"""How a file comes in: at most so large, however large it is."""

from functools import wraps

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from portal.imports.reading import MOST_BYTES
from portal.shown_desk import at_shown_desk


class LimitedUpload(FileUploadHandler):
    """Lets files pass up to MOST_BYTES. Of a larger one nothing is kept, and `request.upload_too_large` is set."""

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) > MOST_BYTES:
            self.request.upload_too_large = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None


def limited_upload(view):
    """Put the limit in front of a view. The order matters: whoever reads the POST first (CSRF) reads the files, too."""
    protected = csrf_protect(at_shown_desk(view))

    @csrf_exempt
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        request.upload_too_large = False
        request.upload_handlers.insert(0, LimitedUpload(request))
        return protected(request, *args, **kwargs)

    return wrapper
