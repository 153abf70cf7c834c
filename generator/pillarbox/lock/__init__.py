"""The lock: public names of earlier runs, matched with the spec of today. A name is chosen once."""
