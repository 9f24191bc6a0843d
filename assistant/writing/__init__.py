"""A language model's own sentences over cited passages, checked against them; only where one is configured."""

from assistant.writing.model_client import ModelServer
from assistant.writing.support import Claim, Support, support
from assistant.writing.writer import Writer

__all__ = ["Claim", "ModelServer", "Support", "Writer", "support"]
