"""``loccit ask --session`` and ``loccit sessions``."""

from __future__ import annotations

import json

import pytest

from assistant.cli.commands import app
