"""What ink is drawn on, what it leaves, and how a sheet lies on the scan."""
