"""The documents of the sample collection, one a module: what machine typed them, how they were marked and scanned."""

from collections.abc import Callable

from scanfix.facsimile.asked.document import Document
from scanfix.facsimile.samples.brief import brief
from scanfix.facsimile.samples.cabinet_paper import cabinet_paper
from scanfix.facsimile.samples.carbon import carbon
from scanfix.facsimile.samples.estimate import estimate
from scanfix.facsimile.samples.memo import memo
from scanfix.facsimile.samples.telegram import telegram

__all__ = ["DOCUMENTS", "brief", "cabinet_paper", "carbon", "documents", "estimate", "memo", "telegram"]

DOCUMENTS: tuple[Callable[[], Document], ...] = (cabinet_paper, telegram, estimate, brief, memo, carbon)


def documents() -> tuple[Document, ...]:
    """Return the documents of the collection."""
    return tuple(describe() for describe in DOCUMENTS)
