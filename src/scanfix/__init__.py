"""scanfix turns archival scans into transcripts that can be trusted, and proves it."""
