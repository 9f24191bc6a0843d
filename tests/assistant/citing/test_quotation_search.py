import pytest

from assistant.citing import QuotationFinder, Verdict


@pytest.fixture
def finder(starter):
    return QuotationFinder(starter.store, starter.lexical)


def sentences(workspace):
    for summary in workspace.documents():
        document = workspace.document(summary.document_id).document
        for span in document.sentences[::7]:
            text = span.within(document.text)
            if len(text.split()) > 5:
                yield summary.document_id, text


def test_every_sentence_is_found_where_it_stands(starter, finder):
    for identity, text in sentences(starter):
        place = finder.check(text)
        assert place.check.verdict is Verdict.OK
        assert starter.document(place.document_id).document.text.count(place.check.expected)
        assert finder.check(text, [identity]).document_id == identity


def test_a_changed_word_is_found_with_its_true_wording(starter, finder):
    for _, text in sentences(starter):
        words = text.split()
        true, words[2] = words[2], "zebra"
        place = finder.check(" ".join(words))
        assert place.check.verdict is Verdict.ALTERED
        assert true.strip(".,;:()“”") in place.check.expected


def test_headings_and_reference_lists_count_too(starter, finder):
    for summary in starter.documents():
        document = starter.document(summary.document_id).document
        for reference in document.references[:2]:
            quoted = document.text[reference.start : reference.end]
            assert finder.check(quoted).check.verdict is Verdict.OK


def test_only_the_named_documents_count(starter, finder):
    identity, text = next(sentences(starter))
    others = [d.document_id for d in starter.documents() if d.document_id != identity]
    assert finder.check(text, others).check.verdict is not Verdict.OK


def test_what_is_nowhere_names_no_document(finder):
    place = finder.check("Nobody ever wrote of seventeen purple elephants in a teapot of jade")
    assert (place.document_id, place.check.verdict) == ("", Verdict.MISSING)
