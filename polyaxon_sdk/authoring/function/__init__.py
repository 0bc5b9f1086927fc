"""A person's function: where it stands, and whether it can be a component."""
