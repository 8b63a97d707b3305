"""One way to ask an organisation, whether it lives in this instance or elsewhere.

Law it rests on: the organisation that decides is the one that reads (general regulation on data protection, article 5;
Wet digitale overheid); a portal asks and receives an outcome with its reasons, not register data.

The tour: `domain.Provider` is the contract; `in_process` answers it for organisations hosted here; `services` asks one
organisation, or several side by side within a second, and says of each that did not answer since when; `queries` puts
together what a person has at all of them; `views` are the two lists a person sees: applications and messages. The
other way round, `reaching` tells an organisation elsewhere how somebody who has something there wants to be reached.
`stating` is what goes elsewhere of a mandate. `moving` lets who is logged in at one instance go on at another.
"""
