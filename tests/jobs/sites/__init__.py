"""The servers of each API, by its documentation."""
