"""One file a format; each turns a path into a `Reading` or says why it can't."""

from corpus.readers.formats import FORMATS, READER_VERSIONS, read_document

__all__ = ["FORMATS", "READER_VERSIONS", "read_document"]
