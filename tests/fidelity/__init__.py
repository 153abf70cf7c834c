"""One API from two sources: what a collection that was converted from a document still tells of it."""
