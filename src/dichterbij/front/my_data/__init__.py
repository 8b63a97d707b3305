"""My data: what the government has recorded about you, and who looked at it and why.

Rests on the right of access (GDPR article 15; Wet BRP article 3.22 for disclosures). A page reads no registry: it
shows what was fetched at the person's own request, with the time. `services.refresh` asks the registries again,
through the gateway, so that this look is in the log as well. Enter through `queries.sources` and `views`.
"""
