"""Where it is found: embeddings, FAISS, full text, their fusion, and the adding of files."""
