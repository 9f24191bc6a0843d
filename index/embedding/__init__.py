"""Text to vectors: which model, run how, and the passages that wait for one."""
