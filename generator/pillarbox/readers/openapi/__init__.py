"""OpenAPI 3.0, 3.1 (3.2 as far as it agrees) and Swagger 2.0 -> the model."""
