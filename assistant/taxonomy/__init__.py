"""Taxonomies as tables of data, and one engine that answers questions on them."""

from assistant.taxonomy.shelf import Shelf, Taxonomy
from assistant.taxonomy.table import Cell, TaxonomyAnswer

__all__ = ["Cell", "Shelf", "Taxonomy", "TaxonomyAnswer"]
