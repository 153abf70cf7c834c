"""The commands: arguments, progress, messages, exit codes."""
