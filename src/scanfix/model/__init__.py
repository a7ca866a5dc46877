"""The vocabulary of scanfix: frozen values, standard library only, no method opens a file."""
