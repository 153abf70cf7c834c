"""How this client sends, encodes and decodes. The same files in every generated client; not public."""
