#!/usr/bin/env python3
"""Independent arithmetic for the tables in ../it: Python's decimal module with 50 digits, straight from the definitions.

Nothing here was taken from the engine. Run it to print the tables again: python3 figures.py
"""
from decimal import Decimal as D, ROUND_HALF_UP, getcontext

getcontext().prec = 50
CENT = D("0.01")


def cents(x):
    return x.quantize(CENT, rounding=ROUND_HALF_UP)


def loan(amount, rate, n, months, days):
    """Level payment by unit-periods of a month, and the schedule in cents."""
    amount, i = D(amount), D(rate) / 12
    grown = amount * (1 + i * days / 30) * (1 + i) ** months  # what is owed on the first due date
    # The payments, valued at the first due date, are worth what is owed there.
    worth = sum(1 / (1 + i) ** k for k in range(n))
    payment = cents(grown / worth)
    balance, total = amount, D(0)
    for k in range(n):
        interest = cents(grown - amount) if k == 0 else cents(balance * i)
        paid = balance + interest if k == n - 1 else min(payment, balance + interest)
        balance, total = balance + interest - paid, total + paid
    assert balance == 0
    return payment, paid, total


def apr(advance, payment, n, whole, odd, per_year):
    """Bisection over 12 CFR 1026 Appendix J (b)(8)."""
    advance, payment, f = D(advance), D(payment), D(odd[0]) / odd[1]
    low, high = D(0), D(1)
    for _ in range(160):
        i = (low + high) / 2
        worth = sum(payment / ((1 + f * i) * (1 + i) ** (whole + k)) for k in range(n))
        low, high = (i, high) if worth > advance else (low, i)
    return (low * per_year).quantize(D("0.00000001"), rounding=ROUND_HALF_UP)


def lease(adjusted, residual, factor, n):
    """Base payment and rent charge of a lease by money factor."""
    adjusted, residual = D(adjusted), D(residual)
    base = cents((adjusted - residual) / n + (adjusted + residual) * D(factor))
    return base, base * n - (adjusted - residual)


def texas():
    """Tax Code 152.021: 6.25 % of the consideration less the trade; 34 TAC 3.70: on a lease of what the lessor pays, trade apart.

    A rebate of the maker is deducted. A documentation fee stated apart is not consideration, but is part of what the lessor pays
    where the lease capitalises it.
    """
    price, rebate, allowance, payoff, down = D(41250), D(500), D(11500), D(9240), D(3000)
    doc, fees = D(150), D("160.45")
    tax = cents((price - rebate - allowance) * D("0.0625"))
    total = price + doc + fees + tax
    due = total - rebate - (allowance - payoff) - down
    print("texas tax", tax, "total price", total, "due", due)
    payment, last, paid = loan(due, "0.0649", 72, 1, 0)
    print("  financed", payment, last, "total", paid, "charge", paid - due, "sale price", total + paid - due)
    bought = loan(due, "0.0549", 72, 1, 0)[2]
    print("  at 5.49 %: interest", bought - due, "three quarters of the spread", cents((paid - bought) * D("0.75")))
    tax = cents((price - rebate + doc) * D("0.0625"))
    msrp = D(42880)
    residual = cents(msrp * D("0.58"))
    for capitalized in (D(0), tax):
        gross = price + doc + D(695) + capitalized
        adjusted = gross - rebate - (allowance - payoff) - down
        base, rent = lease(adjusted, residual, "0.00185", 36)
        signing = base + down + fees + tax - capitalized
        print("  lease tax", tax, "gross", gross, "adjusted", adjusted, "residual", residual, "base", base, "rent", rent,
              "signing", signing, "all", signing + rebate + (allowance - payoff) + 35 * base + 350)


def california():
    """Regulation 1660: each rental is taxed as billed, and so is cash that reduces the capitalised cost; rate 7.25 % + 1 %.

    A trade-in gives no credit: its equity is a rental paid at signing. The acquisition fee is capitalised here, so it is not.
    """
    price, equity, down, doc = D(38000), D(1000), D(2000), D(85)
    gross = price + doc + D(895)
    adjusted = gross - equity - down
    base, rent = lease(adjusted, "21000", "0.0021", 36)
    rates = D("0.0725"), D("0.01")
    on_payment = [cents(base * r) for r in rates]
    at_signing = [cents((equity + down) * r) for r in rates]
    payment = base + sum(on_payment)
    print("california base", base, "rent", rent, "tax", on_payment, "payment", payment, "at signing", at_signing)


if __name__ == "__main__":
    texas()
    california()
    for case in [
        ("10025", "0.10123", 12, 1, 0),
        ("37628.58", "0.0649", 72, 1, 0),
        ("25000", "0.0799", 84, 1, 14),
        ("18250.55", "0.1299", 60, 0, 20),
        ("5000", "0", 36, 1, 0),
        ("1000", "1", 12, 1, 0),
        ("40000", "0.0249", 36, 2, 5),
    ]:
        print("loan", *case, "->", *loan(*case))
    for case in [
        ("5000", "230", 24, 1, (0, 30), 12),
        ("6000", "200", 36, 1, (19, 30), 12),
        ("5000", "219.17", 24, 0, (6, 15), 24),
        ("10000", "385", 40, 1, (39, 90), 4),
        ("500", "17.60", 30, 4, (4, 7), 52),
    ]:
        print("apr", *case, "->", apr(*case))
