"""One module a framework: each logs what that framework knows to the active run."""
