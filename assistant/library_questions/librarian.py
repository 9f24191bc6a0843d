"""Librarian: answers questions about the library itself from its records, and leaves all others alone.

Every word of such a question is claimed: by a name of the library, an expression of the vocabulary, or a title of a
reference list. Where one is left over, or nothing says which document is meant, the question is about contents.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from assistant.answering import Answer, AnswerSentence
from assistant.answering.answer import Clock
from assistant.citing import CitedSource, make_source
from assistant.followup import PastTurn, standalone_question
from assistant.library_questions.cited_works import most_cited, titles_cited
from assistant.library_questions.claims import Claim, Claims, Gazetteer, claimed, of_kind, tokens_of
from assistant.library_questions.excerpts import compared, glanced, quotations
from assistant.library_questions.facts import described, facts, joined, numbered, quoted
from corpus.locating import block_at
from corpus.model import Span
from corpus.store import DocumentStore, DocumentSummary, StoredDocument
from corpus.store.citations import CitationGraph
from index.analyzer import stems
from index.filters import Filters, passages_within
from index.retriever import Retriever

__all__ = ["Librarian"]

_HELLO = "Hello. Ask what your documents say, or about the library itself: who wrote a paper, what is on a topic."
_OPERATORS = "attribute ask count list order cite tag glance compare quote courtesy year marker by mine".split()
_GREETINGS = frozenset("hello hi hey good welcome ciao".split())
_AROUND = frozenset({("the",), ("this",), ("that",), ("my",), ("these",), ("those",)})
_TIMES = ("since", "after", "before", "until", "between")
_ENDS_TOPIC = ("mine", "verb", "by", "cite", "tag", "list", "person", "attribute", "quote", *_TIMES, "year")
_LISTED = 30
_SHORT_LIST = 10
"""Most documents that a question for their number lists, too."""
_AT_ONCE = 3
"""Most documents that an ambiguous name may mean: each is answered for."""
_TOPIC_PASSAGES = 100
_ON_TOPIC = 2
"""Passages that must speak of a topic that the title does not name."""
_QUOTATIONS = 3
_CITED_WORDS = 4
"""Fewest words of a cited title that stand for it where neither a noun nor a field is named beside it."""
_NUMBERS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}

Reply = tuple[list[AnswerSentence], list[CitedSource]]


class Librarian:
    """Answers from records, and shows named documents in their own sentences."""

    def __init__(self, store: DocumentStore, citations: CitationGraph, retriever: Retriever) -> None:
        self.parts = store, citations, retriever

    def answer(self, asked: str, *, filters: Filters | None, history: Sequence[PastTurn]) -> Answer | None:
        """Answer a question about the library itself; None where it is about contents, or may be.

        Raises:
            UsageError: a filter makes no sense.
            ModelError: the embedding model cannot be used.
        """
        clock = Clock()
        spoken = claimed(tokens_of(asked))
        if not spoken.has(*_OPERATORS):
            return None
        if _is_courtesy(spoken):
            greeted = spoken.of("courtesy").words[0] in _GREETINGS
            return _answer(asked, asked, _plain(_HELLO if greeted else "You are welcome."), clock)
        inquiry = _Inquiry(self, filters, history)
        for question in dict.fromkeys((asked, standalone_question(asked, history) if history else asked)):
            reply = inquiry.reply(question)
            if reply is not None:
                return _answer(asked, question, reply, clock)
        return None


class _Inquiry:
    """The part of a library that may be asked, and the documents that the conversation has shown."""

    def __init__(self, library: Librarian, filters: Filters | None, history: Sequence[PastTurn]) -> None:
        self._store, self._citations, self._retriever = library.parts
        store = self._store
        summaries = store.summaries()
        if filters:
            found = store.passages(passages_within(store.database, filters).tolist())
            kept = {passage.document_id for passage in found.values()}
            summaries = [summary for summary in summaries if summary.document_id in kept]
        self._held = Gazetteer(summaries)
        titles = Counter(history[-1].titles) if history else Counter()
        shown = [item for item in summaries if item.name in titles] or (summaries if len(summaries) == 1 else [])
        self._shown = shown
        """The documents that the last answer quoted, or the only one that is left."""
        first = next(iter(history[-1].titles), "") if history else ""
        main = [item for item in shown if item.name == first and titles[first] * 2 >= titles.total()]
        self._last = main[0] if main else shown[0] if len(shown) == 1 else None

    def reply(self, question: str) -> Reply | None:
        """The sentences of an answer with their sources; None where the question is about contents."""
        claims = self._held.claims(tokens_of(question))
        while claims and claims[0].role == "courtesy":
            claims = Claims(claims[1:])
        if claims.has("courtesy", "polite"):
            return None
        if claims.has("quote"):
            return self._quotations(claims, question)
        if claims.has("compare"):
            return self._comparison(claims)
        if claims.has("glance") or _asks_what_about(claims):
            aspect = next((claim.value for claim in claims.of("glance") if claim.value), "")
            meant = self._meant(claims) if not claims.has("cite", "count", "tag", "attribute", "ask") else []
            if 0 < len(meant) <= _AT_ONCE:
                return glanced(self._stored(meant), aspect)
            return self._list(claims, question) if _plural(claims) and not aspect else None
        if claims.has("cite"):
            return self._citing(claims)
        attributes = _attributes(claims)
        if attributes:
            return self._facts(claims, attributes)
        return self._list(claims, question)

    # Which documents are meant

    def _meant(self, claims: Claims) -> list[DocumentSummary]:
        """The documents that the names, nouns and years of a question mean; none where that is not certain."""
        if _topic(claims) and not _describes(claims):
            return []
        if claims.has("order"):
            kept = [] if claims.has("word", "work") or not claims.has("noun") else self._kept(claims)
            return self._first(kept, claims)
        if not claims.has("word", "work", "person") and self._last is not None and not _plural(claims):
            return of_kind([self._last], claims.of("noun"))
        wanted = _years(claims)
        named = self._held.named(claims)
        return [summary for summary in named if wanted is None or summary.year in wanted]

    def _kept(self, claims: Claims) -> list[DocumentSummary]:
        """The documents that fulfil the conditions of a list: years, persons, tags, kind."""
        wanted = _years(claims)
        kept = [summary for summary in self._held.all.values() if wanted is None or summary.year in wanted]
        for claim in claims.of("person"):
            kept = [summary for summary in kept if summary.document_id in claim.value.split()]
        for claim in claims.of("tag name"):
            kept = [summary for summary in kept if claim.value in summary.tags]
        if claims.has("this") and len(self._shown) > 1:
            kept = [summary for summary in kept if summary in self._shown]
        return of_kind(kept, Claims(claim for claim in claims.of("noun") if claim.value))

    def _first(self, kept: Sequence[DocumentSummary], claims: Claims) -> list[DocumentSummary]:
        """The newest, oldest, longest or shortest of them, by year or pages; several where they are level."""
        order = claims.of("order")[0].value
        pick = max if order in ("newest", "longest") else min
        if order in ("longest", "shortest"):
            pages = {item: self._store.outline(item.document_id).pages for item in kept}
            best = pick((number for number in pages.values() if number), default=-1)
            return [item for item in kept if pages[item] == best]
        year = pick((item.year for item in kept if item.year is not None), default=0)
        level = {item: self._store.get(item.document_id).document.record for item in kept if item.year == year}
        if all(record.month is not None for record in level.values()):
            dates = {item: (record.month or 0, record.day or 0) for item, record in level.items()}
            return [item for item in level if dates[item] == pick(dates.values())]
        return list(level)

    def _stored(self, summaries: Sequence[DocumentSummary]) -> list[StoredDocument]:
        return [self._store.get(summary.document_id) for summary in summaries]

    # Records

    def _facts(self, claims: Claims, attributes: Sequence[str]) -> Reply | None:
        generic = any(one.words in (("a",), ("an",)) and after.role == "work" for one, after in pairwise(claims))
        if generic or claims.has("count", "tag name") or (claims.has("tag") and attributes != ["tag"]):
            return None
        words = claims.of("word").words
        longest = max((len(claim.tokens) for claim in claims.of("work")), default=0)
        for cited in titles_cited(self._store.database, claims.words, words, whole=True):
            sure = claims.has("noun", "attribute") or len(cited.named) >= _CITED_WORDS
            if sure and len(cited.named) > longest and set(words) <= set(cited.named):
                number = numbered(len(cited.citing), "document")
                known = f"The reference lists of {number} name {cited.who}." if cited.who else ""
                return _plain(f"{quoted(cited.title)} is not in your library. {known}".strip())
        meant = self._meant(claims)
        if not meant or len(meant) > _AT_ONCE:
            return self._absent(claims)
        stored = self._stored(meant)
        return _shown([facts(item, attributes, held.tags) for item, held in zip(stored, meant, strict=True)], stored)

    def _absent(self, claims: Claims) -> Reply | None:
        """Say that a person or a work is not held, where it is named as one; otherwise None."""
        words = claims.of("word")
        if not words or claims.has("tag", "order"):
            return None
        at = [n for n, claim in enumerate(claims) if claim.role in ("word", "person", "work")]
        run = Claims(claims[at[0] : at[-1] + 1])
        if run.has("noun", "verb", "list", "ask", "by", "marker", "mine", "attribute"):
            return None
        before = [claim for claim in claims[: at[0]] if claim.role != "empty"]
        name = " ".join(token.text for claim in run for token in claim.tokens)
        capital = all(claim.capital for claim in words)
        listed = claims.has("list", "count", "mine") and _plural(claims) and not claims.has("ask")
        signed = before[-1:] and before[-1].role == "by" and (capital or len(words) <= 2)
        if listed and (signed or (capital and any(claim.value == "written" for claim in claims.of("verb")))):
            return _plain(f"No document of your library names {name} as an author.")
        beside = [*before[-1:], *claims[at[-1] + 1 : at[-1] + 2]]
        if capital and any(claim.role == "noun" for claim in beside) and claims.has("ask", "attribute", "mine"):
            return _plain(f"Your library has no document that fits {quoted(name)}.")
        return None

    def _list(self, claims: Claims, question: str) -> Reply | None:
        topic = _topic(claims)
        rest = Claims(claim for claim in claims if claim not in topic)
        if rest.has("word"):
            return self._absent(rest)
        conditions = rest.has("person", "tag name", "year", "order", "mine", "by") or bool(topic) or _kinds(rest)
        asked = rest.has("noun", "thing", "tag", "tag name", "person", "work")
        asked = asked or (bool(topic) and rest.has("mine")) or (rest.has("year") and rest.has("mine", "verb", "count"))
        asked = asked or (rest.has("count") and rest.has("mine"))
        verb = rest.has("verb") and not rest.has("person", "year", "by", "word")
        if not (conditions and asked) or verb or rest.has("ask") or (rest.has("tag") and not rest.has("tag name")):
            return None
        told = rest.has("list", "count", "order", "mine", "tag", "year", "verb", "by", "attribute")
        mine, counted = rest.has("mine"), rest.has("count")
        if not (told or rest[0].role == "noun") or (rest.has("work") and (counted or not mine)):
            return None
        if counted and topic and not (mine or claims.has("marker")):
            return None
        kept = self._meant(rest) if rest.has("work") else self._kept(rest)
        if topic and not (kept := self._on_topic(topic, topic.text(question), kept)):
            return None
        on = f" on {topic.text(question)}" if topic else ""
        if rest.has("order"):
            stored = self._stored(self._first(kept, rest))
            unit = "year" if rest.of("order")[0].value in ("newest", "oldest") else "pages"
            return _shown([facts(item, [unit]) for item in stored], stored) if stored else None
        return self._listed(kept, f"{{}}{on}{_conditions(rest, question)}", counted=counted)

    def _listed(self, kept: Sequence[DocumentSummary], head: str, *, counted: bool = False) -> Reply:
        """A line with the number of documents, in place of ``{}``, then the documents."""
        first = head.format(numbered(len(kept), "document") if kept else "no document")
        first = first[:1].upper() + first[1:]
        kinds = Counter(summary.kind for summary in kept)
        if counted and len(kinds) > 1:
            first += f" ({', '.join(f'{number} of kind {kind}' for kind, number in kinds.most_common())})"
        if not kept or (counted and len(kept) > _SHORT_LIST):
            return _plain(f"{first}.")
        stored = self._stored(kept[:_LISTED])
        sentences, sources = _shown([described(item) for item in stored], stored)
        more = [_said(f"… and {len(kept) - _LISTED:,} more; loccit list has all")] if len(kept) > _LISTED else []
        return [_said(f"{first}:"), *sentences, *more], sources

    def _on_topic(self, topic: Claims, text: str, within: Sequence[DocumentSummary]) -> list[DocumentSummary]:
        """The documents whose title names a part of the topic, then those whose passages often do."""
        ids = tuple(summary.document_id for summary in within)
        if not ids:
            return []
        telling = stems(" ".join(word for claim in topic if claim.role != "empty" for word in claim.words))
        parts = [stems(part) & telling for part in re.split(r"\b(?:and|or)\b|,", text)]
        parts = [part for part in parts if part]
        spoken: Counter[str] = Counter()
        for hit in self._retriever.search(text, _TOPIC_PASSAGES, filters=Filters(documents=ids)):
            said = stems(f"{hit.passage.heading} {hit.passage.text}")
            spoken[hit.passage.document_id] += any(part <= said for part in parts)
        titled = [item.document_id for item in within if any(part <= stems(item.title) for part in parts)]
        often = [identity for identity in spoken if spoken[identity] >= _ON_TOPIC or identity in titled]
        ranked = sorted({*titled, *often}, key=lambda identity: (identity not in titled, -spoken[identity], identity))
        return [self._held.all[identity] for identity in ranked]

    # Citations

    def _citing(self, claims: Claims) -> Reply | None:
        at = next(n for n, claim in enumerate(claims) if claim.role == "cite")
        left, right, how = Claims(claims[:at]), Claims(claims[at + 1 :]), claims[at].value
        again = [claim for claim in right.of("cite") if claim.value != "either"]
        if claims.has("attribute", "tag", "order", "marker") or right.has("ask") or again:
            return None
        if claims.has("most"):
            return self._cited_most() if not claims.has("word", "work", "person") else None
        named = right if right.has("word", "work", "person") else left
        if not named.has("word", "work", "person"):
            return None
        if (how == "passive") == (named is right) and how != "either":
            return self._references(named)
        return self._citing_documents(named, left if named is right else Claims(), counted=claims.has("count"))

    def _references(self, claims: Claims) -> Reply | None:
        """What a document cites of what the library holds."""
        meant = self._meant(claims)
        if len(meant) != 1:
            return None
        entries = self._citations.references_of(meant[0].document_id)
        held = list(dict.fromkeys(entry.held for entry in entries if entry.held is not None))
        head = f"{quoted(meant[0].name)} lists {numbered(len(entries), 'reference')}; of these your library holds {{}}"
        return self._listed([self._held.all[identity] for identity in held if identity in self._held.all], head)

    def _citing_documents(self, named: Claims, conditions: Claims, *, counted: bool) -> Reply | None:
        """The documents that cite what ``named`` names, held or not."""
        kept = [] if conditions.has("word", "work") else self._kept(conditions)
        meant = self._meant(named) if named.has("work", "noun", "thing") else []
        if len(meant) == 1:
            name = described(self._store.get(meant[0].document_id))
            citing = {item.citing.document_id for item in self._citations.citing(meant[0].document_id)}
        else:
            words = named.of("word", "person").words
            titles = titles_cited(self._store.database, named.words, words, whole=False)
            citing = {identity for title in titles for identity in title.citing}
            name = " or ".join(f"{quoted(title.title)} ({title.who})" for title in titles[:_AT_ONCE])
        if not name or not kept:
            return None
        return self._listed(
            [item for item in kept if item.document_id in citing], f"{name} is cited by {{}}", counted=counted
        )

    def _cited_most(self) -> Reply | None:
        """The works that most documents cite, and the held one that most cite."""
        works = most_cited(self._store.database)
        if not works:
            return None
        first = [work for work in works if len(work.citing) == len(works[0].citing)]
        names = joined([f"{quoted(work.title)} ({work.who})" for work in first[:_LISTED]])
        text = f"Cited by most of your documents, by {len(works[0].citing)} of them: {names}."
        held = [(work, identity) for work in works for identity in self._held.works.get(work.phrase, ())]
        held = [(work, identity) for work, identity in held if self._held.all[identity].kind not in ("essay", "brief")]
        best = [item for item in held if len(item[0].citing) == len(held[0][0].citing)]
        stored = [self._store.get(identity) for _, identity in best[:_LISTED]]
        number = len(held[0][0].citing) if held else 0
        said = [f"Of your own documents {described(item)} is cited most, by {number}." for item in stored]
        sentences, sources = _shown(said, stored)
        return [_said(text), *sentences], sources

    # Documents in their own sentences

    def _comparison(self, claims: Claims) -> Reply | None:
        if claims.has("attribute", "cite", "count", "tag"):
            return None
        sides: list[list[Claim]] = [[]]
        for claim in claims:
            if claim.role == "compare" or claim.words in (("with",), ("and",), ("from",), ("to",)):
                sides.append([])
            sides[-1].append(claim)
        telling = [side for side in map(Claims, sides) if side.has("word", "work", "person", "this") or _kinds(side)]
        meant = [self._meant(side) for side in telling]
        if not all(len(found) == 1 for found in meant) or len(meant) < 2:
            meant = [self._meant(claims)]
        documents = list(dict.fromkeys(item for found in meant for item in found))
        if not 1 < len(documents) <= _AT_ONCE:
            return None
        return compared(self._stored(documents), self._retriever.embed)

    def _quotations(self, claims: Claims, question: str) -> Reply | None:
        topic = _topic(claims)
        at = next(n for n, claim in enumerate(claims) if claim.role == "quote")
        count = [claim for claim in claims[:at] if _number(claim)]
        rest = Claims(claim for claim in claims if claim not in topic and claim not in count)
        if not topic or rest.has("word", "cite", "compare", "glance", "ask", "year", "order", "tag"):
            return None
        within = self._held.named(rest) if rest.has("work", "person") or _kinds(rest) else [*self._held.all.values()]
        number = _number(count[-1]) if count else _QUOTATIONS
        restricted = Filters(documents=tuple(item.document_id for item in within))
        return quotations(topic.text(question), number, restricted, self._store, self._retriever) if within else None


# Reading the claims


def _is_courtesy(spoken: Claims) -> bool:
    filling = all(claim.role in ("courtesy", "polite", "empty", "this", "mine", "most") for claim in spoken)
    return spoken.has("courtesy") and filling


def _attributes(claims: Claims) -> list[str]:
    """The fields asked for: by name, or by a word such as "who" beside a verb or a noun of publishing."""
    names = [claim.value for claim in claims.of("attribute")]
    released = all(claim.value == "released" for claim in claims.of("verb"))
    work = claims.has("work") and (claims[-1].role == "by" or (claims.has("thing") and not claims.has("word")))
    sure = claims.has("noun") or work or (claims.has("verb") and not released)
    asked = [claim.value for claim in claims.of("ask")] if names or sure else []
    if claims.has("tag") and not (claims.has("tag name") or _plural(claims)) and not claims.has("mine", "verb"):
        names.append("tag")
    found = list(dict.fromkeys([*names, *asked]))
    by_person = claims.has("person") and not claims.has("word", "work", "year", "ask")
    return [] if by_person and set(found) <= {"author", "title"} else found


def _topic(claims: Claims) -> Claims:
    """What "on …" or "… papers" says that documents are about; nothing where that is a name alone."""
    for n, claim in enumerate(claims):
        if claim.role == "marker" and claims[n + 1 :]:
            topic = list(claims[n + 1 :])
            for end, after in enumerate(topic):
                the = end and topic[end - 1].words in _AROUND and after.role == "noun"
                if after.role in _ENDS_TOPIC or the or after.words == ("from",) or (end and after.role == "work"):
                    topic = topic[:end]
                    break
            while topic and topic[-1].role in ("empty", "this"):
                topic.pop()
            if any(after.role in ("word", "work") for after in topic):
                return Claims(topic)
    before = [n for n, claim in enumerate(claims) if claim.role == "noun" and n and claims[n - 1].role == "word"]
    if not before or not _plural(claims):
        return Claims()
    start = before[0]
    while start and (claims[start - 1].role == "word" or claims[start - 1].words == ("and",)):
        start -= 1
    return Claims(claims[start : before[0]])


def _describes(claims: Claims) -> bool:
    """Whether the topic describes a document: "the paper by Fan on …", not "conclude about …"."""
    roles = [claim.role for claim in claims if claim.role not in ("empty", "by", "person")]
    return "marker" not in roles or roles[: roles.index("marker")][-1:] in (["noun"], ["thing"])


def _asks_what_about(claims: Claims) -> bool:
    """Whether it ends with "about": "what is it about?"."""
    said = [claim for claim in claims if claim.role != "empty"]
    return said[-1:] != [] and said[-1].words == ("about",) and claims.has("list")


def _plural(claims: Claims) -> bool:
    return any(word.endswith(("s", "thing")) for word in claims.of("noun", "thing").words)


def _kinds(claims: Claims) -> bool:
    return any(claim.value for claim in claims.of("noun"))


def _years(claims: Claims) -> range | frozenset[int] | None:
    """The years that documents must be of; None without a condition."""
    years = [int(claim.value) for claim in claims.of("year")]
    if not years:
        return range(0) if claims.has("since", "after", "before", "until") else None
    if len(years) > 1:
        return range(min(years), max(years) + 1) if claims.has("between", "until") else frozenset(years)
    if claims.has("since", "later"):
        return range(years[0], 10_000)
    if claims.has("after"):
        return range(years[0] + 1, 10_000)
    if claims.has("before"):
        return range(1, years[0])
    return range(1 if claims.has("until", "earlier") else years[0], years[0] + 1)


def _conditions(claims: Claims, question: str) -> str:
    """The conditions of a list in words."""
    persons = [Claims([claim]).text(question) for claim in claims.of("person")]
    times = claims.of(*_TIMES, "year", "later", "earlier")
    years = times.text(question)
    tags = [quoted(claim.value) for claim in claims.of("tag name")]
    by = f" by {joined(persons)}" if persons else ""
    of = f" {'from ' if times[0].role == 'year' else ''}{years}" if times else ""
    return f"{by}{of}{f' tagged {joined(tags)}' if tags else ''}"


def _number(claim: Claim) -> int:
    word = claim.words[0]
    return int(word) if word.isdigit() and len(word) < 3 else _NUMBERS.get(word, 0)


# Making the answer


def _answer(asked: str, question: str, reply: Reply, clock: Clock) -> Answer:
    clock.lap("library")
    sentences, sources = reply
    laps = clock.laps
    return Answer(asked, question, "library", False, 1.0, tuple(sentences), tuple(sources), timings_ms=laps)


def _said(text: str, *sources: int) -> AnswerSentence:
    return AnswerSentence(text, sources, verbatim=False)


def _plain(text: str) -> Reply:
    return [_said(text)], []


def _shown(said: Sequence[str], stored: Sequence[StoredDocument]) -> Reply:
    """Sentences on documents, each with the place of its title as the source."""
    sources = [_title_source(n, item) for n, item in enumerate(stored, 1)]
    return [_said(text, n) for n, text in enumerate(said, 1)], sources


def _title_source(n: int, stored: StoredDocument) -> CitedSource:
    """The title where it stands in the text, else the first sentence, so that a click opens the document."""
    document = stored.document
    start = document.text.find(document.record.title) if document.record.title else -1
    first = document.sentences[0] if document.sentences else Span(0, len(document.text[:80]))
    span = first if start < 0 else Span(start, start + len(document.record.title))
    block = block_at(document, span.start)
    passage = span if block is None else Span(block.start, max(block.end, span.end))
    return make_source(n, stored, span, passage, 1.0)
