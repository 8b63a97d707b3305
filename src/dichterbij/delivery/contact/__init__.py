"""How a person is reached: e-mail address, phone number and the choice of channel, proven once and used by everybody.

Law it rests on: Awb 2:7 and 2:8 (who may be written to electronically, and paper for who does not want that), Awb 2:10
(a notice says the nature of a message, the reaction that is expected and the term; no content), Awb 2:21 (proof).

The tour: `details` keeps addresses, each proven by a code; `wishes` says how somebody wants to hear from whom;
`telling` writes down that somebody must be told, in the caller's transaction; `delivering` sends it through a sender of
`senders` and keeps the proof. Details belong to the person and to who operates this instance, whoever writes to them.
"""
