"""Appointments at a counter: book, move and cancel, by the person or by a worker with them, about a case or a subject.

Law it rests on: Awb 2:1 (help by another) and 2:6 of the Wmebv (fitting support for who cannot do it online).

The tour: `content/appointments` says where and when somebody can come, read by `locations`; `domain` makes times of
opening hours; `services` books, moves and cancels, and the database lets no time be given twice; `telling` writes the
confirmation and the reminder as messages, which go the way the person chose; `calendar_file` is for their own calendar.
"""
