"""The store: remembers results by what they were made from, and forgets nothing that was finished."""

from scanfix.store.store import Kind, Store

__all__ = ["Kind", "Store"]
