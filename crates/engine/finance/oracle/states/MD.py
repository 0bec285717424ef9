"""Maryland: titling tax of 6.5 % from 2025-07-01, 6 % before, on price, freight and processing charge less the trade; a lease at its
start on the price. Transp. 13-809; COMAR 11.15.33."""

from oracle import *

BASE = Deal(state="MD")


def expect(d):
    if d.doc_fee > (D(800) if d.date >= "2024-07-01" else D(500)):
        return Expect(error="doc-fee-above-limit")
    if d.products.keys() & {"tireWheel", "key"}:
        return None
    if d.buyer:
        return None
    rate = D("0.065") if d.date >= "2025-07-01" else D("0.06")
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    tax = cents(rate * base)
    if d.kind == "lease":
        if d.acquisition_fee:
            return None
        return Expect(tax=tax)
    return Expect(tax=tax)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for day in around("2025-07-01"):
        for price in ("9999.99", "30000", "45454.54"):
            yield BASE.but(date=day, price=D(price))
            yield BASE.but(date=day, price=D(price), allowance=D("8888.88"))
        yield BASE.but(date=day, kind="lease")
    for fee in near("800"):
        yield BASE.but(doc_fee=fee)
