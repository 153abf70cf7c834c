"""Pieces -> text: the Jinja environment, the template lint, black. It sees neither spec nor model."""
