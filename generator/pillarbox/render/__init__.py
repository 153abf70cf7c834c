"""Plan -> text. Sees the plan alone; every printed value is of an encoder's type."""
