from corpus.model import Document, Page, Record
from index.reports import reading_losses


def document(*, failed: tuple[int, ...] = (), recognised: tuple[int, ...] = ()) -> Document:
    pages = tuple(Page(number, 0, 0, recognised=number in recognised) for number in range(1, 10))
    return Document("", Record(), "paper", "pdf", pages=pages, pages_failed=failed)


def test_pages_are_named_in_runs() -> None:
    assert reading_losses(document()) == ""
    told = reading_losses(document(failed=(2, 3, 4, 7)))
    assert told == "pages that could not be read: 2-4, 7; if they show text, run loccit add --ocr FILE"
    told = reading_losses(document(failed=(9,), recognised=(1, 2)))
    assert told == (
        "pages that could not be read: 9; pages read by text recognition, so compare quotations with them: 1-2"
    )
