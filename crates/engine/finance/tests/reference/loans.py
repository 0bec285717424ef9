#!/usr/bin/env python3
"""Independent arithmetic for ../it/plans.rs: Python's decimal module with 50 digits and datetime, from the definitions alone.

Nothing here was taken from the engine. Run it to print the tables again: python3 loans.py
"""
import calendar
from datetime import date, timedelta
from decimal import Decimal as D, ROUND_HALF_UP, ROUND_UP, getcontext
from fractions import Fraction as F

getcontext().prec = 50
CENT = D("0.01")


def cents(x, how=ROUND_HALF_UP):
    return x.quantize(CENT, rounding=how)


def months_later(day, months, dom):
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(dom, calendar.monthrange(year, month)[1]))


def thirty(a, b):
    """The United States bond basis."""
    last = lambda d: d.month == 2 and d.day == calendar.monthrange(d.year, 2)[1]
    d1 = 30 if last(a) else min(a.day, 30)
    d2 = 30 if last(a) and last(b) else 30 if b.day == 31 and d1 == 30 else b.day
    return (b.year - a.year) * 360 + (b.month - a.month) * 30 + d2 - d1


def actual_of_years(a, b):
    part, day = F(0), a
    while day < b:
        part += F(1, 366 if calendar.isleap(day.year) else 365)
        day += timedelta(1)
    return part


PART = {
    "30/360": lambda a, b: F(thirty(a, b), 360),
    "actual/365": lambda a, b: F((b - a).days, 365),
    "365/360": lambda a, b: F((b - a).days, 360),
    "actual/actual": actual_of_years,
}


def dec(f):
    return D(f.numerator) / D(f.denominator)


def by_days(amount, rate, start, dues, basis, how=ROUND_HALF_UP, skipped=(), extras=(), balloon="0", carried=False):
    """Payment solved by bisection on the exact schedule (not by the engine's formula), then the schedule in cents."""
    amount, rate, balloon = D(amount), D(rate), D(balloon)
    events = [(due, "skip" if n + 1 in skipped else "level") for n, due in enumerate(dues)]
    events += [(day, D(extra)) for day, extra in extras]
    events.sort(key=lambda e: (e[0], e[1] in ("skip", "level")))
    part = PART[basis]

    def left(payment):
        """What remains at the end, exactly; interest that nothing met earns nothing."""
        balance, waiting, before = amount, D(0), start
        for day, what in events:
            waiting += balance * rate * dec(part(before, day))
            before = day
            paid = payment if what == "level" else D(0) if what == "skip" else what
            if paid or what == "level":
                balance, waiting = balance + waiting - paid, D(0)
        return balance - balloon

    low, high = D(0), amount * 3
    for _ in range(200):
        mid = (low + high) / 2
        low, high = (mid, high) if left(mid) > 0 else (low, mid)
    payment = cents(high, how)

    balance, waiting, before, total, carry = amount, D(0), start, D(0), D(0)
    for index, (day, what) in enumerate(events):
        exact = balance * rate * dec(part(before, day)) + carry
        interest = cents(exact)
        carry = exact - interest if carried else D(0)
        before = day
        owed_interest = waiting + interest
        owed = balance + owed_interest
        paid = owed if index == len(events) - 1 else min(owed, payment if what == "level" else D(0) if what == "skip" else what)
        to_interest = min(paid, owed_interest)
        waiting = owed_interest - to_interest
        balance -= paid - to_interest
        total += paid
    assert balance == 0 and waiting == 0
    return payment, paid, total


def by_units(amount, rate, per_year, n, whole, odd, how=ROUND_HALF_UP):
    """Regular unit-periods after a first one of `whole` periods and a part: payments valued at the first due date."""
    amount, i, f = D(amount), D(rate) / per_year, D(odd[0]) / odd[1]
    grown = amount * (1 + f * i) * (1 + i) ** whole
    payment = cents(grown / sum(1 / (1 + i) ** k for k in range(n)), how)
    balance, total = amount, D(0)
    for k in range(n):
        interest = cents(grown - amount) if k == 0 else cents(balance * i)
        paid = balance + interest if k == n - 1 else min(payment, balance + interest)
        balance, total = balance + interest - paid, total + paid
    assert balance == 0
    return payment, paid, total


