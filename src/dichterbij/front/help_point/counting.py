"""How often something is asked: per point, month and subject of a list. There is no field in which a person fits."""

import base64
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.utils.crypto import constant_time_compare, salted_hmac

from dichterbij.kernel import clock
from dichterbij.kernel.problems import Problem

from .domain import WrongCode
from .models import HelpPoint, QuestionCount

LETTERS = 8
Texts = Mapping[str, str]


class InvalidSubjects(Problem):
    """The file with subjects is not in order."""

    code = "invalid-subjects"
    title = "Het bestand met onderwerpen klopt niet"


def code_of(point: str) -> str:
    """Return the code with which a point counts: who has it can do nothing else."""
    digest = salted_hmac("dichterbij.help_point", point, algorithm="sha256").digest()
    return f"{point} {base64.b32encode(digest).decode()[:LETTERS]}"


def count(code: str, subject: str) -> None:
    """Count one question; raises `WrongCode`."""
    point, _space, letters = code.strip().rpartition(" ")
    right = constant_time_compare(f"{point} {letters.upper()}", code_of(point))
    if not right or not HelpPoint.objects.filter(key=point).exists() or subject not in subjects():
        raise WrongCode("Kijk de code na. Die kreeg uw punt van wie deze site beheert.")
    with transaction.atomic():
        row, _made = QuestionCount.objects.get_or_create(
            point=point, month=clock.today().replace(day=1), subject=subject, defaults={"number": 0}
        )
        QuestionCount.objects.filter(id=row.id).update(number=F("number") + 1)


def counts() -> Mapping[str, int]:
    """Return how often each subject was asked this month, at all points together."""
    rows = QuestionCount.objects.filter(month=clock.today().replace(day=1)).values("subject")
    return {row["subject"]: row["total"] for row in rows.annotate(total=Sum("number"))}


def subjects() -> Mapping[str, Texts]:
    """Return what can be counted: `content/help_point.yaml` of the last data folder that has it."""
    found = [path for folder in settings.DATA_FOLDERS if (path := Path(folder) / "content/help_point.yaml").is_file()]
    if not found:
        raise InvalidSubjects("content/help_point.yaml ontbreekt.")
    return _read(found[-1])


@lru_cache(maxsize=4)
def _read(path: Path) -> Mapping[str, Texts]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))["subjects"]
        return {key: {language: words[language] for language in ("nl", "en", "pap")} for key, words in data.items()}
    except (KeyError, TypeError, AttributeError) as wrong:
        raise InvalidSubjects(f"content/help_point.yaml: {wrong}") from wrong
