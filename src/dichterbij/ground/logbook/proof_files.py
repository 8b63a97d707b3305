"""A proof to take along, as one file: the proof, the same on paper, and a signature that the two belong together.

A ZIP file with a JSON and a PDF file. The operator that signed the stand of the log signs the hash of the paper
together with that of the line: another paper, or the paper of another line, is found. So is a change of what may
stand beside it for a computer: what the act of the line was, such as a receipt of a consent.
"""

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from dichterbij.ground.organisations import keys
from dichterbij.kernel.identifiers import Oin

from .domain import Json, canonical
from .proving import NOT_A_PROOF, ProofWrong, Proven, check

PROOF, PAPER = "bewijs.json", "bewijs.pdf"
PURPOSE = "logbook-proof-on-paper"
LARGEST = 5_000_000
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The day that a ZIP file gives to what has none: the same proof is the same file."""


def packed(proof: Mapping[str, Json], paper: bytes, receipt: Mapping[str, Json] | None = None) -> bytes:
    """Return the file; `paper` is a PDF that says what the proof proves. Only where the signer's keys are.

    `receipt`: the same for a computer, where there is more to say than the line does.
    """
    operator, digest = Oin(str(proof["operator"])), sha256(paper).hexdigest()
    said = {**proof, "receipt": dict(receipt)} if receipt else dict(proof)
    signature = keys.sign(operator, _message(said, digest), purpose=PURPOSE).hex()
    content = {**said, "paper": {"sha256": digest, "signature": signature}}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo(PROOF, LONG_AGO), json.dumps(content, ensure_ascii=False, indent=2))
        file.writestr(zipfile.ZipInfo(PAPER, LONG_AGO), paper)
    return made.getvalue()


def checked(path: Path) -> Proven:
    """Return what a file proves, the paper in it included; raises `ProofWrong` with what is wrong."""
    try:
        with zipfile.ZipFile(path) as file:
            if sorted(file.namelist()) != [PROOF, PAPER] or any(each.file_size > LARGEST for each in file.infolist()):
                raise ProofWrong("In dit bestand hoort een bewijs als JSON en als PDF te zitten, en niets anders.")
            content, paper = json.loads(file.read(PROOF)), file.read(PAPER)
        found = check(content)
        _ensure_paper(content, paper)
    except (*NOT_A_PROOF, zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        raise ProofWrong("Dit bestand is geen bewijs van een regel.") from None
    return found


def _ensure_paper(content: Mapping[str, Any], paper: bytes) -> None:
    digest, signature = sha256(paper).hexdigest(), bytes.fromhex(content["paper"]["signature"])
    if digest != content["paper"]["sha256"]:
        raise ProofWrong("De PDF is veranderd of hoort bij een ander bewijs.")
    key = bytes.fromhex(content["publicKey"])
    if not keys.is_signed(Oin(content["operator"]), _message(content, digest), signature, purpose=PURPOSE, key=key):
        raise ProofWrong("Voor deze PDF bij deze regel is niet getekend.")


def _message(content: Mapping[str, Any], digest: str) -> bytes:
    beside = {"receipt": content["receipt"]} if "receipt" in content else {}
    return canonical({"leaf": content["leaf"], "paper": digest, "v": 1, **beside})
