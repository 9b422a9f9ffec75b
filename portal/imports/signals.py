"""What an import tells the rooms above it."""

from django.dispatch import Signal

# Sent in the transaction of an import after its bulk writes, which send no post_save: sender=the model, pks=[...].
rows_written = Signal()
