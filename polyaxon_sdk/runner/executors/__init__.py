"""Where an operation runs: one module a kind of place, each an `Executor`."""
