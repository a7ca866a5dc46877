"""Cleaning: geometry moves and says how, tone tints, measure looks, recipe chooses."""

from scanfix.clean.recipe import TurnFinder, clean_page, provenance

__all__ = ["TurnFinder", "clean_page", "provenance"]
