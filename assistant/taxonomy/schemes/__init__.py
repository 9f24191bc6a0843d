"""Classifications of any kind as data: things in rows, fields and graded components in columns."""

from assistant.taxonomy.schemes.reading import SCHEMES, read_file, read_scheme
from assistant.taxonomy.schemes.scheme import Scheme

__all__ = ["SCHEMES", "Scheme", "read_file", "read_scheme"]
