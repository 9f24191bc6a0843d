"""Taxonomies as tables of data, and one engine that answers questions on them."""

from assistant.taxonomy.rendering import TaxonomyAnswer
from assistant.taxonomy.shelf import Shelf, Taxonomy
from assistant.taxonomy.table import Cell

__all__ = ["Cell", "Shelf", "Taxonomy", "TaxonomyAnswer"]
