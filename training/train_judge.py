"""Train the judge: a cross-encoder that reads a question and a sentence together; does the sentence answer?

    python -m training.train_judge OUT [--lists 20000] [--seed 0] [--threads 2]

The encoder is the shipped sentence model, its word embeddings frozen; the head is linear over the first token's state
and the mean of all states (`index.judging` runs the same network on onnxruntime). A list is
one question with some sentences. The loss adds two parts: the cross entropy of the softmax over the sentences and a
null answer of logit 0, where the answering sentences share the probability and a list without any trains the null
(Cao et al. 2007, https://doi.org/10.1145/1273496.1273513; the null answer as in Devlin et al. 2019,
https://arxiv.org/abs/1810.04805); and the binary cross entropy of each sentence.

Negatives are other sentences of the same text, sentences of other texts that share the question's rare words, and whole
lists without an answer: questions that SQuAD 2.0 marks unanswerable, questions asked of the text before or after their
own, and questions in which a name, a number or a word is replaced by another.

One text in ten is left out by the digest of its title, or of its sentences, for `benchmarks.judge`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from sklearn.feature_extraction.text import TfidfVectorizer
from torch import Tensor, nn
from transformers import BertModel

from benchmarks.evaluation import SHARED, read_lines
from index.embedding.embedding_model import choose_model
from index.embedding.sentence_bert import HEAD_BIAS, HEAD_WEIGHT, SentenceBert
from index.judging.judge import pack
from index.judging.pairs import Pair, PairTokenizer

__all__ = [
    "ANSWER_LISTS",
    "AnswerList",
    "CrossEncoder",
    "export",
    "held_out",
    "main",
    "neighbours",
    "read_answer_lists",
]

ANSWER_LISTS = SHARED / "eval" / "answer_sentences" / "train.jsonl"
_SHARES = {
    "nqg": 0.3,
    "nq_open": 0.8,
    "evidence_inference": 0.7,
    "squad2_dev": 1.5,
    "covid_qa": 3,
    "qasper": 5,
    "selqa": 1.5,
}
"""Times that the questions of a set are drawn; once where none is given."""
_UNANSWERABLE = {"neighbour": 0.15, "changed": 0.25}
"""Lists without an answer made of answerable questions, as a share of these."""
_ANSWERING, _OTHER, _FOREIGN = 2, 4, 2
"""Most sentences of a list: that answer, of the same text, of other texts."""
_QUESTIONS = 12
"""Lists of a step."""
_RATE, _HEAD_RATE = 1e-4, 1e-3
_WARM_UP = 100
_SENTENCE_WEIGHT = 0.5
"""Weight of the binary part of the loss."""
_WIDTHS_TO, _ROWS_TO = 16, 8
"""Tokens and rows are rounded up to multiples: each new shape compiles kernels that are kept."""
_PLACES = 192
"""Positions that pairs reach."""
_TOKENS = 3072
"""Tokens of a pass, padding included."""
_OPPOSITES = (
    "first last|largest smallest|most least|before after|increase decrease|north south|east west|highest lowest"
    "|oldest youngest|longest shortest|more fewer|best worst|early late|started ended|won lost|male female|higher lower"
    "|better worse|positive negative|with without|rich poor"
)


@dataclass(frozen=True)
class AnswerList:
    """One question with sentences of one text, some of which may answer it."""

    name: str
    """Of the set."""
    question: str
    title: str
    sentences: tuple[str, ...]
    answers: frozenset[int]
    order: int = 0
    """Position of the text in its file."""

    @property
    def text(self) -> str:
        """What tells its text from others: the title, or the sentences."""
        return self.title or "\n".join(self.sentences)


def read_answer_lists(path: Path) -> list[AnswerList]:
    """The lists of a file of `answer_sentences`."""
    lists: list[AnswerList] = []
    for number, row in enumerate(read_lines(path)):
        sentences = tuple(" ".join(sentence.split()) for sentence in row["sentences"])
        lists.append(
            AnswerList(row["set"], row["question"], row["title"], sentences, frozenset(row["answers"]), number)
        )
    return lists


def held_out(item: AnswerList) -> bool:
    """Whether the text is one of the tenth that is never trained on."""
    return hashlib.sha256(item.text.encode()).digest()[0] % 10 == 0


class CrossEncoder(nn.Module):
    """The encoder with its head."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(2 * encoder.config.hidden_size, 1)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """Logits, shape (pairs,), of token ids, token types and mask, all (pairs, tokens)."""
        states = self.encoder(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        weights = mask.to(states.dtype).unsqueeze(-1)
        mean = (states * weights).sum(1) / weights.sum(1)
        return self.head(self.dropout(torch.cat([states[:, 0], mean], dim=-1))).squeeze(-1).float()

    def logits(self, rows: Sequence[tuple[list[int], list[int]]]) -> Tensor:
        """Logits, shape (rows,), in passes of rows of like length."""
        order = sorted(range(len(rows)), key=lambda n: len(rows[n][0]))
        parts: list[Tensor] = []
        for batch in _passes(order, [len(ids) for ids, _ in rows]):
            width = _rounded(max(len(rows[n][0]) for n in batch), _WIDTHS_TO)
            ids, types, mask = (torch.zeros(_rounded(len(batch), _ROWS_TO), width, dtype=torch.long) for _ in range(3))
            mask[:, 0] = 1
            for at, n in enumerate(batch):
                size = len(rows[n][0])
                ids[at, :size], types[at, :size] = torch.tensor(rows[n][0]), torch.tensor(rows[n][1])
                mask[at, :size] = 1
            parts.append(self(ids, types, mask)[: len(batch)])
        return torch.cat(parts)[torch.tensor(np.argsort(order))]


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and write the weights, with a log of the loss."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="folder of the checkpoints")
    parser.add_argument("--data", type=Path, default=ANSWER_LISTS)
    parser.add_argument("--lists", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(arguments)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    rng = random.Random(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    known = [item for item in read_answer_lists(options.data) if not held_out(item)]
    lists = training_lists(known, rng)[: options.lists]
    print(
        f"{len(known):,} questions; {len(lists):,} lists, {sum(not one.answers for one in lists):,} without an answer",
        flush=True,
    )
    train(lists, options.out, rng, _Foreign(known))
    print(f"{export(options.out / 'judge.pt', options.out / 'judge.safetensors')}: the digest of the file to ship")


def training_lists(known: Sequence[AnswerList], rng: random.Random) -> list[AnswerList]:
    """The lists of one epoch, in a mixed order."""
    drawn: list[AnswerList] = []
    for item in known:
        share = _SHARES.get(item.name, 1)
        drawn += [item] * (int(share) + (rng.random() < share % 1))
    answerable = [item for item in drawn if item.answers]
    beside = neighbours(known)
    for kind, share in _UNANSWERABLE.items():
        for item in rng.sample(answerable, int(share * len(answerable))):
            made = _asked_of_neighbour(item, beside, rng) if kind == "neighbour" else _changed(item, known, rng)
            drawn += [made] if made is not None else []
    rng.shuffle(drawn)
    return drawn


def train(lists: Sequence[AnswerList], out: Path, rng: random.Random, foreign: _Foreign) -> CrossEncoder:
    """One epoch; a checkpoint and a line of the log every 100 steps."""
    choice = choose_model()
    # Drawing the random numbers of dropout takes longer than the products; one epoch does not need it.
    without = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
    encoder = BertModel.from_pretrained(choice.folder, attn_implementation="eager", add_pooling_layer=False, **without)
    encoder.embeddings.word_embeddings.weight.requires_grad = False
    model = CrossEncoder(encoder)
    tokenizer = PairTokenizer(choice.folder)
    head = list(model.head.parameters())
    body = [p for p in encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": _RATE}, {"params": head, "lr": _HEAD_RATE}], weight_decay=0.01
    )
    steps = len(lists) // _QUESTIONS
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: min((n + 1) / _WARM_UP, max(0.0, 1 - n / steps)))
    model.train()
    begun, tokens, losses = time.monotonic(), 0, [0.0]
    with (out / "log.jsonl").open("a") as log:
        for step in range(steps):
            chosen = [_sampled(item, rng, foreign) for item in lists[step * _QUESTIONS : (step + 1) * _QUESTIONS]]
            rows = list(zip(*tokenizer.encode([pair for pairs, _ in chosen for pair in pairs]), strict=True))
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = model.logits(rows)
            loss = _loss(logits, [flags for _, flags in chosen])
            loss.backward()
            nn.utils.clip_grad_norm_(body + head, 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            tokens += sum(len(ids) for ids, _ in rows)
            losses.append(loss.item())
            if (step + 1) % 50 == 0 or step == steps - 1:
                row = {
                    "step": step + 1,
                    "of": steps,
                    "loss": round(float(np.mean(losses[-50:])), 4),
                    "tokens": tokens,
                    "seconds": round(time.monotonic() - begun),
                }
                print(json.dumps(row), file=log, flush=True)
            if (step + 1) % 200 == 0 or step == steps - 1:
                torch.save(
                    {
                        name: value.clone()
                        for name, value in model.state_dict().items()
                        if "word_embeddings" not in name
                    },
                    out / "judge.pt",
                )
    return model


def export(checkpoint: Path, path: Path) -> str:
    """Write what the judge's weights differ from the shipped model's as ``path``; its SHA-256."""
    state = {name.removeprefix("encoder."): value.numpy() for name, value in torch.load(checkpoint).items()}
    types = state.pop("embeddings.token_type_embeddings.weight")
    positions = state.pop("embeddings.position_embeddings.weight") + types[0]
    state |= {"positions": positions[:_PLACES], "types.difference": types - types[0]}
    tensors = {HEAD_WEIGHT: state.pop("head.weight").T.copy(), HEAD_BIAS: state.pop("head.bias")}
    for name, base in SentenceBert.read(choose_model().folder, types=True).weights.items():
        if name in state:
            difference = state[name] - base[: len(state[name])]
            if difference.ndim == 2 and len(difference) > 2 and name != "positions":
                tensors[f"{name}.packed"], tensors[f"{name}.scales"] = pack(difference)
            else:
                tensors[name] = difference.astype(np.float16)
    save_file(tensors, path, metadata={"made_by": "python -m training.train_judge"})
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _loss(logits: Tensor, answering: Sequence[Sequence[bool]]) -> Tensor:
    parts = []
    start = 0
    for flags in answering:
        own = logits[start : start + len(flags)]
        start += len(flags)
        truth = torch.tensor(flags, dtype=torch.float32)
        scores = torch.log_softmax(torch.cat([own, torch.zeros(1)]), dim=0)
        wanted = torch.cat([truth / truth.sum(), torch.zeros(1)]) if truth.any() else torch.cat([truth, torch.ones(1)])
        binary = nn.functional.binary_cross_entropy_with_logits(own, truth)
        parts.append(-(wanted * scores).sum() + _SENTENCE_WEIGHT * binary)
    return torch.stack(parts).mean()


def _sampled(item: AnswerList, rng: random.Random, foreign: _Foreign) -> tuple[list[Pair], list[bool]]:
    """Some sentences of a list as pairs, with sentences of other texts, and whether each answers."""
    answering = sorted(item.answers)
    others = [n for n in range(len(item.sentences)) if n not in item.answers]
    taken = rng.sample(answering, min(_ANSWERING, len(answering)))
    taken += rng.sample(others, min(len(others), _OTHER if item.answers else _OTHER + _ANSWERING))
    title = item.title if rng.random() < 0.6 else ""
    pairs = [Pair.of(item.question, title, item.sentences, n) for n in taken]
    others_of = foreign.near(item, rng)
    pairs += [Pair.of(item.question, one.title if title else "", one.sentences, n) for one, n in others_of]
    return pairs, [n in item.answers for n in taken] + [False] * len(others_of)


class _Foreign:
    """Finds sentences of other texts that share a question's rare words."""

    def __init__(self, known: Sequence[AnswerList]) -> None:
        self._texts = list({item.sentences: item for item in known}.values())
        self._vectorizer = TfidfVectorizer(sublinear_tf=True, stop_words="english", max_df=0.05, dtype=np.float32)
        self._matrix = self._vectorizer.fit_transform(" ".join(item.sentences) for item in self._texts).T.tocsr()

    def near(self, item: AnswerList, rng: random.Random) -> list[tuple[AnswerList, int]]:
        """Sentences of two of the six nearest other texts, the ones that share most words."""
        query = self._vectorizer.transform([item.question])
        scores = np.asarray((query @ self._matrix).todense()).ravel()
        best = [int(n) for n in np.argpartition(-scores, 8)[:8] if scores[n] > 0]
        rest = [self._texts[n] for n in best if self._texts[n].sentences != item.sentences]
        words = set(_words(item.question))
        found = []
        for one in rng.sample(rest, min(_FOREIGN, len(rest))):
            found.append(
                (one, max(range(len(one.sentences)), key=lambda n: len(words & set(_words(one.sentences[n])))))
            )
        return found


