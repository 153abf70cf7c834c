"""What an API is: frozen dataclasses in the words of the field. No Python names, no spec-format words."""
