"""The verbs of a case. Each reads and assesses first, renders then, and writes in one transaction as its last step."""

from .asking import answer, ask, let_go_of_unanswered
from .cosigning import agree, send_back
from .deciding import assess_again, decide
from .defaulting import give_notice, penalty
from .doubting import doubt
from .drafting import copy_from_paper, discard, fill, start
from .handling import join_paper, move, note_unanswered_paper, take, withdraw
from .hearing import adjourn, invite
from .looking_again import compare_with_corrected_datum, compare_with_present_law, decide_again, let_stand
from .objecting import object_to
from .publishing import publish
from .reopening import undo_cause
from .ruling import rule, weigh
from .submitting import submit
from .undoing import undo

__all__ = [
    "adjourn",
    "agree",
    "answer",
    "ask",
    "assess_again",
    "compare_with_corrected_datum",
    "compare_with_present_law",
    "copy_from_paper",
    "decide",
    "decide_again",
    "discard",
    "doubt",
    "fill",
    "give_notice",
    "invite",
    "join_paper",
    "let_go_of_unanswered",
    "let_stand",
    "move",
    "note_unanswered_paper",
    "object_to",
    "penalty",
    "publish",
    "rule",
    "send_back",
    "start",
    "submit",
    "take",
    "undo",
    "undo_cause",
    "weigh",
    "withdraw",
]