def neighbours(known: Iterable[AnswerList]) -> dict[tuple[str, ...], list[AnswerList]]:
    """The texts before and after each text of its set, of one title where there are titles."""
    texts: dict[tuple[str, str], dict[tuple[str, ...], AnswerList]] = defaultdict(dict)
    for item in known:
        if item.name != "bioasq":
            texts[item.name, item.title].setdefault(item.sentences, item)
    found = {}
    for group in texts.values():
        row = sorted(group.values(), key=lambda one: one.order)
        for at, item in enumerate(row):
            found[item.sentences] = [row[n] for n in (at - 1, at + 1) if 0 <= n < len(row)]
    return found


def _asked_of_neighbour(
    item: AnswerList, beside: dict[tuple[str, ...], list[AnswerList]], rng: random.Random
) -> AnswerList | None:
    near = beside.get(item.sentences)
    if not near:
        return None
    other = rng.choice(near)
    return replace(other, question=item.question, answers=frozenset())


def _changed(item: AnswerList, known: Sequence[AnswerList], rng: random.Random) -> AnswerList | None:
    """The list with a word of the question changed so that its text no longer answers it."""
    found = list(_changes(item, rng.sample(known, 40), rng))
    return replace(item, question=rng.choice(found), answers=frozenset()) if found else None


