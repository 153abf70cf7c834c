"""Names: words, verbs, inflections, reserved names, and what routes and operation ids suggest."""
