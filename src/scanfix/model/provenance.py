"""What made a value, from what, with which settings."""

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """The tool and version, the settings that can change its result, and the digests of its inputs.

    ``made_by`` of our own tools ends in an integer that is raised by hand when the same input would give another
    output, for example ``"scanfix.strike 3"``; ``recipe`` is canonical JSON; ``inputs`` are keys or sha256 digests.
    """

    made_by: str
    recipe: str
    inputs: tuple[str, ...]

    @property
    def key(self) -> str:
        """A digest of all three: 64 hexadecimal digits."""
        text = "\x00".join((self.made_by, self.recipe, *self.inputs))
        return sha256(text.encode()).hexdigest()
