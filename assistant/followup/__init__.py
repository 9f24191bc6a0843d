"""Follow-ups: a question that leans on the conversation becomes one that stands alone."""

from assistant.followup.history import PastTurn
from assistant.followup.standalone import standalone_question

__all__ = ["PastTurn", "standalone_question"]
