"""Setting and typing: galleys, sheets, the machine and its wear, the author's pen."""
