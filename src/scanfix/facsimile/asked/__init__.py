"""What the press can be asked for: documents, markings, looks, and a markup for prose."""
