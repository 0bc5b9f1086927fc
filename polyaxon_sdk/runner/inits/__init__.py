"""What is put in place before the main process starts: `run.init`, step by step (semantics 1.8)."""
