"""What can be shared and for what purpose: `content/sharing.yaml`, in the words of each language."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from dichterbij.kernel.access import Matter
from dichterbij.kernel.formats import euro

from .domain import Gives, NotInPurpose, Packet, Purpose, Question

Content = tuple[Mapping[str, Packet], Mapping[str, Purpose]]


def packets() -> Mapping[str, Packet]:
    """Return what can be shared, by key."""
    return _content()[0]


def purposes() -> Mapping[str, Purpose]:
    """Return for what a company can ask, by key."""
    return _content()[1]


def packet_of(question: Question) -> Packet:
    """Return what is asked; raises `NotInPurpose` for what does not exist, does not fit, or has the wrong limit."""
    purpose, packet = purposes().get(question.purpose), packets().get(question.packet)
    if purpose is None or packet is None or packet.key not in purpose.packets:
        raise NotInPurpose("Dit pakket hoort niet bij dit doel.")
    limits = [limit for limit in (question.at_most, question.at_least) if limit is not None]
    if len(limits) != int(packet.gives is Gives.LIMIT):
        raise NotInPurpose("Geef bij dit pakket precies één grens, of juist geen.")
    return packet


def what_is_asked(question: Question, language: str) -> str:
    """Return in words which facts a company asks, with the year and the limit filled in."""
    packet = packets()[question.packet]
    if packet.gives is not Gives.LIMIT:
        return _in(packet.what, language).format(year=question.year)
    words, limit = (
        (packet.at_most, question.at_most) if question.at_most is not None else (packet.at_least, question.at_least)
    )
    return _in(words, language).format(year=question.year, cents=euro(limit or 0, language))


def why(question: Question, language: str) -> str:
    """Return in words for what a company asks."""
    return _in(purposes()[question.purpose].words, language)


def _in(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or words["nl"]


def _content() -> Content:
    return _load(tuple(Path(folder) / "content" / "sharing.yaml" for folder in settings.DATA_FOLDERS))


@lru_cache(maxsize=4)
def _load(files: tuple[Path, ...]) -> Content:
    """Read the last file there is: an overlay replaces the whole, so that it can also take something out."""
    last = [file for file in files if file.is_file()][-1]
    data: Mapping[str, Any] = yaml.safe_load(last.read_text(encoding="utf-8"))
    return (
        {key: _packet(key, each) for key, each in data["packets"].items()},
        {key: _purpose(key, each) for key, each in data["purposes"].items()},
    )


def _packet(key: str, data: Mapping[str, Any]) -> Packet:
    return Packet(
        key=key,
        activity=data["activity"],
        gives=Gives(data["gives"]),
        matter=Matter(data["matter"]),
        registry=data["registry"],
        fields=tuple(data["fields"]),
        what=data.get("what", {}),
        at_most=data.get("at_most", {}),
        at_least=data.get("at_least", {}),
    )


def _purpose(key: str, data: Mapping[str, Any]) -> Purpose:
    words = {language: text for language, text in data.items() if language != "packets"}
    return Purpose(key=key, words=words, packets=tuple(data["packets"]))
