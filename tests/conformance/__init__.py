"""Generated clients held against what Postman's own runner sends."""
