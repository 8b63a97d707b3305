"""Identity: who somebody is, and how sure we are of it.

Law it rests on: eIDAS regulation (910/2014) article 8 for the assurance levels; Wet digitale overheid articles 6 and 7
for the admitted means; the general regulation on data protection for how long a login is known.

The tour: `domain` has the six values (party identifiers, means, assertion, login, login request, act), `refusals` why
not; `means` is the registry that means of login fill, by OpenID Connect (`openid`) or SAML (`saml`), as
`configuration` reads them;
`services.sign_in` is the one place where a session is made, `services.sign_out` ends it; `middleware` finds the login
of a request and lets it end after fifteen idle minutes or four hours; `routes` declares who may open a page;
`late_forms` keeps a form that was posted too late, for the same person only; `blocking` lets nobody in through a means
that was lost or stolen.

There is no user account: a person is a party with identifiers, a login is a party that came in through a means.
"""
