"""The entry point: errors become messages and exit codes here, and nowhere else."""

import sys

from rich.console import Console

from scanfix.cli import app
from scanfix.errors import ExitCode, ScanfixError


def main() -> None:
    """Run the command line."""
    try:
        app(standalone_mode=True)
    except ScanfixError as error:
        _say(f"{type(error).__name__}: {error}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _say("Interrupted. What is done is kept: the same command goes on from here.")
        sys.exit(ExitCode.INTERRUPTED)


def _say(message: str) -> None:
    """Print to standard error."""
    Console(stderr=True).print(message, style="bold red", soft_wrap=True, markup=False, highlight=False)


if __name__ == "__main__":
    main()
