"""Artifacts stores, and transfers into them: whole files only, verified, with a manifest of what is there."""
