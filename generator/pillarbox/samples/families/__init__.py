"""What several sample languages share, a module for each family."""
