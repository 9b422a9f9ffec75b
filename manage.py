#!/usr/bin/env python
"""Django's command line for the Placement Portal."""

import gc
import os
import sys

if __name__ == "__main__":
    # Commands build much and throw little away: looking for circles of it took a sixth of every migrate and demo.
    gc.set_threshold(10_000)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
