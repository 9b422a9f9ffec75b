from placements.induction.models.induction import UNDO_MINUTES, Induction
from placements.induction.models.reply import Reply

__all__ = ["UNDO_MINUTES", "Induction", "Reply"]
