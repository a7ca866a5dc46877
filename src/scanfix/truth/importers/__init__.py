"""Transcriptions from elsewhere, brought into the notation."""
