"""What a function's signature and docstring say."""
