"""Two builds of a client -> what changes for its callers, as data and as text."""
