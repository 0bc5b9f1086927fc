"""A person's code: imported in a run, kept with it, and run again from what was kept."""
