"""What the Python client is: resources, methods, parameters, models, credentials. Decided from model, lock and configuration."""
