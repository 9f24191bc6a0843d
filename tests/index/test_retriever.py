"""A real cross-encoder with random weights, made on the spot: the way to it is what is tested."""

import math

import numpy as np
import pytest

from corpus.errors import ModelError
from index.filters import Filters
from index.judging import OwnCrossEncoder, Pair
from index.retriever import Retriever, fold_copies
from index.term_vectors import Rows

TEXTS = {
    "release.md": "# Release\n\nThe weights of the model are public, and anybody may fetch them.\n",
    "cake.md": "# Baking\n\nA plum cake needs flour, butter and plums. It rests for an hour.\n",
    "law.md": "# Regulation\n\nProviders must keep records under ordinance ZX-81. Fines follow otherwise.\n",
    "risk.md": "# Risk\n\nMarginal risk compares a tool with what is there already.\n",
}


@pytest.fixture(scope="module")
def stocked(stock):
    return stock(TEXTS)


def titles(library, query: str, **options: object) -> list[str]:
    return [hit.passage.title for hit in library.retriever.search(query, 4, **options)]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("Can I download the parameters?", "Release"),
        ("dessert recipe", "Baking"),
        ("ZX-81", "Regulation"),
        ("How much more dangerous is it than existing technology?", "Risk"),
    ],
)
def test_passages_are_found_by_meaning_and_by_words(stocked, query: str, title: str) -> None:
    assert titles(stocked, query)[0] == title


def test_hits_are_ordered_and_scores_bounded(stocked) -> None:
    hits = stocked.retriever.search("weights of the cake", 4)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert all(-1.001 <= hit.cosine <= 1.001 and hit.bm25 >= 0 for hit in hits)


def test_no_more_hits_come_than_asked_for(stocked) -> None:
    assert len(stocked.retriever.search("weights", 2)) == 2
    assert len(stocked.retriever.search("weights", 100)) == 4


def test_the_search_may_be_held_to_some_documents(stocked) -> None:
    ids = {line.title: line.document_id for line in stocked.store.summaries()}
    assert titles(stocked, "plum cake", filters=Filters(documents=(ids["Risk"],))) == ["Risk"]
    assert set(titles(stocked, "plum cake", filters=Filters(documents=(ids["Risk"], ids["Release"])))) == {
        "Risk",
        "Release",
    }


def test_a_vector_at_hand_is_not_computed_again(stocked) -> None:
    vector = stocked.embedder.encode(["plum cake"])
    # The words fit one passage, the vector another: both are seen to be used.
    (hit,) = [h for h in stocked.retriever.search("ZX-81", 4, vector=vector) if h.passage.title == "Baking"]
    assert hit.cosine == max(h.cosine for h in stocked.retriever.search("ZX-81", 4, vector=vector))


@pytest.mark.parametrize("query", ["C++", "don't", '"unbalanced', "NOT", "(", "\x00", "🧠", "日本語", "x" * 3000])
def test_odd_queries_are_answered(stocked, query: str) -> None:
    assert len(titles(stocked, query)) == 4


def test_an_empty_library_finds_nothing(library) -> None:
    assert library.retriever.search("anything", 5) == []


def test_every_hit_is_a_slice_of_its_document(stocked) -> None:
    for hit in stocked.retriever.search("weights", 4):
        text = stocked.store.get(hit.passage.document_id).document.text
        assert text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_passages_beside_a_candidate_are_ranked_too(library, write) -> None:
    filler = " ".join(f"Sentence number {n} is about gardens and their many kinds of plants." for n in range(40))
    library.add(write("a.md", f"# Both\n\n## One\n\n{filler}\n\n## Two\n\nZX-81 is the ordinance on records.\n"))
    vector = library.embedder.encode(["ZX-81"])
    found = library.retriever.candidates("ZX-81", vector, 1)
    assert len(found.bm25) == len(found.dense) == 1
    assert len(found.pool) > 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"plum cake"', {"Baking"}),
        ('"plum  Cakes" weights', {"Baking"}),
        ('"cake plum"', set()),
        ('"plum cake" "ordinance ZX-81"', set()),
        ("ordin*", {"Regulation", "Release", "Risk", "Baking"}),
    ],
)
def test_phrases_are_required(stocked, query: str, expected: set[str]) -> None:
    assert set(titles(stocked, query)) == expected


def test_the_nearest_passages_of_one_document_come_without_the_others(stocked) -> None:
    ids = {line.title: line.document_id for line in stocked.store.summaries()}
    vector = stocked.retriever.embed(["dessert recipe"])
    [(passage, cosine)] = stocked.retriever.nearest(vector, 3, ids["Risk"])
    assert passage.title == "Risk"
    [(cake, nearer)] = stocked.retriever.nearest(vector, 3, ids["Baking"])
    assert cake.text.startswith("A plum cake")
    assert nearer > cosine
    assert stocked.retriever.nearest(vector, 3, "nothing of this id") == []


LONG = (
    "The preprint reports that thirty percent of the annotators disagreed about the label of the same sentence, and "
    "that guidelines written after a pilot study halved this share within a week."
)


