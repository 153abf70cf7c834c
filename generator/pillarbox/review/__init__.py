"""Two clients -> what changes for their callers, with a severity: text, Markdown, JSON, annotations."""
