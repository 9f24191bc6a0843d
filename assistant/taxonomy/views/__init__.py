"""The tables to be seen and exported: a heat map with letters, and how often each level occurs."""

from assistant.taxonomy.views.export import FORMATS, render
from assistant.taxonomy.views.grid import Grid, Square, distribution_of, heat_map, scheme_map

__all__ = ["FORMATS", "Grid", "Square", "distribution_of", "heat_map", "render", "scheme_map"]
