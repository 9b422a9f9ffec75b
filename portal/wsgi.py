"""The WSGI application that the server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()
gc.set_threshold(10_000)  # a list makes some thousand things that are gone with it: fewer looks through what is new
gc.freeze()  # what is loaded by now stays for good: looking through it again and again took a tenth of every page