def _changes(item: AnswerList, others: Sequence[AnswerList], rng: random.Random) -> Iterator[str]:
    question, held = item.question, " ".join(item.sentences).lower()
    for match in re.finditer(r"\b\d+(?:[.,]\d+)?\b", question):
        number = match.group()
        changed = "".join(str(rng.randrange(1, 10)) if char.isdigit() else char for char in number)
        if number in held and changed not in held:
            yield question[: match.start()] + changed + question[match.end() :]
    names = r"(?<=[a-z] )(?:[A-Z][\w'-]+)(?: [A-Z][\w'-]+)*"
    spares = [m.group() for other in others if other.name == item.name for m in re.finditer(names, other.question)]
    spares = [name for name in spares if name.lower() not in held]
    for match in re.finditer(names, question):
        if spares and match.group().lower() in held:
            yield question[: match.start()] + rng.choice(spares) + question[match.end() :]
    for pair in _OPPOSITES.split("|"):
        one, other = pair.split()
        for word, opposite in ((one, other), (other, one)):
            changed = re.sub(rf"\b{word}\b", opposite, question, count=1)
            if changed != question:
                yield changed


def _words(text: str) -> list[str]:
    return re.findall(r"\w{3,}", text.lower())


def _rounded(number: int, step: int) -> int:
    return -(-number // step) * step


def _passes(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for n in order:
        if batch and (len(batch) + 1) * _rounded(lengths[n], _WIDTHS_TO) > _TOKENS:
            yield batch
            batch = []
        batch.append(n)
    if batch:
        yield batch


if __name__ == "__main__":
    main()
