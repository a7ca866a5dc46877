"""What is printed over the scan, and what it hides."""
