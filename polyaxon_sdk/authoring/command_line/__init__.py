"""The command line of a function."""
