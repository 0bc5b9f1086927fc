"""From a function to its component, and from a component to a function."""
