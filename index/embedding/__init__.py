"""Embeddings: the models, how and in which process they run, and the queue of passages without a vector."""
