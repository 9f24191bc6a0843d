"""Bibliographic data: records with their origins, names of authors, citation keys."""
