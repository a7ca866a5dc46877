"""Reports: HTML pages to look at, tables to read, values for machines."""

from scanfix.report.html import DocumentLink, PageView, Picture, document_page, index_page
from scanfix.report.tables import Row, Totals, markdown, rows_of, totals_of

__all__ = [
    "DocumentLink",
    "PageView",
    "Picture",
    "Row",
    "Totals",
    "document_page",
    "index_page",
    "markdown",
    "rows_of",
    "totals_of",
]
