"""Postman v3: a folder of YAML files becomes the tree of a v2.1 collection."""
