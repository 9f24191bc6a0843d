"""A question with what became of it: one block of the conversation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from assistant.tui import phrases
from assistant.tui.block import Block
from assistant.tui.marking import one_line, sentence_line
from assistant.tui.messages import SourcePicked
from assistant.tui.trouble import Trouble

if TYPE_CHECKING:
    from assistant.answering import Answer, AnswerSentence
    from assistant.citing import CitedSource

__all__ = ["Sentence", "Turn"]

WRITING_STOPPED = "Writing was stopped; these are the passages themselves."
LONGEST_QUESTION = 300
"""Characters of a question that are shown, so that its answer is in sight."""
HOW_TO_ADD = "Type /add and a path, or press ctrl+o, to add what might answer it."


class Sentence(Static):
    """A sentence of an answer; a click selects its source."""

    def __init__(self, content: Content, n: int | None) -> None:
        super().__init__(content, classes="sentence")
        self.n = n

    @classmethod
    def answering(cls, sentence: AnswerSentence) -> Sentence:
        """A sentence of an answer with the numbers of its sources."""
        return cls(sentence_line(sentence), sentence.sources[0] if sentence.sources else None)

    @classmethod
    def near(cls, source: CitedSource) -> Sentence:
        """What came close without answering."""
        text = Content.assemble(f"“{one_line(source.quote)}” ", (f"[{source.n}]", "bold $text-accent"))
        return cls(text, source.n).add_class("near")

    def on_click(self) -> None:
        """Select its source."""
        if self.n is not None:
            self.post_message(SourcePicked(self.n))


class Turn(Block):
    """One question and its answer, or why there is none."""

    HELP = "An answer: each quoted sentence carries the number of its source."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.read", "Read", id="turn.read", tooltip="Read the selected source where it stands")
    ]

    def __init__(self, number: int, question: str, answer: Answer | None = None) -> None:
        super().__init__()
        self.number = number
        """Its number among all questions since the start."""
        self.question = question
        self.model = ""
        """The language model that is writing."""
        self.answer = answer
        """What was found, once it is there."""

    def compose(self) -> ComposeResult:
        """The question, and its answer, or that it is being worked on."""
        asked = phrases.opening(self.question, LONGEST_QUESTION)
        yield Static(Content.assemble(("You  ", "bold $text-primary"), one_line(asked)), classes="question")
        if self.answer is not None:
            yield from answer_lines(self.answer)
        else:
            yield Static("Looking …", classes="pending muted", markup=False)

    async def show(self, answer: Answer) -> None:
        """Put the answer in place."""
        self.answer = answer
        await self._settle(*answer_lines(answer))

    async def found(self, answer: Answer, model: str) -> None:
        """Put the passages in place, and below them what ``model`` is writing."""
        await self.show(answer)
        self.model = model
        await self.mount(Static("", classes="pending muted", markup=False))
        self.writing("")

    def writing(self, text: str) -> None:
        """Show what the model has written so far, as what it is: not checked yet."""
        for pending in self.query(".pending").results(Static):
            pending.update(f"{one_line(self.model)} writes, not checked yet … {one_line(text)}")

    async def fail(self, trouble: Trouble) -> None:
        """Say why there is no answer, where the error is one that loccit expects."""
        await self._settle(
            Static(Content.styled(trouble.header, "bold $text-error"), classes="verdict"),
            Static(trouble.text, markup=False, classes="line"),
        )

    async def stop(self) -> None:
        """Say that the person stopped it; passages that were found stay."""
        if self.answer is not None:
            await self.query(".pending").remove()
            await self.mount(Static(WRITING_STOPPED, classes="line muted", markup=False))
            return
        await self._settle(Static("Stopped.", classes="verdict muted", markup=False))

    @property
    def sources(self) -> tuple[CitedSource, ...]:
        """What stands behind the answer, or came nearest to one."""
        if self.answer is None:
            return ()
        return self.answer.nearest if self.answer.abstained else self.answer.sources

    async def _settle(self, *lines: Widget) -> None:
        await self.query_children().exclude(".question").remove()
        await self.mount_all(lines)


def answer_lines(answer: Answer) -> Iterator[Widget]:
    """An answer line by line: verdict, quoted sentences, what to know, the measure."""
    if answer.standalone_question != answer.question:
        yield Static(
            f"Understood as: {one_line(answer.standalone_question)}", markup=False, classes="line muted understood"
        )
    found = not answer.abstained or (answer.taxonomy is not None and answer.taxonomy.found)
    style = "bold $text-success" if found else "bold $text-warning"
    yield Static(Content.styled(phrases.verdict(answer), style), classes="verdict")
    if answer.taxonomy is not None and answer.taxonomy.text:
        text = Content.assemble(one_line(answer.taxonomy.text), " ", ("[table]", "bold $text-accent"))
        yield Static(text, classes="sentence table")
    heading = ""
    for sentence in answer.sentences:
        if sentence.heading != heading:
            heading = sentence.heading
            yield Static(Content.styled(one_line(heading), "bold"), classes="line part")
        yield Sentence.answering(sentence)
    reporting: dict[str, list[CitedSource]] = {}
    for source in answer.sources:
        if source.second_hand is not None:
            reporting.setdefault(source.second_hand.short, []).append(source)
    for sources in reporting.values():
        yield Static(phrases.second_hand(sources), markup=False, classes="line second-hand")
    for line in filter(None, map(phrases.held, answer.sources)):
        yield Static(f"{line} · f7", markup=False, classes="line muted cites")
    if answer.abstained and answer.nearest:
        yield Static("What came nearest, without answering it:", markup=False, classes="line")
        yield from (Sentence.near(source) for source in answer.nearest)
    if answer.written_by:
        yield Static(phrases.written(answer), markup=False, classes="line")
    for notice in answer.notices:
        yield Static(notice, markup=False, classes="line notice")
    if not found:
        yield Static(HOW_TO_ADD, markup=False, classes="line")
    yield Static(phrases.measured(answer), markup=False, classes="line muted")
