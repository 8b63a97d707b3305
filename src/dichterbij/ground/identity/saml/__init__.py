"""Login by SAML 2.0 as a service provider: a means that speaks like DigiD. Optional: `pip install dichterbij[saml]`.

A means is configuration, like the others. `means` sends somebody to the identity provider; they come back with an
artifact, a name for an answer that we fetch ourselves (`peer`), so nothing that matters passes through a browser.
`messages` writes what we send, `answers` (pure) decides what of the answer can be believed: only what the signature
covers is read, and what was encrypted for us is opened (`encryption`). `ending` does so for a session that ends there
first. Then `identity.arrival`, where every means ends. Only `views` and `urls` load without the extra.
"""
