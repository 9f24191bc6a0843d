"""Follow-ups: a question that depends on the conversation is rewritten to stand alone."""

from assistant.followup.standalone import PastTurn, standalone_question

__all__ = ["PastTurn", "standalone_question"]
