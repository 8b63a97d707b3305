"""An organisation reads its own lines of the logbook: as records for a program, and as a list of what workers opened.

Rests on: GDPR articles 5(2), 30 and 32; the reading extension of Logboek Dataverwerkingen (Logius, draft), of which the
form of question and answer is taken. Paging and who may ask are open there: here a cursor, and a token that the
organisation signs for each request (`api.KIND`). No record names a datum or a worker. The list does name the worker, by
audit reference, and is for who checks staff (`place`); each reading of either is a line, reading that line makes one
more and no other.
"""
