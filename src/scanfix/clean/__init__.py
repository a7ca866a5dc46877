"""Cleaning: geometry moves and says how, tone tints, conditions say what a page is like, recipe and tinting choose."""

from scanfix.clean.recipe import TurnFinder, clean_page, provenance

__all__ = ["TurnFinder", "clean_page", "provenance"]
