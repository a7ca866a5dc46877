"""Reading: engines behind one socket, in one table."""

from collections.abc import Callable, Mapping

from scanfix.ocr.crops import CropVoices
from scanfix.ocr.socket import Engine
from scanfix.ocr.tesseract import Tesseract
from scanfix.ocr.voices import Voices
from scanfix.settings import OcrSettings

ENGINES: Mapping[str, Callable[[OcrSettings], Engine]] = {"tesseract": Tesseract}

__all__ = ["ENGINES", "CropVoices", "Engine", "Voices"]
