"""Michigan: 6 % on the price less a trade credit that is limited and grows by 1,000 a year. MCL 205.51; DIFS for the documentary fee."""

from oracle import *

BASE = Deal(state="MI")
LIMIT = {2025: D(11000), 2026: D(12000), 2027: D(13000), 2028: D(14000)}
DOC_FEE = D(280)


def expect(d):
    if d.products.keys() & {"tireWheel", "key"}:
        return None
    if d.doc_fee and "2025-01-28" <= d.date < "2027-01-01":
        # The lesser of 5 % of the cash price and the dollar limit.
        if d.doc_fee > min(DOC_FEE, D("0.05") * d.price):
            return Expect(error="doc-fee-above-limit")
    elif d.doc_fee:
        return None
    if d.kind == "lease":
        return billed(d, "0.06", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    year = int(d.date[:4])
    # From 2029 the limit has passed 14,000 and is gone.
    credit = d.traded if year >= 2029 else min(d.traded, LIMIT[year])
    if d.vehicle.get("class") == "rv" and d.trade.get("class") == "rv":
        credit = d.traded
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - credit)
    return credited(d, cents(D("0.06") * base))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for year, limit in LIMIT.items():
        for allowance in near(limit):
            for day in (f"{year}-01-01", f"{year}-12-31"):
                yield BASE.but(date=day, allowance=allowance)
    for allowance in near("14000", "15000"):
        yield BASE.but(date="2029-01-01", allowance=allowance)
        yield BASE.but(date="2028-12-31", allowance=allowance)
    for fee in near("280"):
        yield BASE.but(doc_fee=fee)
        yield BASE.but(doc_fee=fee, price=D(5600))
        yield BASE.but(doc_fee=fee, price=D("5599.99"))
    rv = {"condition": "new", "class": "rv"}
    for kind in ("rv", "passenger"):
        yield BASE.but(vehicle=rv, price=D(90000), allowance=D(40000), trade={"class": kind})
    for paid in near("1800"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
