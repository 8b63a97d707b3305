"""The letters of a case: receipt, question, decision, looked at again, and those about an objection.

A letter is Dutch; another language follows as a part of it.
"""

from .decision import decision
from .noticed import noticed
from .objected import objected
from .question import question
from .receipt import receipt
from .reopened import reopened
from .ruling import adjourned, invited, ruled

__all__ = ["adjourned", "decision", "invited", "noticed", "objected", "question", "receipt", "reopened", "ruled"]
