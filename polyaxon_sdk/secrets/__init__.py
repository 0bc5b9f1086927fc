"""Secrets: which names hold them, what they look like, and masking them in what is written down."""
