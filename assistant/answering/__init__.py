"""Answers made of verbatim sentences, each with its place; or that the library has none."""

from assistant.answering.answer import Answer, AnswerSentence
from assistant.answering.answerer import Answerer

__all__ = ["Answer", "AnswerSentence", "Answerer"]
