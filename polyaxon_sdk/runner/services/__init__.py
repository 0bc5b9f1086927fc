"""Services of this machine: where they listen, and whether they answer."""
