"""Questions about the library itself, answered from its records; others are left to the answerer."""

from assistant.library_questions.librarian import Librarian

__all__ = ["Librarian"]
