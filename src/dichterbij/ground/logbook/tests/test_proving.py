"""A line is proved without the others, from a file alone; whatever is changed in that file shows."""

import contextlib
import hashlib
import json
import zipfile
from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.ground.logbook import append_only, merkle, proof_files, proving, services, tree, verifying
from dichterbij.ground.logbook.domain import Entry, Kind, Log, Result, leaf
from dichterbij.ground.logbook.models import Head, Line, Node
from dichterbij.kernel.access import Actor, Role
from dichterbij.kernel.identifiers import Bsn, Oin

ANNA, BRAM = Bsn("999993653"), Bsn("999990019")
DUO = Oin("00000099100000003000")


def _hashes(count):
    return [hashlib.sha256(bytes([0, number % 256, number // 256])).digest() for number in range(count)]


def _by_definition(hashes):
    """Return the root as RFC 6962, 2.1 defines it."""
    if len(hashes) < 2:
        return hashes[0] if hashes else hashlib.sha256(b"").digest()
    half = 1 << (len(hashes) - 1).bit_length() - 1
    left, right = _by_definition(hashes[:half]), _by_definition(hashes[half:])
    return hashlib.sha256(b"\1" + left + right).digest()


# ------------------------------------------------------------------------------------------------ the tree


@given(st.integers(0, 300))
def test_the_root_is_that_of_the_standard(count):
    assert merkle.root(merkle.peaks(_hashes(count))) == _by_definition(_hashes(count))


@given(st.data())
def test_a_path_leads_from_its_own_leaf_to_the_root_and_from_no_other(data):
    size = data.draw(st.integers(1, 300))
    index = data.draw(st.integers(0, size - 1))
    hashes = _hashes(size)
    beside = merkle.path(index, size, lambda start, count: _by_definition(hashes[start : start + count]))
    root = _by_definition(hashes)
    assert merkle.root_of(hashes[index], index, size, beside) == root
    other = data.draw(st.integers(0, size - 1).filter(lambda number: number != index or size == 1))
    assert size == 1 or merkle.root_of(hashes[other], index, size, beside) != root
    assert size == 1 or merkle.root_of(hashes[index], other, size, beside) != root
    assert merkle.root_of(hashes[index], index, size, (*beside, bytes(32))) is None
    assert not beside or merkle.root_of(hashes[index], index, size, beside[:-1]) != root


@pytest.mark.parametrize(("index", "size"), [(-1, 1), (1, 1), (0, 0)])
def test_a_place_that_does_not_exist_leads_nowhere(index, size):
    assert merkle.root_of(bytes(32), index, size, ()) is None


# ------------------------------------------------------------------------------------------------ proofs

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "logbook"]),
    pytest.mark.usefixtures("organisations"),
]


def _record(access, number=1):
    entries = [
        Entry(kind=Kind.READ, subject=access.subject.bsn, fields=(f"veld.{index}",), outcome=Result.GIVEN)
        for index in range(number)
    ]
    return services.record_all(access, entries)


@pytest.fixture
def access(new_access):
    return new_access(bsn=ANNA, organisation=DUO)


@pytest.fixture
def proof(access):
    _record(access, 9)
    services.seal()
    return proving.proof(access, Line.objects.order_by("id")[4].line_id)


def test_every_line_of_a_log_of_several_blocks_is_proved_against_its_own_stand(access):
    receipts = []
    for number in (1, 300, 255, 1, 212, 256):
        receipts += _record(access, number)
        services.seal()
    leaves = [bytes.fromhex(receipt.leaf_hash) for receipt in receipts]
    for head in Head.objects.filter(log=Log.OPEN):
        assert bytes(head.root) == merkle.root(merkle.peaks(leaves[: head.size]))
    assert Node.objects.filter(level=tree.BLOCK_LEVEL).count() == len(receipts) // tree.BLOCK
    for number in (0, 1, 255, 256, 300, 511, 512, 767, 768, len(receipts) - 1):
        found = proving.check(proving.proof(access, receipts[number].id))
        assert (found.position, found.operator.value) == (number + 1, Head.objects.first().operator)
    assert verifying.verify()[0].position is None


def test_lines_of_before_there_was_a_tree_are_proved_after_the_next_seal(access):
    _record(access, 300)
    services.seal()
    append_only.unguard(_connection())
    Node.objects.all().delete()
    Head.objects.update(root=None)
    append_only.guard(_connection())
    _record(access)
    services.seal()
    proving.check(proving.proof(access, Line.objects.first().line_id))


def _connection():
    from django.db import connections

    return connections["logbook"]


def test_a_line_without_a_signature_yet_is_signed_when_somebody_asks_its_proof(access):
    (receipt,) = _record(access)
    with pytest.raises(proving.NotSealedYet):
        proving.made(Line.objects.get(line_id=receipt.id))
    assert proving.check(proving.proof(access, receipt.id)).position == 1


def test_a_line_of_another_person_or_for_another_matter_or_of_nobody_does_not_exist(access, new_access):
    other = new_access(bsn=BRAM, organisation=DUO)
    (mine,) = _record(access)
    about = services.record(other, Entry(kind=Kind.READ, subject=ANNA, fields=("x",), outcome=Result.GIVEN))
    services.seal()
    for who, line in ((other, mine.id), (access, about.id), (access, uuid4())):
        with pytest.raises(proving.UnknownLine):
            proving.proof(who, line)


def test_a_confidential_line_is_in_no_proof_and_moves_no_place(access):
    hidden = replace(access, activity=replace(access.activity, confidential=True))
    (secret,) = _record(hidden)
    (line,) = _record(access)
    services.seal()
    with pytest.raises(proving.UnknownLine):
        proving.proof(access, secret.id)
    assert proving.proof(access, line.id)["position"] == 1


def test_the_text_of_what_a_worker_did_is_kept_back_and_still_proved(access):
    staff = Actor(role=Role.STAFF, organisation=DUO, party=uuid4(), staff_reference="M-0A1B2C")
    (receipt,) = _record(replace(access, actor=staff))
    services.seal()
    found = proving.proof(access, receipt.id)
    assert "M-0A1B2C" not in json.dumps(found)
    assert proving.check(found).line is None


def test_a_proof_with_anything_changed_is_no_proof(proof):
    for change in [
        {"line": "{}"},
        {"position": 4},
        {"position": 0},
        {"size": 8},
        {"size": 10**40},
        {"root": "00" * 32},
        {"chain": "00" * 32},
        {"leaf": "00" * 32},
        {"path": []},
        {"log": "confidential"},
        {"log": "other"},
        {"operator": DUO.value},
        {"publicKey": "00" * 32},
        {"signature": "00" * 64},
        {"signature": "x"},
        {"path": None},
    ]:
        with pytest.raises(proving.ProofWrong):
            proving.check({**proof, **change})


def test_a_proof_signed_with_a_key_of_somebody_else_is_no_proof(proof):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from dichterbij.ground.logbook.sealing import message, purpose

    key = Ed25519PrivateKey.generate()
    content = message("open", proof["size"], bytes.fromhex(proof["chain"]), bytes.fromhex(proof["root"]))
    bound = f"dichterbij\0{proof['operator']}\0{purpose('open')}\0".encode()
    forged = {"publicKey": key.public_key().public_bytes_raw().hex(), "signature": key.sign(bound + content).hex()}
    with pytest.raises(proving.ProofWrong, match="andere sleutel"):
        proving.check({**proof, **forged})


def test_a_line_and_its_tree_changed_together_do_not_fit_the_signature(proof):
    false = proof["line"].replace("veld.4", "veld.9")
    with pytest.raises(proving.ProofWrong):
        proving.check({**proof, "line": false, "leaf": leaf(false.encode()).hex()})


def test_the_command_makes_a_proof_and_checks_it_from_the_file_alone(access, tmp_path, capsys):
    (receipt,) = _record(access)
    services.seal()
    call_command("logbook", "prove", str(receipt.id))
    file = tmp_path / "proof.json"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    call_command("logbook", "verify", "--proof", str(file))
    told = capsys.readouterr().out
    assert "in order: line 1 of 1" in told
    assert "veld.0" in told
    file.write_text(file.read_text(encoding="utf-8").replace("veld.0", "veld.1"), encoding="utf-8")
    with pytest.raises(CommandError, match="Dit bewijs klopt niet"):
        call_command("logbook", "verify", "--proof", str(file))


def test_a_log_checked_in_several_stretches_names_the_same_first_position(access, monkeypatch):
    _record(access, 1000)
    services.seal()
    monkeypatch.setattr(verifying, "SPAN", tree.BLOCK)
    assert verifying.verify()[0].position is None
    append_only.unguard(_connection())
    line = Line.objects.order_by("id")[700]
    Line.objects.filter(pk=line.pk).update(body=bytes(line.body).replace(b"veld", b"held"))
    append_only.guard(_connection())
    assert verifying.verify()[0].position == 701


# ------------------------------------------------------------------------------------------------ on paper


def _with(file, **changes):
    """Write the file anew with other contents of what is in it."""
    with zipfile.ZipFile(file) as held:
        contents = {name: held.read(name) for name in held.namelist()} | changes
    with zipfile.ZipFile(file, "w") as made:
        for name, content in contents.items():
            made.writestr(name, content)


@pytest.fixture
def on_paper(access, tmp_path):
    """Return the file of one proof, and the JSON of another with its own paper."""
    receipts = _record(access, 2)
    services.seal()
    file, other = tmp_path / "one.zip", tmp_path / "other.zip"
    for path, receipt, paper in ((file, receipts[0], b"%PDF one"), (other, receipts[1], b"%PDF two")):
        path.write_bytes(proof_files.packed(proving.proof(access, receipt.id), paper))
    with zipfile.ZipFile(other) as held:
        return file, {name: held.read(name) for name in held.namelist()}


def test_a_proof_and_its_paper_are_one_file_that_is_checked_at_once(on_paper):
    assert proof_files.checked(on_paper[0]).position == 1


@pytest.mark.parametrize("tamper", ["a byte of the PDF", "the PDF of another", "the JSON of another", "one more file"])
def test_paper_that_does_not_belong_to_its_proof_is_found(on_paper, tamper):
    file, other = on_paper
    _with(
        file,
        **{
            "a byte of the PDF": {proof_files.PAPER: b"%PDF onf"},
            "the PDF of another": {proof_files.PAPER: other[proof_files.PAPER]},
            "the JSON of another": {proof_files.PROOF: other[proof_files.PROOF]},
            "one more file": {"more.pdf": b"%PDF one"},
        }[tamper],
    )
    with pytest.raises(CommandError, match="klopt niet"):
        call_command("logbook", "verify", "--proof", str(file))


def test_paper_under_the_signature_of_another_proof_is_found(on_paper):
    file, other = on_paper
    with zipfile.ZipFile(file) as held:
        content = json.loads(held.read(proof_files.PROOF))
    paper = json.loads(other[proof_files.PROOF])["paper"]
    changed = {proof_files.PROOF: json.dumps({**content, "paper": paper})}
    _with(file, **changed, **{proof_files.PAPER: other[proof_files.PAPER]})
    with pytest.raises(proving.ProofWrong, match="niet getekend"):
        proof_files.checked(file)


def test_every_changed_byte_of_the_file_is_found_or_changes_nothing_of_what_it_says(on_paper):
    file, whole = on_paper[0], on_paper[0].read_bytes()
    with zipfile.ZipFile(file) as held:
        said = {name: held.read(name) for name in held.namelist()}
    for place in range(0, len(whole), 7):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with contextlib.suppress(proving.ProofWrong):
            proof_files.checked(file)
            with zipfile.ZipFile(file) as held:
                assert {name: held.read(name) for name in held.namelist()} == said
