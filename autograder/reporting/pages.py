"""What feedback pages and the report have in common: how texts that anybody may have written become HTML.

A page is one file: no script, and nothing is fetched from anywhere, which its content security policy holds it to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import jinja2
from markupsafe import Markup, escape
from nbconvert.filters import strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

_PART = re.compile(r"  (seen|expected|question): +(.*)")
_INDENT = re.compile(r"^ {1,13}")  # what brings a further line below the first one of its part
STYLES = {"light": "vs", "dark": "github-dark"}  # of pygments


@cache
def templates() -> jinja2.Environment:
    """The templates of this package; whatever they are given is escaped unless it is `Markup`."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("autograder.reporting"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["points"] = lambda number: f"{number:.6g}"
    environment.globals["code_styles"] = {theme: _code_style(style) for theme, style in STYLES.items()}
    return environment


def _code_style(name: str) -> Markup:
    """The colours of code, without backgrounds and without frames round what is no Python."""
    lines = HtmlFormatter(style=name).get_style_defs(".code").splitlines()
    kept = [line for line in lines if line.startswith(".code .") and "background" not in line and "border" not in line]
    return Markup("\n".join(kept))


@lru_cache(2_000)
def code(text: str) -> Markup:
    """Python code, coloured."""
    return Markup(highlight(printable(text), PythonLexer(stripnl=False), HtmlFormatter(nowrap=True)).rstrip("\n"))


@lru_cache(2_000)
def markdown(text: str) -> Markup:
    """Markdown without HTML in it, without pictures, and with links to the web only."""
    return Markup(MarkdownWithMath(renderer=_Renderer(escape=True, exclude_anchor_links=True)).render(printable(text)))


class _Renderer(IPythonRenderer):
    def image(self, text: str, url: str, title: str | None = None) -> str:
        return str(escape(text))

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return super().link(text, url, title) if url.startswith(("https://", "http://")) else text

    def block_code(self, code: str, info: str | None = None) -> str:
        return f'<pre class="code">{_in_language(code, info)}</pre>'


def _in_language(text: str, info: str | None) -> Markup:
    return code(text.rstrip("\n")) if info and info.split()[0].startswith("py") else escape(text)


@dataclass(frozen=True)
class Message:
    """What a failed test said, in its parts: opening lines, what was seen and so on, and the drawing below."""

    opening: str
    parts: list[tuple[str, str]]
    drawing: str


def message(text: str) -> Message:
    """The parts of a message, as `autograder.checks` makes it; of another, all is opening."""
    words, _, drawing = printable(text.removeprefix("CheckFailed: ")).partition("\n\n")
    opening: list[str] = []
    parts: list[tuple[str, str]] = []
    for line in words.splitlines():
        if found := _PART.fullmatch(line):
            parts.append((found[1], found[2]))
        elif parts:
            parts[-1] = (parts[-1][0], f"{parts[-1][1]}\n{_INDENT.sub('', line)}")
        else:
            opening.append(line)
    return Message("\n".join(opening), parts, drawing)


def printable(text: str) -> str:
    """The text without what terminals make of it, and without characters that no page can hold."""
    text = strip_ansi(text).replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "�", text)


def cut(text: str, longest: int) -> str:
    """The text, or its beginning and end if it is longer than that."""
    if len(text) <= longest:
        return text
    keep = longest // 2
    return f"{text[:keep]}\n... {len(text) - 2 * keep:,} characters are left out here ...\n{text[-keep:]}"
