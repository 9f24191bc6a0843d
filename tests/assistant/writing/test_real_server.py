"""`transformers serve` with a tiny model of random weights, made here: a real server whose model talks nonsense."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from assistant.configuration import ModelEndpoint
from assistant.writing import ModelServer, Writer
from corpus.errors import ServiceError

PROGRAM = shutil.which("transformers", path=str(Path(sys.executable).parent))
TEMPLATE = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant: "


def make_model(folder):
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=300,
        special_tokens=["<s>", "</s>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(["open weights [1]. licences [2]."], trainer)
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>")
    fast.chat_template = TEMPLATE
    fast.save_pretrained(folder)
    torch.manual_seed(0)
    sizes = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = LlamaConfig(vocab_size=len(fast), max_position_embeddings=32768, bos_token_id=0, eos_token_id=1, **sizes)
    LlamaForCausalLM(config).save_pretrained(folder)


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def wait_for(process, port):
    deadline = time.monotonic() + 150
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("transformers serve did not start")


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory):
    pytest.importorskip("fastapi")
    pytest.importorskip("uvicorn")
    if PROGRAM is None:
        pytest.skip("the program transformers is not there")
    folder = tmp_path_factory.mktemp("tinylm")
    make_model(folder)
    port = free_port()
    process = subprocess.Popen(
        [PROGRAM, "serve", str(folder), "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"],
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(process, port)
        yield ModelEndpoint(f"http://127.0.0.1:{port}/v1", str(folder), timeout=100)
    finally:
        process.terminate()
        process.wait(30)


def test_a_model_that_talks_nonsense_leaves_the_passages(starter, endpoint):
    answer = starter.ask("What is marginal risk?")
    grown = []
    kept = Writer(ModelServer(endpoint), starter.store, starter.retriever).rewrite(answer, on_text=grown.append)
    assert grown
    assert not any(char in text for text in grown for char in "\x00\x1b")
    assert kept.sentences == answer.sentences
    assert all(sentence.verbatim for sentence in kept.sentences)
    assert len(kept.notices) == len(answer.notices) + 1


def test_a_model_that_the_server_does_not_know_is_an_error(endpoint):
    unknown = ModelServer(ModelEndpoint(endpoint.base_url, "nobody/nothing", timeout=60))
    with pytest.raises(ServiceError, match="nobody/nothing"):
        unknown.write([{"role": "user", "content": "hello"}])
