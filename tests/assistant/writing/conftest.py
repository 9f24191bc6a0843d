"""A language model's server on loopback, and the sentences of a library that it may write over."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from assistant.configuration import ModelEndpoint
from assistant.writing import ModelServer

SPEC = importlib.util.spec_from_file_location("model_server", Path(__file__).with_name("model_server.py"))
model_server = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(model_server)


@pytest.fixture
def serve():
    """Starts a server whose model writes what the given function makes of a request."""
    running = []

    def started(reply):
        context = model_server.serving(reply)
        running.append(context)
        return context.__enter__()

    yield started
    for context in running:
        context.__exit__(None, None, None)


@pytest.fixture
def asking(serve):
    """A client of a server that behaves in the named way, and the server."""

    def made(way="", reply=lambda _: "A plain text.", timeout=20.0, key=""):
        server = serve(reply)
        return ModelServer(ModelEndpoint(server.url(way), "m", key, timeout)), server

    return made
