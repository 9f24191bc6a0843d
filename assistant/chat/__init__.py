"""Sessions: conversations kept in the library and reopened by name."""

from assistant.chat.sessions import SavedTurn, Session, SessionStore

__all__ = ["SavedTurn", "Session", "SessionStore"]
