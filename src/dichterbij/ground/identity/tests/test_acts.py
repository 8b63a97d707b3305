"""The trace of an act: that of the caller when it is one, a new one otherwise, and nothing of a person in it."""

import pytest

from dichterbij.ground.identity import acts

GOOD = "0af7651916cd43dd8448eb211c80319c"


@pytest.mark.parametrize("flags", ["00", "01", "ff"])
def test_the_trace_of_the_caller_is_kept_also_when_it_asks_not_to_be_sampled(flags):
    assert acts.new(f"00-{GOOD}-b7ad6b7169203331-{flags}").trace == GOOD


@pytest.mark.parametrize(
    "header",
    [
        "",
        "x",
        f"00-{'0' * 32}-b7ad6b7169203331-01",
        f"00-{GOOD.upper()}-b7ad6b7169203331-01",
        f"00-{GOOD}-01",
        f"00-{GOOD}-b7ad6b7169203331-01-more",
        f"00-{GOOD[:-1]}-b7ad6b7169203331-01",
        f"00-{GOOD}\n-b7ad6b7169203331-01",
        "00-" + "9" * 5000,
    ],
)
def test_what_is_no_trace_gives_a_new_one(header):
    found = acts.new(header).trace
    assert found != GOOD
    assert len(found) == 32
    assert int(found, 16) > 0


def test_every_act_has_a_number_of_its_own_also_within_one_trace():
    header = f"00-{GOOD}-b7ad6b7169203331-01"
    assert acts.new(header).id != acts.new(header).id
