"""Formats: values written as what other programs read. More exporters come with their own issue."""

from scanfix.formats.page_json import PAGE_SCHEMA, page_json

__all__ = ["PAGE_SCHEMA", "page_json"]
