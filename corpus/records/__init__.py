"""Bibliographic data: who wrote what when, how we know, and the key to cite it by."""
