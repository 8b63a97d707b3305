"""The letters of a case: receipt, question, decision, looked at again.

A letter is Dutch; another language follows as a part of it.
"""

from .decision import decision
from .objected import objected
from .question import question
from .receipt import receipt
from .reopened import reopened

__all__ = ["decision", "objected", "question", "receipt", "reopened"]
