"""Client -> pieces of Python: annotations, docstrings, line breaks. Templates print these and decide nothing."""
