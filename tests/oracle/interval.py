"""Numbers that may be unknown, as closed intervals of exact fractions; an open end is None.

In: fractions. Out: intervals, and outcomes of comparing them. Knows nothing of schools or rules.
"""

from fractions import Fraction
from typing import NamedTuple, Optional

MET, NOT_MET, UNDECIDED, EXEMPT, NOT_APPLICABLE = "met", "not_met", "undecided", "exempt", "not_applicable"

# The first of these that occurs is the outcome of a whole joined by "all".
ORDER = (NOT_MET, UNDECIDED, MET, EXEMPT, NOT_APPLICABLE)


def join(outcomes):
    """The outcome of a whole joined by "all"; of nothing, not applicable."""
    return min(outcomes, key=ORDER.index, default=NOT_APPLICABLE)


class Interval(NamedTuple):
    low: Optional[Fraction]
    high: Optional[Fraction]

    @staticmethod
    def of(number):
        return Interval(Fraction(number), Fraction(number))

    @property
    def single(self):
        return self.low if self.low is not None and self.low == self.high else None

    def holds_zero(self):
        return (self.low is None or self.low <= 0) and (self.high is None or self.high >= 0)

    def plus(self, other):
        return Interval(
            None if self.low is None or other.low is None else self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
        )

    def negated(self):
        return Interval(None if self.high is None else -self.high, None if self.low is None else -self.low)

    def minus(self, other):
        return self.plus(other.negated())

    def times(self, factor):
        """`factor` is an exact number."""
        if factor == 0:
            return Interval.of(0)
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Interval(low, high) if factor > 0 else Interval(high, low)

    def over(self, other):
        """Quotient. A divisor that reaches 0 and is not below it leaves what is not below 0 a low end; any other that may be 0
        leaves nothing known. One whose sign is known but not its size keeps the sign."""
        if other.holds_zero():
            if other == Interval.of(0) or other.low != 0 or self.low is None or self.low < 0:
                return ALL
            return Interval(Fraction(0) if other.high is None else self.low / other.high, None)
        if other.single is not None:
            return self.times(1 / other.single)
        if other.high is not None and other.high < 0:
            return self.negated().over(other.negated())
        # 0 < other.low: the least and the greatest factor are 1/high (0 if open) and 1/low.
        small = Fraction(0) if other.high is None else 1 / other.high
        large = 1 / other.low
        return Interval(
            None if self.low is None else min(self.low * small, self.low * large),
            None if self.high is None else max(self.high * small, self.high * large),
        )


ALL = Interval(None, None)
UNKNOWN_AMOUNT = Interval(Fraction(0), None)


def total(intervals):
    found = Interval.of(0)
    for each in intervals:
        found = found.plus(each)
    return found


def at_least(value, limit):
    """`value >= limit`, whatever the unknowns are, or undecided."""
    if value.low is not None and limit.high is not None and value.low >= limit.high:
        return MET
    if value.high is not None and limit.low is not None and value.high < limit.low:
        return NOT_MET
    return UNDECIDED


def at_most(value, limit):
    return at_least(value.negated(), limit.negated())


def every(*truths):
    """Kleene's conjunction of True, False and None."""
    if any(truth is False for truth in truths):
        return False
    return None if any(truth is None for truth in truths) else True


def opposite(truth):
    return None if truth is None else not truth
