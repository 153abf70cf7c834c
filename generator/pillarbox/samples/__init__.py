"""One concrete request in many languages, with the code that reads its response."""
