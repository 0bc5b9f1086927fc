"""The call of a function: by hand, recorded in this process, in a process of its own."""
