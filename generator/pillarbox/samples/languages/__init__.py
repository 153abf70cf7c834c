"""One module a language: a sample -> finished lines, and what the language cannot carry."""
