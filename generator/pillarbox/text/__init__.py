"""Text safety: one encoder per output language. Spec text reaches a file through one of these or not at all."""
