import time
from itertools import pairwise

import pytest

from assistant.configuration import ModelEndpoint
from assistant.writing import ModelServer
from corpus.errors import Cancelled, ServiceError

ASKED = [{"role": "user", "content": "hello"}]


@pytest.mark.parametrize("way", ("", "no-done"))
def test_a_text_comes_whole_with_or_without_a_last_word(asking, way):
    model, _ = asking(way, lambda request: f"You said {request['messages'][0]['content']}.")
    grown = []
    assert model.write(ASKED, on_text=grown.append) == "You said hello."
    assert grown[-1] == "You said hello."
    assert all(longer.startswith(shorter) for shorter, longer in pairwise(grown))


def test_control_characters_never_come_through(asking):
    model, _ = asking("nul", lambda _: "one two three")
    assert model.write(ASKED) == "one [31mtwo [31mthree"


@pytest.mark.parametrize(
    ("way", "told"),
    (
        ("status/401", "refused the key"),
        ("status/429", "too many requests"),
        ("status/500", "status 500"),
        ("status/404", "status 404"),
        ("redirect", "status 307"),
        ("cut", "did not answer as it should"),
        ("wrong-json", "did not answer as it should"),
        ("error-event", "out of"),
        ("one-line", "did not answer as it should"),
        ("wrong-shape", None),
        ("no-stream", "wrote nothing"),
        ("page", None),
    ),
)
def test_whatever_is_no_text_is_an_error_that_says_what_to_do(asking, way, told):
    model, server = asking(way)
    with pytest.raises(ServiceError, match=told) as raised:
        model.write(ASKED)
    assert "--extractive" in str(raised.value)
    assert "\x1b" not in str(raised.value)
    assert len(server.requests) == 1


@pytest.mark.parametrize("way", ("silent", "keepalive", "drip"))
def test_no_server_is_waited_for_longer_than_the_timeout(asking, way):
    model, _ = asking(way, timeout=0.5)
    began = time.monotonic()
    with pytest.raises(ServiceError, match=r"time|longer than"):
        model.write(ASKED)
    assert time.monotonic() - began < 10


def test_a_text_without_an_end_is_cut_and_the_server_let_go(asking):
    model, server = asking("endless")
    text = model.write(ASKED)
    assert 12_000 <= len(text) < 13_000
    assert server.hung_up.wait(20)


@pytest.mark.parametrize("way", ("silent", "drip"))
def test_a_person_stops_it_at_any_moment(asking, way):
    model, _ = asking(way)
    began = time.monotonic()
    with pytest.raises(Cancelled):
        model.write(ASKED, cancelled=lambda: time.monotonic() - began > 0.2)
    assert time.monotonic() - began < 10


def test_a_server_that_is_not_there_is_named():
    model = ModelServer(ModelEndpoint("http://127.0.0.1:9/v1", "m", timeout=5))
    with pytest.raises(ServiceError, match=r"m at 127\.0\.0\.1:9"):
        model.write(ASKED)


def test_the_key_goes_to_the_server_and_into_no_message(asking, monkeypatch):
    monkeypatch.setenv("LOCCIT_TEST_KEY", "sk-secret")
    model, server = asking("status/401", key="LOCCIT_TEST_KEY")
    with pytest.raises(ServiceError) as raised:
        model.write(ASKED)
    assert server.requests[0][1]["authorization"] == "Bearer sk-secret"
    assert "sk-secret" not in str(raised.value)


def test_an_empty_key_is_said_before_anything_is_sent(asking, monkeypatch):
    monkeypatch.delenv("LOCCIT_TEST_KEY", raising=False)
    model, server = asking(key="LOCCIT_TEST_KEY")
    with pytest.raises(ServiceError, match="LOCCIT_TEST_KEY"):
        model.write(ASKED)
    assert not server.requests
