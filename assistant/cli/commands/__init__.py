"""The commands of ``loccit``, by topic. Each opens the library, calls it once and prints what came back."""

from assistant.cli.commands.application import app, run

__all__ = ["app", "run"]
