"""Rubber stamps of the known families, filled in by hand."""
