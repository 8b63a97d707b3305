"""Contrast of a theme's colours, by the formula of WCAG 2.2 (relative luminance, contrast ratio)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_DECLARATION = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_REFERENCE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*))?\)")
_PRINT = re.compile(r"@media[^{]*\{(?:[^{}]|\{[^{}]*\})*\}")
_NAMED = {"white": "#ffffff", "black": "#000000"}

# foreground, background, least ratio: what stands on what in our components
PAIRS = (
    ("--basis-color-default-color-document", "--dichterbij-paper", 4.5),
    ("--dichterbij-quiet", "--dichterbij-paper", 4.5),
    ("--dichterbij-quiet", "--dichterbij-surface", 4.5),
    ("--basis-heading-color", "--dichterbij-paper", 4.5),
    ("--basis-heading-color", "--dichterbij-surface", 4.5),
    ("--nl-link-color", "--dichterbij-paper", 4.5),
    ("--nl-link-color", "--dichterbij-surface", 4.5),
    ("--nl-link-color", "--dichterbij-accent-50", 4.5),
    ("--nl-link-hover-color", "--dichterbij-paper", 4.5),
    ("--nl-button-primary-color", "--nl-button-primary-background-color", 4.5),
    ("--nl-button-primary-hover-color", "--nl-button-primary-hover-background-color", 4.5),
    ("--nl-button-primary-active-color", "--nl-button-primary-active-background-color", 4.5),
    ("--nl-button-secondary-color", "--dichterbij-paper", 4.5),
    ("--nl-button-secondary-hover-color", "--nl-button-secondary-hover-background-color", 4.5),
    ("--dichterbij-paper", "--dichterbij-accent-600", 4.5),
    ("--dichterbij-accent-700", "--dichterbij-paper", 4.5),
    ("--dichterbij-accent-600", "--dichterbij-accent-100", 4.5),
    ("--basis-color-default-color-document", "--dichterbij-accent-50", 4.5),
    ("--dichterbij-quiet", "--dichterbij-accent-50", 4.5),
    ("--basis-color-warning-color-document", "--basis-color-warning-bg-default", 4.5),
    ("--basis-color-warning-color-default", "--basis-color-warning-bg-default", 4.5),
    ("--basis-color-positive-color-default", "--basis-color-positive-bg-default", 4.5),
    ("--basis-color-negative-color-default", "--basis-color-negative-bg-default", 4.5),
    ("--basis-color-negative-color-default", "--basis-color-negative-bg-subtle", 4.5),
    ("--utrecht-form-field-error-message-color", "--dichterbij-paper", 4.5),
    ("--utrecht-textbox-color", "--utrecht-textbox-background-color", 4.5),
    ("--utrecht-textbox-border-color", "--dichterbij-paper", 3.0),
    ("--nl-button-secondary-border-color", "--dichterbij-paper", 3.0),
    ("--nl-button-primary-background-color", "--dichterbij-paper", 3.0),
    ("--basis-focus-outline-color", "--dichterbij-paper", 3.0),
    ("--basis-focus-outline-color", "--dichterbij-surface", 3.0),
    ("--utrecht-radio-button-checked-background-color", "--dichterbij-paper", 3.0),
    ("--dichterbij-accent-400", "--dichterbij-paper", 3.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A pair of tokens that is too close. `ratio` 0 means that a colour could not be read."""

    foreground: str
    background: str
    ratio: float
    least: float

    def __str__(self) -> str:
        """Say which tokens, what the ratio is and what it must be."""
        if not self.ratio:
            return f"{self.foreground} op {self.background} is niet te lezen als kleur (#rrggbb)"
        return f"{self.foreground} op {self.background} is {self.ratio:.2f}:1, nodig is {self.least}:1"


def tokens_of(css: str) -> dict[str, str]:
    """Return the custom properties of the `:root` of a style sheet, without those for print or high contrast."""
    css = _PRINT.sub("", _COMMENT.sub("", css))
    roots = re.findall(r":root\s*\{([^{}]*)\}", css)
    return {name: value.strip() for root in roots for name, value in _DECLARATION.findall(root)}


def resolved(token: str, tokens: Mapping[str, str], depth: int = 20) -> str:
    """Return the value of a token with every reference followed; empty when it leads nowhere."""
    value = tokens.get(token, "")
    while depth and (match := _REFERENCE.search(value)):
        value = value.replace(match.group(), tokens.get(match[1], match[2] or ""))
        depth -= 1
    return value.strip()


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rgb` or `#rrggbb`; raises ValueError for anything else.

    >>> luminance("#fff"), luminance("#000000")
    (1.0, 0.0)
    """
    digits = _NAMED.get(colour.lower(), colour).removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    if len(digits) != 6:
        raise ValueError(f"not a colour: {colour!r}")
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, between 1 and 21.

    >>> round(ratio("#ffffff", "#767676"), 2)
    4.54
    """
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def failures(tokens: Mapping[str, str]) -> tuple[Failure, ...]:
    """Return the pairs of our components that have too little contrast with these tokens."""
    found = []
    for foreground, background, least in PAIRS:
        try:
            measured = ratio(resolved(foreground, tokens), resolved(background, tokens))
        except ValueError:
            measured = 0.0
        if measured < least:
            found.append(Failure(foreground=foreground, background=background, ratio=measured, least=least))
    return tuple(found)
