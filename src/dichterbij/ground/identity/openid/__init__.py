"""Login by OpenID Connect, NL GOV profile 1.0.1: DigiD through a broker, eHerkenning, eIDAS, private means, staff.

A means is configuration: an entry of the file that `DICHTERBIJ_MEANS` names (`identity.configuration`). `means` sends
somebody to the provider, `views` receives them, `tokens` (pure) decides what of the answer can be believed, `provider`
talks to the other machine. What cannot be believed never reaches `identity.services.sign_in`, where sessions are made.
"""
