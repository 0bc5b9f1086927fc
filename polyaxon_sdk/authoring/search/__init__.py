"""From values of inputs to the matrix of a search."""
