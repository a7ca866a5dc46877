"""Prose in any amount, in the manner of mid-century papers; every state, person, town and sentence is invented.

``writers.write`` composes a document, ``writers.filler`` plain sentences. The words stand in ``data/*.txt``.
"""
