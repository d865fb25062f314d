"""Labelled notes, and texts to be tried on the coach."""
