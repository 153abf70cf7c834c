"""What the Python will say: names, types, words and order. Templates print what stands here, and decide nothing."""
