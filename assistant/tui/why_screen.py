"""The why screen: how a question was read, the confidence, both rankings, and the sentences with their scores."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from assistant.answering import Answer
from assistant.answering.answer import Explanation, RankedPassage, RankedSentence
from assistant.tui.phrases import one_line
from assistant.tui.widgets.bars import KeyLine

__all__ = ["WhyScreen"]

AGAIN = "Worked out again by the library as it is now: a kept answer does not hold its rankings."
FEATURES = {
    "logit": "the judge on the best sentence",
    "passage_cosine": "meaning of the nearest passage",
    "coverage": "words of the question in the best sentence",
    "known": "in the library",
    "document": "in the best document",
    "named": "every name in it",
}
"""What the confidence is computed from, in plain words."""


class WhyScreen(ModalScreen[None]):
    """How an answer came about, to scroll through."""

    AUTO_FOCUS = "#why-text"
    HELP = "How an answer came about: question, confidence, both rankings, and the sentences that were weighed."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f6", "dismiss", "Close", id="why.close", tooltip="Back to where you were")
    ]

    def __init__(self, answer: Answer, explanation: Explanation) -> None:
        super().__init__()
        self.answer = answer
        self.explanation = explanation

    def compose(self) -> ComposeResult:
        """Compose a heading and its lines for each step."""
        with Vertical(id="why") as frame:
            frame.border_title = "Why"
            with VerticalScroll(id="why-text", can_focus=True):
                if self.answer.explanation is None:
                    yield Static(AGAIN, markup=False, classes="muted")
                yield from self._question()
                yield from self._confidence()
                yield from self._passages()
                yield from self._sentences()
        yield KeyLine()

    def _question(self) -> Iterator[Widget]:
        why = self.explanation
        yield heading("Question")
        yield plain(one_line(self.answer.standalone_question))
        yield plain(f"Read as a question of the kind {why.kind}.")
        yield plain("Its words by weight: " + ", ".join(f"{word} {weight:.1f}" for word, weight in why.words))

    def _confidence(self) -> Iterator[Widget]:
        why = self.explanation
        yield heading("Confidence")
        verdict = "enough" if why.confidence >= why.threshold else "not enough"
        yield plain(f"{why.confidence:.2f}, needed {why.threshold:.2f}: {verdict} for an answer.")
        named = (f"{FEATURES.get(name, name)} {value:.2f}" for name, value in why.features.items())
        yield plain(f"From: {', '.join(named)}")

    def _passages(self) -> Iterator[Widget]:
        yield heading("Passages")
        yield row("     score  by meaning  by words    where", "muted")
        for rank, passage in enumerate(self.explanation.passages, 1):
            yield row(f"{rank:3}. {ranked(passage)}")

    def _sentences(self) -> Iterator[Widget]:
        yield heading("Sentences")
        yield row("    score  words   ● is in the answer", "muted")
        for item in self.explanation.sentences:
            yield Static(weighed(item), classes="why-sentence")


def ranked(passage: RankedPassage) -> str:
    """Show a passage with its fused score, its rank and cosine by meaning, and its rank and BM25 by words."""
    meaning = f"{passage.dense_rank:2} ({passage.cosine:.2f})"
    words = f"{passage.lexical_rank:2} ({passage.bm25:.1f})" if passage.lexical_rank is not None else " –"
    where = one_line(f"{passage.document} § {passage.place}" if passage.place else passage.document)
    return f"{passage.score:6.3f}  {meaning:<10}  {words:<10}  {where}"


def weighed(item: RankedSentence) -> Content:
    """Show a sentence below its scores; a dot marks one of the answer."""
    mark = ("● ", "bold $text-success") if item.chosen else ("  ", "")
    scores = f"{item.score:7.3f}  {item.coverage:5.2f}\n"
    return Content.assemble(mark, (scores, "$text-muted"), one_line(item.text))


def heading(text: str) -> Static:
    """Show the name of a step."""
    return Static(Content.styled(text, "bold $text-primary"), classes="why-part")


def plain(text: str) -> Static:
    """Show text that may take several lines."""
    return Static(text, markup=False)


def row(text: str, *classes: str) -> Static:
    """Show a line of a table, cut at the edge of the screen."""
    return Static(text, markup=False, classes=" ".join(("why-row", *classes)))
