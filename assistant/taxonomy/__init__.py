"""The openness taxonomy of large language models: tables as data, and a small grammar to ask them."""

from assistant.taxonomy.answer import TaxonomyAnswer
from assistant.taxonomy.cell import Cell
from assistant.taxonomy.shelf import Shelf
from assistant.taxonomy.taxonomy import Taxonomy

__all__ = ["Cell", "Shelf", "Taxonomy", "TaxonomyAnswer"]
