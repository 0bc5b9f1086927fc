"""Projects at rest, in a hub's folder: what is said of them, and the versions of their models and artifacts."""
