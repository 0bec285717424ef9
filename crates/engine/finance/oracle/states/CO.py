"""Colorado: 2.9 %, and city, county and districts where the buyer lives, on the price less the trade. C.R.S. 39-26-104; DR 0026 for leases."""

from oracle import *

LOCAL = (levy("buyer", "county", "0.0075"), levy("buyer", "city", "0.0346"), levy("buyer", "district", "0.011"))
BASE = Deal(state="CO", local=LOCAL)


def expect(d):
    if d.kind == "lease":
        if d.term <= 36 or d.equity or d.allowance:
            return None  # up to 36 months the lessor may choose; a trade on a lease depends on the method
        received = d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee
        state = billed(d.but(local=()), "0.029", received)
        return None if d.local else state
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    tax = cents(D("0.029") * base)
    for entry in d.local:
        tax += cents(D(entry["rate"]) * base)
    return Expect(owed=tax)


def deals():
    yield from common_deals(BASE)
    for deal in common_leases(BASE.but(local=(), term=48)):
        yield deal
    for price in near("15000"):
        for local in (LOCAL, LOCAL[:1], LOCAL[1:], ()):
            yield BASE.but(price=price, local=local)
            yield BASE.but(price=price, local=local, allowance=D(15000))
    for rebate in ("0.01", "999.99"):
        yield BASE.but(rebates={"manufacturer": D(rebate)}, allowance=D(4000), local=LOCAL[:2])
