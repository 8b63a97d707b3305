"""Login by SAML 2.0 as a service provider: a means that speaks like DigiD. Optional: `pip install dichterbij[saml]`.

A means is configuration, like the others. `means` sends somebody to the identity provider; they come back with an
artifact, a name for an answer that we fetch ourselves (`peer`), so nothing that matters passes through a browser.
`messages` writes what we send and `routing` what a routing service wants instead (eID SAML 4.4), `answers` (pure)
decides what of the answer can be believed: only what the signature covers is read, `people` says who it is about, and
`encryption` opens what was encrypted for us. `ending` does so for a session that ends there first, or that we asked to
end. Then `identity.arrival`, where every means ends. `going_live` says what an operator must mend. Only `views`, `urls`
and `connections` load without the extra.
"""
