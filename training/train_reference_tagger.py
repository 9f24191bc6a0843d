"""Trains the tagger of reference entries on one half of ``reference_strings``.

    python -m training.train_reference_tagger

Writes ``corpus/references/data/fields.crf``. ``--folds`` prints the token F1 of a cross-validation in that half
instead, which is what features and weights are chosen by; ``benchmarks.references`` measures on the other half.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pycrfsuite

from benchmarks.reference_strings import held_out, labelled_words, read_strings
from corpus.references.parsing import MODEL_FILE, features

_FOLDS = 4
_SETTINGS = {"c1": 0.3, "c2": 0.02, "max_iterations": 120, "feature.minfreq": 3, "feature.possible_transitions": False}


def main() -> None:
    """Train and write, or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", action="store_true", help="cross-validate in the training half; write nothing")
    arguments = parser.parse_args()
    rows = [row for row in read_strings() if not held_out(row)]
    if arguments.folds:
        _cross_validate(rows)
        return
    MODEL_FILE.parent.mkdir(exist_ok=True)
    _train(rows, MODEL_FILE)
    print(f"{len(rows)} strings, {MODEL_FILE.stat().st_size / 1024:.0f} KiB")


def _train(rows: list[dict[str, Any]], target: Path) -> None:
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(_SETTINGS)
    for row in rows:
        pairs = labelled_words(row)
        trainer.append(features([word for word, _ in pairs]), [label for _, label in pairs])
    trainer.train(str(target))


def _cross_validate(rows: list[dict[str, Any]]) -> None:
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(_FOLDS):
            model = Path(folder) / f"{fold}.crf"
            _train([row for n, row in enumerate(rows) if n % _FOLDS != fold], model)
            tagger = pycrfsuite.Tagger()
            tagger.open(str(model))
            for row in rows[fold::_FOLDS]:
                pairs = labelled_words(row)
                for (_, label), found in zip(pairs, tagger.tag(features([w for w, _ in pairs])), strict=True):
                    right[label] += label == found
                    given[found] += 1
                    wanted[label] += 1
    for label in wanted:
        print(f"{label:<10} F1 {2 * right[label] / (given[label] + wanted[label]):.3f} of {wanted[label]} words")


if __name__ == "__main__":
    main()
