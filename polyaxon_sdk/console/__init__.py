"""Console output on its way to the terminal and, without its secrets, to the run."""
