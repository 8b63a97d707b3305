"""Declarations of who may open a page (from identity) and the same for an API."""

from dichterbij.ground.identity.domain import LoggedIn, Request
from dichterbij.ground.identity.routes import ANYONE, CITIZEN, STAFF, Declaration, declaration_of, open_to

__all__ = ["ANYONE", "CITIZEN", "STAFF", "Declaration", "LoggedIn", "Request", "declaration_of", "open_to"]
