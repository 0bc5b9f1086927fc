"""The decorators, and what they make of a function."""
