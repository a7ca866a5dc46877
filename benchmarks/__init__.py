"""Accuracy and speed beside named peers, on real pages, in one run; ratios, never absolute claims."""
