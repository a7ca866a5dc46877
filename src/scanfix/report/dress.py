"""What all HTML reports have in common: templates that escape everything, and a policy that lets nothing else in."""

import base64
from functools import cache
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from scanfix.report.tables import percent


def environment() -> Environment:
    """Build an environment for templates: everything is escaped, a misspelt name is an error."""
    built = Environment(
        loader=PackageLoader("scanfix.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    built.filters.update(percent=percent, anchor=_anchor)
    return built


def dress(script: str, *styles: str, images: str = "'self' file:") -> dict[str, Markup | str]:
    """Give a page its style and script, and a policy that allows these two by their digests and nothing else.

    Parameters
    ----------
    script
        The template of the script.
    styles
        The templates of the style, in order.
    images
        Where pictures may come from, as a content security policy says it.
    """
    style = "".join(_source(name) for name in styles)
    code = _source(script)
    policy = (
        f"default-src 'none'; img-src {images}; style-src {_quoted_digest(style)}; "
        f"script-src {_quoted_digest(code)}; base-uri 'none'"
    )
    # Our own files, not text from a page: the only two things that are not escaped.
    return {"policy": policy, "style": Markup(style), "script": Markup(code)}  # noqa: S704 - files of our own


@cache
def _source(name: str) -> str:
    """Read a style or a script."""
    return environment().get_template(name).render()


def _quoted_digest(source: str) -> str:
    """Write the digest of an inline source as a content security policy wants it."""
    return f"'sha256-{base64.b64encode(sha256(source.encode()).digest()).decode()}'"


def _anchor(number: int) -> str:
    """Name the place of a page in its document's report."""
    return f"p{number:04d}"
