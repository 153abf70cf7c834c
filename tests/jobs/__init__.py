"""Main-job programs: what people do with well-known APIs, written as a user writes it and run against a local server."""
