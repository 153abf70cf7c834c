"""What the commands do, as functions: the command line calls them, and so do programs (docs/python-api.md)."""
