"""From calls of components to the operations of a dag."""
