"""`python -m polyaxon_sdk`: the command line."""

from polyaxon_sdk.cli import main

if __name__ == "__main__":
    main()
