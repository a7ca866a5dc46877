"""Markings, strokes, handwriting, and things on the paper that are no text."""
