"""The blocks of the conversation: a question with its answer, the report of an add, an error."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from assistant.adding import summary
from assistant.answering import Answer, AnswerSentence
from assistant.citing import CitedSource
from assistant.tui import phrases
from assistant.tui.phrases import one_line, sentence_line
from assistant.tui.service import Trouble
from index.reports import AddItem, AddReport

__all__ = ["Block", "Report", "Sentence", "SourcePicked", "TroubleBlock", "Turn"]

WRITING_STOPPED = "Writing was stopped; these are the passages themselves."
LONGEST_QUESTION = 300
"""Characters of a question that are shown, so that its answer is in sight."""
HOW_TO_ADD = "Type /add and a path, or press ctrl+o, to add what might answer it."
FILES_SHOWN = 100
"""Files listed; the library screen has the rest."""
ORDER = {"failed": 0, "partial": 1, "duplicate": 2, "added": 3, "updated": 3, "unchanged": 4}
STYLES = {"failed": "bold $text-error", "partial": "bold $text-warning", "added": "$text-success"}


@dataclass
class SourcePicked(Message):
    """The source with this number was chosen."""

    n: int


class Block(VerticalGroup, can_focus=True):
    """Anything in the conversation that the cursor stops at."""

    @dataclass
    class Entered(Message):
        """The cursor came to a block."""

        block: "Block"

    def copied(self) -> str:
        """Return the text to copy; empty when the selected source is to be copied instead."""
        return ""

    def on_focus(self, event: events.Focus) -> None:
        """Tell the screen where the cursor is."""
        self.post_message(self.Entered(self))


class Sentence(Static):
    """A sentence of an answer; a click selects its source."""

    def __init__(self, content: Content, n: int | None) -> None:
        super().__init__(content, classes="sentence")
        self.n = n

    @classmethod
    def answering(cls, sentence: AnswerSentence, *, written: bool) -> "Sentence":
        """Make a sentence of an answer with the numbers of its sources."""
        return cls(sentence_line(sentence, written=written), sentence.sources[0] if sentence.sources else None)

    @classmethod
    def near(cls, source: CitedSource) -> "Sentence":
        """Make a sentence that came near without answering."""
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

    def __init__(self, question: str, answer: Answer | None = None) -> None:
        super().__init__()
        self.question = question
        self.model = ""
        """The language model that is writing."""
        self.answer = answer
        """What was found; None while it is sought."""

    def compose(self) -> ComposeResult:
        """Compose the question, then its answer or a mark that it is sought."""
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
        """Show the text of the model so far, marked as not checked yet."""
        for pending in self.query(".pending").results(Static):
            pending.update(f"{one_line(self.model)} writes, not checked yet … {one_line(text)}")

    async def fail(self, trouble: Trouble) -> None:
        """Say why there is no answer."""
        await self._settle(
            Static(Content.styled(trouble.header, "bold $text-error"), classes="verdict"),
            Static(trouble.text, markup=False, classes="line"),
        )

    async def stop(self) -> None:
        """Say that it was stopped; passages already found stay."""
        if self.answer is not None:
            await self.query(".pending").remove()
            await self.mount(Static(WRITING_STOPPED, classes="line muted", markup=False))
            return
        await self._settle(Static("Stopped.", classes="verdict muted", markup=False))

    @property
    def sources(self) -> tuple[CitedSource, ...]:
        """The sources of the answer, or of what came nearest to one."""
        if self.answer is None:
            return ()
        return self.answer.nearest if self.answer.abstained else self.answer.sources

    async def _settle(self, *lines: Widget) -> None:
        await self.query_children().exclude(".question").remove()
        await self.mount_all(lines)


def answer_lines(answer: Answer) -> Iterator[Widget]:
    """Yield an answer line by line: verdict, quoted sentences, notices, evidence and time."""
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
        yield Sentence.answering(sentence, written=answer.kind != "library")
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


class Report(Block):
    """The files of one add, each with its outcome."""

    HELP = "The result of adding: each file with its outcome."

    def __init__(self, report: AddReport) -> None:
        super().__init__()
        self.report = report
        self.items = sorted(report.items, key=lambda item: ORDER.get(str(item.status), 5))

    def compose(self) -> ComposeResult:
        """Compose the counts, then a line for each file."""
        stopped = "Stopped; what was finished stays: " if self.report.cancelled else ""
        yield Static(Content.styled(f"{stopped}{' · '.join(summary(self.report))}", "bold"), classes="verdict")
        for item in self.items[:FILES_SHOWN]:
            status = str(item.status)
            yield Static(
                Content.assemble((f"{status} ", STYLES.get(status, "$foreground-muted")), line(item)), classes="line"
            )
        if len(self.items) > FILES_SHOWN:
            yield Static(
                f"… and {len(self.items) - FILES_SHOWN:,} more: f3 lists the library.", classes="line", markup=False
            )

    def copied(self) -> str:
        """Return all of it as plain text."""
        return "\n".join([" · ".join(summary(self.report)), *(f"{item.status} {line(item)}" for item in self.items)])


def line(item: AddItem) -> str:
    """Name a file with its title, or with the reason why it was not added."""
    name = item.path if item.status in ("failed", "partial") else item.title or PurePath(item.path).name
    return one_line(f"{name}: {item.reason}" if item.reason else name)


class TroubleBlock(Block):
    """An error, shown in place of a result."""

    HELP = "What went wrong. c copies all of it; tab enters the text to scroll it."

    def __init__(self, trouble: Trouble) -> None:
        super().__init__()
        self.trouble = trouble

    def compose(self) -> ComposeResult:
        """Compose the header, then the text."""
        yield Static(Content.styled(self.trouble.header, "bold $text-error"), classes="verdict")
        with VerticalScroll(classes="details"):
            yield Static(self.trouble.text, markup=False)
        if not self.trouble.expected:
            yield Static("loccit goes on. c copies this text for a report.", markup=False, classes="line muted")

    def copied(self) -> str:
        """Return header and text."""
        return f"{self.trouble.header}\n{self.trouble.text}"
