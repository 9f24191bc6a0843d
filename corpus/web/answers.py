"""Answers of catalogues, kept in the library so that none is asked for twice."""

from __future__ import annotations

import json
import time
from typing import Any

from corpus.store import Database

__all__ = ["AnswerCache"]

_KEPT_SECONDS = 90 * 24 * 3600.0
"""Records change rarely, but they do: after three months an answer is asked for anew."""


class AnswerCache:
    """JSON answers by the URL that gave them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, url: str) -> Any | None:
        """The answer kept for ``url``, or None."""
        row = (
            self._database.reader()
            .execute("SELECT body FROM web_answers WHERE url = ? AND fetched > ?", (url, time.time() - _KEPT_SECONDS))
            .fetchone()
        )
        return json.loads(row["body"]) if row else None

    def put(self, url: str, answer: Any) -> None:
        """Keep an answer."""
        with self._database.writing() as connection:
            connection.execute(
                "REPLACE INTO web_answers VALUES (?, ?, ?)", (url, time.time(), json.dumps(answer, ensure_ascii=False))
            )
