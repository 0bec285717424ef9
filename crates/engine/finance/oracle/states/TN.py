"""Tennessee: 7 % on all, local tax on the first 1,600, 2.75 % on the next 1,600. T.C.A. 67-6-202, -702; Rule 1320-05-01-.02."""

from oracle import *

COUNTY = levy("dealer", "county", "0.0225")
BASE = Deal(state="TN", local=(COUNTY,))


def parts(base, local):
    return cents(D("0.07") * base), cents(local * band(base, 0, 1600)), cents(D("0.0275") * band(base, 1600, 3200))


def expect(d):
    if {"removal", "military"} & set(d.buyer.get("exemptions", [])):
        return Expect(tax=D(0))
    local = d.rate(of="dealer")
    contracts = d.product("serviceContract", "maintenance", "tireWheel", "key")
    if d.kind == "lease":
        return lease(d, local)
    article = d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts
    article = positive(article - d.traded)
    tax = sum(parts(article, local)) + cents(D("0.07") * contracts) + cents(local * contracts)
    return credited(d, tax)


def lease(d, local):
    """Each bill is taxed at 7 % as it comes, the trade being used up first; the bands are used up over all bills together."""
    at_signing = d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee
    credit, state, taxed = d.allowance, D(0), D(0)
    for bill in [at_signing] + [d.payment] * d.term:
        used = min(credit, bill)
        credit -= used
        state += cents(D("0.07") * (bill - used))
        taxed += bill - used
    _, first, second = parts(taxed, local)
    return Expect(tax=state + first + second)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("1600", "3200"):
        yield BASE.but(price=price)
        yield BASE.but(price=price + 5000, allowance=D(5000))
        yield BASE.but(price=price - 100, doc_fee=D(100))
        yield BASE.but(price=price + 250, rebates={"dealer": D(250)})
    for rate in ("0.015", "0.0275", "0"):
        yield BASE.but(local=(levy("dealer", "county", rate),))
        yield BASE.but(local=(levy("dealer", "county", rate),), products={"serviceContract": D("1999.99")})
    for paid in near("2136", "2180"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for ground in ("removal", "military"):
        yield BASE.but(buyer={"exemptions": [ground]})
    yield BASE.but(local=(levy("buyer", "county", "0.0225"),))
