"""Retrieval: embeddings, FAISS, full text, their ranking, and the adding of files."""
