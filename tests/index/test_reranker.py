"""A real cross-encoder with random weights, made on the spot: the way to it is what is tested."""

import pytest

from corpus.errors import ModelError
from index.reranker import CrossEncoderReranker
from index.retriever import Retriever

TEXTS = {f"{n}.md": f"# Title {n}\n\nPlums of sort {n} are ripe in month {n}.\n" for n in range(6)}


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
    library = stock(TEXTS)
    reranker = CrossEncoderReranker(model_folder)
    retriever = Retriever(library.store, library.lexical, library.dense, library.embedder, reranker)
    plain = library.retriever.search("plums of sort 3", 6)
    judged = reranker.judge("plums of sort 3", ["\n".join(part for part in hit.passage.words if part) for hit in plain])
    assert len(set(judged.round(4))) == 6
    by_worth = sorted(zip(judged, plain, strict=True), key=lambda pair: -pair[0])
    hits = retriever.search("plums of sort 3", 6)
    assert [hit.passage for hit in hits] == [hit.passage for _, hit in by_worth]
    assert [hit.score for hit in hits] == pytest.approx([worth for worth, _ in by_worth], abs=1e-5)
    assert len(retriever.search("plums of sort 3", 2)) == 2


def test_worths_are_between_nought_and_one(model_folder) -> None:
    worths = CrossEncoderReranker(model_folder).judge("plums", ["plums of 3", "ripe", ""])
    assert worths.shape == (3,)
    assert ((worths >= 0) & (worths <= 1)).all()
    assert CrossEncoderReranker("nowhere").judge("plums", []).size == 0


def test_a_model_that_is_not_there_is_named(tmp_path) -> None:
    for name, cause in ((str(tmp_path / "none"), "folder of the reranker is not there"), ("none", "cannot be loaded")):
        with pytest.raises(ModelError, match=cause) as caught:
            CrossEncoderReranker(name).judge("q", ["p"])
        assert caught.value.place == name
        assert "config.toml" in caught.value.remedy


def test_a_classifier_is_no_reranker(tmp_path) -> None:
    with pytest.raises(ModelError, match="3 values"):
        CrossEncoderReranker(_cross_encoder(tmp_path, labels=3)).judge("q", ["p"])
