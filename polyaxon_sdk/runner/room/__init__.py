"""Room for runs: what each asks of this machine, what the machine has, and who goes first."""
