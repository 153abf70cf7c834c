"""Files to a folder: safe paths, the staged writer, ownership of files, the manifest."""
