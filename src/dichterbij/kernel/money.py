"""Money is a whole number of euro cents (US dollar cents on the Caribbean islands); never a float."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NewType

Cents = NewType("Cents", int)


def cents(amount: Decimal | int | str) -> Cents:
    """Return an amount in euros as euro cents; half a cent is rounded up.

    >>> cents("466.40")
    46640
    """
    return Cents(int((Decimal(amount) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)))
