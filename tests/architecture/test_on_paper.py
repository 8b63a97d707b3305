"""Whatever is sent can go on paper: who sends a message looks up where it goes, so that a printed one arrives."""

import ast
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "dichterbij"
MESSAGES = "dichterbij.delivery.messages"
WHERE = ("paper_address", "known_address", "addressee", "adressering.adresregel1", "address: tuple[str, ...]")


def _senders() -> dict[str, str]:
    """Return the text of every module that sends messages, by its path."""
    texts = {path: path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py") if "tests" not in path.parts}
    return {str(path.relative_to(SOURCE)): text for path, text in texts.items() if _sends(path, text)}


def _sends(path: Path, text: str) -> bool:
    if "send" not in text or "services" not in text:
        return False
    tree = ast.parse(text)
    is_own = path.is_relative_to(SOURCE / "delivery" / "messages")
    named = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module == MESSAGES or (is_own and node.module is None))
        for alias in node.names
        if alias.name == "services"
    }
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(
        isinstance(call, ast.Attribute)
        and call.attr == "send"
        and isinstance(call.value, ast.Name)
        and call.value.id in named
        for call in calls
    )


def test_every_module_that_sends_a_message_looks_up_the_address_it_goes_to_on_paper() -> None:
    senders = _senders()
    assert {
        "delivery/cases/services/publishing.py",
        "delivery/messages/not_told.py",
        "delivery/paper/writing.py",
    } <= senders.keys()
    assert not [module for module, text in senders.items() if not any(word in text for word in WHERE)]
