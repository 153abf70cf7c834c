"""`make corpus`: public collections, which are no part of this repository."""
