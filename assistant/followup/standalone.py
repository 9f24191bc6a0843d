"""From a question and the conversation before it to a question that stands alone, without a language model."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.followup.candidates import Conversation
from assistant.followup.dependence import examine
from assistant.followup.history import PastTurn
from assistant.followup.pointing import shown_document
from assistant.followup.rewriting import parallel, put_in
from assistant.followup.salience import needed

__all__ = ["standalone_question"]


def standalone_question(question: str, history: Sequence[PastTurn]) -> str:
    """What ``question`` means after ``history`` (oldest first); unchanged where it stands alone.

    >>> standalone_question("What about BLOOM?", [PastTurn("How many parameters does GPT-3 have?")])
    'How many parameters does BLOOM have?'
    """
    if not history:
        return question
    like = parallel(question, history[-1].understood)
    if like:
        return like
    pointed = shown_document(question, history)
    if pointed != question:
        return pointed
    conversation = Conversation([turn.question for turn in history])
    return put_in(question, needed(examine(question), conversation))
