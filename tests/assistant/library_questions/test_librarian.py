"""Questions about a small library: what its records say, what they do not know, and what is left to the answerer."""

from __future__ import annotations

import pytest

from assistant.answering import Answer
from assistant.followup import PastTurn
from assistant.workspace import Workspace
from index.filters import Filters

MARSUPIALS = """---
title: "Patience in Marsupials: A Field Study"
author: [Ada Hopper, Grace Lovelace]
date: 2019-05-02
kind: paper
---
# Patience in Marsupials: A Field Study

## Abstract

We study patience in marsupials. This paper shows that wombats wait longer than kangaroos. Burrows explain it.

## Conclusion

We conclude that wombats are patient animals, and that burrows reward waiting in the long run.

## References

Tinker, B. (2001). Digging is all you need. Journal of Burrows, 3, 1-9.
"""
BURROWS = """---
title: "Burrow Temperatures at Night"
author: [Grace Lovelace]
date: 2021-01-01
kind: paper
---
# Burrow Temperatures at Night

## Abstract

We measure burrow temperatures at night with small sensors. Wombats keep their burrows warm in the winter months.

## References

Hopper, A., & Lovelace, G. (2019). Patience in Marsupials: A Field Study. Journal of Marsupials, 1, 1-10.

Tinker, B. (2001). Digging is all you need. Journal of Burrows, 3, 1-9.
"""
ESSAY = """---
kind: essay
---
# Waiting

Waiting is a virtue that few animals have. In this essay I argue that wombats should be admired for it.
"""


@pytest.fixture(scope="module")
def library(library_of) -> Workspace:
    workspace = library_of(marsupials=MARSUPIALS, burrows=BURROWS, waiting=ESSAY)
    workspace.tag([item.document_id for item in workspace.documents() if item.year == 2021], add=["to read"])
    return workspace


def ask(library: Workspace, question: str, *titles: str) -> Answer | None:
    history = [PastTurn("What of it?", titles=titles)] if titles else []
    return library.librarian.answer(question, filters=None, history=history)


def text(answer: Answer | None) -> str:
    assert answer is not None
    return " ".join(sentence.text for sentence in answer.sentences)


def shown(answer: Answer | None) -> list[str]:
    assert answer is not None
    return [source.path.rsplit("/", 1)[-1].removesuffix(".md") for source in answer.sources]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Who wrote Patience in Marsupials?", "is by Ada Hopper and Grace Lovelace"),
        ("who are the autors of the marsupial patience paper", "Ada Hopper"),
        ("When was the Hopper paper published?", "is from 2019-05-02"),
        ("How many people wrote the Hopper paper?", "2 authors"),
        ("How many pages does the burrow temperatures paper have?", "has no page numbers"),
        ("Who wrote the essay?", "names no author, so it is unknown here. Record it with: loccit edit"),
        ("What tags does Burrow Temperatures at Night have?", "is tagged to read"),
        ("who wrote Digging is all you need", "“Digging is all you need” is not in your library"),
        ("Do I have anything by Alan Turing?", "No document of your library names Alan Turing"),
        ("Do I have the Turing paper?", "no document that fits “Turing”"),
        ("How many papers do I have?", "3 documents"),
    ],
)
def test_records_are_told_and_what_they_lack_is_said(library: Workspace, question: str, said: str) -> None:
    answer = ask(library, question)
    assert said in text(answer)
    assert answer is not None and answer.kind == "library" and not answer.abstained


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("Which papers did Grace Lovelace write?", {"marsupials", "burrows"}),
        ("papers since 2020", {"burrows"}),
        ("everything from before 2020", {"marsupials"}),
        ('What did I mark as "to read"?', {"burrows"}),
        ("Which papers cite Digging is all you need?", {"marsupials", "burrows"}),
        ("Does any paper cite the one by Hopper and Lovelace?", {"burrows"}),
        ("What does the burrow temperatures paper cite?", {"marsupials"}),
        ("What is the newest paper I have?", {"burrows"}),
        ("Which essays do I have?", {"waiting"}),
        ("What do I have on burrow temperatures?", {"burrows"}),
        ("Which work do most of my papers cite?", {"marsupials"}),
    ],
)
def test_lists_have_the_documents_that_fulfil_the_conditions(
    library: Workspace, question: str, documents: set[str]
) -> None:
    assert set(shown(ask(library, question))) == documents


@pytest.mark.parametrize(
    "question",
    [
        "Who found that wombats wait?",
        "When was the burrow released?",
        "How many wombats were studied in the Hopper paper?",
        "How long is a burrow in the field study?",
        "What does the Hopper paper conclude about burrows?",
        "Which papers use sensors?",
        "What is Patience in Marsupials?",
        "How do wombats and kangaroos differ?",
        "Summarise the risks",
        "Give me quotations",
        "Who wrote the diaries?",
        "When was the Wombat Act published?",
    ],
)
def test_what_may_be_about_contents_is_left_alone(library: Workspace, question: str) -> None:
    assert ask(library, question) is None


def test_documents_are_shown_in_their_own_sentences(library: Workspace) -> None:
    answer = ask(library, "What does the essay say?")
    assert answer is not None and set(shown(answer)) == {"waiting"}
    assert all(sentence.verbatim for sentence in answer.sentences)
    both = ask(library, "How does the essay differ from the Hopper paper?")
    assert set(shown(both)) == {"waiting", "marsupials"}


def test_as_many_quotations_as_asked_for(library: Workspace) -> None:
    answer = ask(library, "Give me two quotations on wombats")
    assert answer is not None
    assert len([sentence for sentence in answer.sentences if sentence.verbatim]) == 2
    assert all("ombat" in source.quote for source in answer.sources)


def test_courtesy_needs_no_search(library: Workspace) -> None:
    assert text(ask(library, "thanks, that helped a lot!")) == "You are welcome."
    assert text(ask(library, "Hello!")).startswith("Hello")


def test_it_is_the_document_last_quoted(library: Workspace) -> None:
    assert "Ada Hopper" in text(ask(library, "Who wrote it?", "Patience in Marsupials: A Field Study"))
    assert ask(library, "Who wrote it?") is None
    assert ask(library, "When was it released?", "Patience in Marsupials: A Field Study") is None


def test_filters_hold(library: Workspace) -> None:
    answer = library.librarian.answer("Which papers by Lovelace?", filters=Filters(years=(2021, 2021)), history=())
    assert shown(answer) == ["burrows"]


def test_a_session_keeps_the_answer(library: Workspace) -> None:
    reply = library.reply("Who wrote Patience in Marsupials?", "")
    kept = library.sessions.turns(reply.session)[0].answer
    assert (kept.kind, kept.sentences) == ("library", reply.answer.sentences)
    assert (
        "Ada Hopper"
        in library.reply("And when was it published? Who wrote it?", reply.session).answer.sentences[0].text
    )
