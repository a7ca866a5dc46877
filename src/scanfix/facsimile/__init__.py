"""The facsimile press: typed pages drawn from a description and a seed, with exactly known truth.

``press.press(document, seed=...)`` gives the pages; ``collection.make_collection`` makes the sample collection.
"""
