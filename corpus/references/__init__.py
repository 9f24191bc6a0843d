"""Reference lists: their entries, the in-text citations of these, and the works that they stand for."""

from corpus.references.entries import find_references
from corpus.references.mentions import find_mentions

__all__ = ["find_mentions", "find_references"]