@pytest.fixture(scope="module")
def stocked_diversity(stock):
    return stock(
        {
            "preprint.md": f"# A study\n\n{LONG}\n",
            "printed.md": f"# A study, printed\n\n{LONG} \n",
            "other.md": f"# Another study\n\n{LONG.replace('thirty', 'fifty').replace('halved', 'doubled')[:-60]}\n",
            "short.md": "# Note\n\nAnnotators disagreed.\n",
            "short2.md": "# Second note\n\nAnnotators disagreed.\n",
        }
    )


def test_copies_are_one_hit_with_both_sources(stocked_diversity) -> None:
    hits = stocked_diversity.retriever.search("How many annotators disagreed about the label?", 10)
    by_title = {hit.passage.title: [other.title for other in hit.copies] for hit in hits}
    (folded,) = [(title, also) for title, also in by_title.items() if title.startswith("A study")]
    assert {folded[0], *folded[1]} == {"A study", "A study, printed"}
    assert by_title["Another study"] == []
    assert {"Note", "Second note"} <= by_title.keys()


def test_folding_fills_the_list_with_others(stocked_diversity) -> None:
    assert len(stocked_diversity.retriever.search("annotators disagreed", 4)) == 4
    assert len(stocked_diversity.retriever.search("annotators disagreed", 10)) == 4


def test_a_copy_far_behind_its_passage_is_folded(library, write) -> None:
    about = "\n\n".join(
        f"# Annotators disagreed, part {n}\n\nThe label of sentence {n} was disputed." for n in range(40)
    )
    library.add(
        write("full.md", f"# Annotators disagreed\n\n{LONG}\n\n{about}\n"), write("bare.txt", f"Notes\n\n{LONG}\n")
    )
    (hit,) = library.retriever.search("annotators disagreed about the label", 1)
    assert hit.passage.title == "Annotators disagreed"
    while_all = library.retriever.search("annotators disagreed about the label", 60)
    (folded,) = [hit for hit in while_all if LONG in hit.passage.text]
    assert len(folded.copies) == 1


def test_every_pair_of_copies_is_seen() -> None:
    random = np.random.default_rng(1)
    bodies = [random.integers(0, 2**32, 60, dtype=np.uint32) for _ in range(20)]
    for body in bodies[:10]:
        changed = body.copy()
        changed[random.integers(0, 60)] = 7
        bodies.append(changed)
    lengths = np.array([(0, 0, len(body)) for body in bodies])
    ids = np.arange(len(bodies))
    rows = Rows(ids, [str(number) for number in ids], np.zeros_like(ids), lengths, np.concatenate(bodies))
    assert fold_copies(rows, ids, 12) == [[n, n + 20] if n < 10 else [n] for n in range(12)]


def test_passages_of_one_document_are_not_folded(library, write) -> None:
    library.add(write("twice.md", f"# First part\n\n{LONG}\n\n# Second part\n\n{LONG}\n"))
    hits = library.retriever.search("annotators", 5)
    assert len(hits) == 2
    assert not any(hit.copies for hit in hits)


TEXTS_reranker = {f"{n}.md": f"# Title {n}\n\nPlums of sort {n} are ripe in month {n}.\n" for n in range(6)}


@pytest.fixture(scope="module")
def model_folder(tmp_path_factory):
    return _cross_encoder(tmp_path_factory.mktemp("reranker"), labels=1)


def _cross_encoder(folder, *, labels: int) -> str:
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "plums", "of", "sort", "are", "ripe", *"0123456789"]
    tokenizer = Tokenizer(models.WordLevel({name: i for i, name in enumerate(names)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    ).save_pretrained(folder)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(names),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=labels,
        initializer_range=0.4,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return str(folder)


def test_the_model_decides_the_order(stock, model_folder) -> None:
    library = stock(TEXTS_reranker)
    reranker = OwnCrossEncoder(model_folder)
    retriever = Retriever(library.store, library.lexical, library.dense, library.embedder, reranker)
    plain = library.retriever.search("plums of sort 3", 6)
    texts = ["\n".join(part for part in hit.passage.words if part) for hit in plain]
    logits = reranker.judge([Pair("plums of sort 3", text) for text in texts])
    assert len(set(logits.round(4))) == 6
    by_logit = sorted(zip(logits, plain, strict=True), key=lambda pair: -pair[0])
    hits = retriever.search("plums of sort 3", 6)
    assert [hit.passage for hit in hits] == [hit.passage for _, hit in by_logit]
    assert [hit.score for hit in hits] == pytest.approx([1 / (1 + math.exp(-logit)) for logit, _ in by_logit], abs=1e-5)
    assert len(retriever.search("plums of sort 3", 2)) == 2


def test_a_model_that_is_not_there_is_named(tmp_path) -> None:
    assert OwnCrossEncoder("nowhere").judge([]).size == 0
    for name, cause in ((str(tmp_path / "none"), "folder of the reranker is not there"), ("none", "cannot be loaded")):
        with pytest.raises(ModelError, match=cause) as caught:
            OwnCrossEncoder(name).judge([Pair("q", "p")])
        assert caught.value.place == name
        assert "config.toml" in caught.value.remedy


def test_a_classifier_is_no_reranker(tmp_path) -> None:
    with pytest.raises(ModelError, match="3 values"):
        OwnCrossEncoder(_cross_encoder(tmp_path, labels=3)).judge([Pair("q", "p")])
