"""Sharing: what companies ask somebody to share, saying yes or no, taking it back, and the receipt of it.

Rests on GDPR article 7: a question that stands apart, in plain language; no that costs nothing; taking back as easy as
giving. Everything is kept and done by `delivery/sharing`; enter through `views`.
"""
