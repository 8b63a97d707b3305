"""The terms of a case and of an objection, as days. Pure."""

from datetime import date

from dichterbij.kernel.dates import term_end

POST_DAYS = 7
"""Awb 6:9, second paragraph: what was posted in time may come in one week after the term."""

OBJECTION_WEEKS = 6
"""Awb 6:7: the term to object or to appeal is six weeks; 6:8: it begins on the day after the making known."""


COMMITTEE_WEEKS = 12
"""Awb 7:10, first paragraph: when a committee advises on the objection."""


def last_day_to_object(published_on: date) -> date:
    """Return the last day to object to a decision that was made known on a day.

    >>> last_day_to_object(date(2026, 6, 15))
    datetime.date(2026, 7, 27)
    """
    return term_end(published_on, weeks=OBJECTION_WEEKS)


def came_in_time(object_until: date, received_on: date, posted_on: date | None = None) -> bool:
    """Say whether an objection was in time: received by the last day, or posted by then and received within a week.

    Source: Awb 6:9.

    >>> came_in_time(date(2026, 7, 27), date(2026, 7, 31), posted_on=date(2026, 7, 27))
    True
    """
    if received_on <= object_until:
        return True
    return posted_on is not None and posted_on <= object_until and (received_on - object_until).days <= POST_DAYS


def last_day_to_decide_on_objection(object_until: date, received_on: date, *, has_committee: bool = False) -> date:
    """Return the last day to decide on an objection: six weeks after the term to object is over (Awb 7:10).

    With a committee that advises it is twelve (Awb 7:10 and 7:13).

    >>> last_day_to_decide_on_objection(date(2026, 7, 27), date(2026, 6, 20))
    datetime.date(2026, 9, 7)
    >>> last_day_to_decide_on_objection(date(2026, 7, 27), date(2026, 6, 20), has_committee=True)
    datetime.date(2026, 10, 19)
    """
    return term_end(max(object_until, received_on), weeks=COMMITTEE_WEEKS if has_committee else OBJECTION_WEEKS)


def suspended_days(asked_on: date, ended_on: date) -> int:
    """Return for how many days a question stopped the term (Awb 4:15): from the day after it, up to the answer."""
    return max(0, (ended_on - asked_on).days)


def adjourned(decide_by: date) -> date:
    """Return the last day to decide on an objection after it was put off once, for six weeks (Awb 7:10, third).

    >>> adjourned(date(2026, 9, 7))
    datetime.date(2026, 10, 19)
    """
    return term_end(decide_by, weeks=OBJECTION_WEEKS)


def last_day_to_appeal(sent_on: date) -> date:
    """Return the last day to go to court after what was decided on an objection was sent (Awb 6:7, 6:8).

    >>> last_day_to_appeal(date(2026, 7, 1))
    datetime.date(2026, 8, 12)
    """
    return term_end(sent_on, weeks=OBJECTION_WEEKS)