def monthly(first, n, dom):
    return [months_later(first, k, dom) for k in range(n)]


def days(first, n, step):
    return [first + timedelta(step * k) for k in range(n)]


if __name__ == "__main__":
    start = date(2026, 11, 21)
    dues = monthly(date(2027, 1, 5), 60, 5)
    for basis in PART:
        print("by days", basis, *by_days("28450.75", "0.0789", start, dues, basis))
    print("rounded up", *by_days("28450.75", "0.0789", start, dues, "actual/365", ROUND_UP))
    print("carried", *by_days("28450.75", "0.0789", start, dues, "actual/365", carried=True))
    weekly = days(date(2026, 11, 27), 104, 7)
    print("weekly actual/365", *by_days("9800", "0.2199", start, weekly, "actual/365"))
    print("biweekly 365/360", *by_days("15000", "0.18", start, days(date(2026, 12, 4), 78, 14), "365/360"))
    halves = [d for k in range(24) for d in (months_later(date(2026, 12, 1), k, 1), months_later(date(2026, 12, 1), k, 16))]
    print("semimonthly actual/actual", *by_days("12000", "0.1499", start, halves, "actual/actual"))
    print("month ends 30/360", *by_days("20000", "0.0649", date(2026, 12, 31), monthly(date(2027, 1, 31), 48, 31), "30/360"))
    print("balloon actual/365", *by_days("40000", "0.0599", start, monthly(date(2026, 12, 21), 48, 21), "actual/365", balloon="18000"))
    print("skipped actual/365", *by_days("22000", "0.0899", start, monthly(date(2026, 12, 21), 36, 21), "actual/365", skipped=(7, 8, 19, 20, 31, 32)))
    extras = [(date(2026, 12, 5), "500"), (date(2027, 1, 21), "750.50")]
    print("pick-ups actual/365", *by_days("11000", "0.1999", start, monthly(date(2026, 12, 21), 30, 21), "actual/365", extras=extras))
    print("quarterly 30/360", *by_days("50000", "0.07", start, [months_later(date(2027, 2, 21), 3 * k, 21) for k in range(20)], "30/360"))
    print("single actual/365", *by_days("8000", "0.12", start, [date(2027, 5, 20)], "actual/365"))
    print("units weekly", *by_units("9800", "0.2199", 52, 104, 0, (6, 7)))
    print("units biweekly", *by_units("15000", "0.18", 26, 78, 1, (3, 14)))
    print("units four-weekly", *by_units("15000", "0.18", 13, 39, 1, (0, 28)))
    print("units semimonthly", *by_units("12000", "0.1499", 24, 48, 0, (10, 15)))
    print("units quarterly", *by_units("50000", "0.07", 4, 20, 1, (0, 90)))
    print("units up", *by_units("37628.58", "0.0649", 12, 72, 1, (0, 30), ROUND_UP))
    print("units single", *by_units("8000", "0.12", 12, 1, 5, (29, 30)))

    # United States Rule: 25,000 at 9 %, actual/365, from 2026-11-21; paid 800 on 12-21, nothing until 2027-03-10, then 1,500.
    balance, waiting, before = D(25000), D(0), start
    for day, paid in [(date(2026, 12, 21), D(800)), (date(2027, 1, 25), D(50)), (date(2027, 3, 10), D(1500))]:
        waiting += cents(balance * D("0.09") * (day - before).days / 365)
        to_interest = min(paid, waiting)
        waiting, balance, before = waiting - to_interest, balance - paid + to_interest, day
    on = date(2027, 4, 2)
    interest = cents(balance * D("0.09") * (on - before).days / 365)
    print("us rule", balance, waiting, interest, balance + waiting + interest, "per diem", balance * D("0.09") / 365)
    # Rule of 78: 10,000 at 12 % over 36 months by twelfths, after 12 payments.
    payment, last, total = by_units("10000", "0.12", 12, 36, 1, (0, 30))
    charge = total - 10000
    rebate = cents(charge * 24 * 25 / (36 * 37))
    print("rule of 78", payment, last, charge, rebate, "payoff", payment * 23 + last - rebate)
