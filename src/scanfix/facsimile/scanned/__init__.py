"""Paper, copies, scanner, what is printed on the scan, and the files it is kept in."""
