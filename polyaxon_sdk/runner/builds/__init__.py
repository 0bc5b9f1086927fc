"""What is made before a run starts, and what it then runs in (semantics 1.13)."""
