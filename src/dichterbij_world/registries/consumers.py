"""Who may ask what: one row per credential, as in the authorisation table of the population register."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumer:
    """A body that may ask. `fields`: the paths it may see, or None for all; `may_search`: not only by number."""

    number: str
    fields: frozenset[str] | None = None
    may_search: bool = True

    def may_see(self, path: str) -> bool:
        """Say whether a path, or a group it belongs to, is on the row."""
        if self.fields is None:
            return True
        parts = path.split(".")
        return any(".".join(parts[:length]) in self.fields for length in range(1, len(parts) + 1))


CONSUMERS: Mapping[str, Consumer] = {
    "demonstration": Consumer(number="000008"),
    "names-only": Consumer(
        number="000012", fields=frozenset({"burgerservicenummer", "naam", "geboorte", "leeftijd"}), may_search=False
    ),
}
