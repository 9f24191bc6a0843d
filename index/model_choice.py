"""Which embedding model a library uses: the bundled one, or another by configuration."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus.errors import ModelError
from index.bundled_model import BUNDLED_NAME, BUNDLED_TOKENS, DIGESTS, bundled_folder, verify
from index.embedding_record import EmbeddingRecord

__all__ = ["ModelChoice", "choose_model"]

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
