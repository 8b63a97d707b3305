"""What can be shared and for what purpose: `content/sharing.yaml`, in the words of each language.

The last file says what can be asked. What only an earlier one has can be asked no more; its words stay for who was.
"""

from collections.abc import Mapping
from dataclasses import replace
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
    """Return what can or could be shared, by key."""
    return _content()[0]


def purposes() -> Mapping[str, Purpose]:
    """Return for what a company can ask, or could, by key; what can be asked no more has no packets."""
    return _content()[1]


def packet_of(question: Question) -> Packet:
    """Return what is asked; raises `NotInPurpose` for what does not exist, does not fit, or has the wrong limit."""
    if not can_be_asked(question):
        raise NotInPurpose("Dit pakket hoort niet bij dit doel.")
    packet = packets()[question.packet]
    limits = [limit for limit in (question.at_most, question.at_least) if limit is not None]
    if len(limits) != int(packet.gives is Gives.LIMIT):
        raise NotInPurpose("Geef bij dit pakket precies één grens, of juist geen.")
    return packet


def can_be_asked(question: Question) -> bool:
    """Say whether a packet fits a purpose, now; also of what somebody said yes to before it was taken out."""
    purpose = purposes().get(question.purpose)
    return purpose is not None and question.packet in purpose.packets


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
    packets, purposes = dict[str, Packet](), dict[str, Purpose]()
    for file in files:
        if file.is_file():
            data: Mapping[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
            packets |= {key: _packet(key, each) for key, each in data["packets"].items()}
            before = {key: replace(each, packets=()) for key, each in purposes.items()}
            purposes = before | {key: _purpose(key, each, data["packets"]) for key, each in data["purposes"].items()}
    return packets, purposes


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


def _purpose(key: str, data: Mapping[str, Any], there: Mapping[str, Any]) -> Purpose:
    words = {language: text for language, text in data.items() if language != "packets"}
    return Purpose(key=key, words=words, packets=tuple(each for each in data["packets"] if each in there))
