"""The ground floor: what an API is, in the words of the field. No Python names, no spec-format words."""
