"""Documents at a glance: what each aims at, does, finds and leaves open, in its own sentences; and where two meet."""

from assistant.glance.comparing import Comparer, Meeting
from assistant.glance.summary import Glance, GlancePart, glance_at

__all__ = ["Comparer", "Glance", "GlancePart", "Meeting", "glance_at"]
