"""Alabama: 2 % and the local automotive rates of the dealer's place on the net difference; leases 1.5 % on every receipt.
Code of Ala. 40-23-2(4), 40-12-222."""

from oracle import *

BASE = Deal(state="AL", local=(levy("dealer", "county", "0.005", reach="sale"), levy("dealer", "city", "0.01", reach="sale")))


def expect(d):
    if d.kind == "lease":
        return billed(d, "0.015", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    tax = cents(D("0.02") * base)
    for entry in d.local:
        tax += cents(D(entry["rate"]) * base)
    return credited(d, tax)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for rate in ("0", "0.00667", "0.025"):
        yield BASE.but(local=(levy("dealer", "city", rate, reach="sale"),), price=D("33333.33"))
        yield BASE.but(local=(levy("dealer", "city", rate, reach="sale"),), allowance=D("7777.77"))
    for paid in near("1050"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for price in near("12000"):
        yield BASE.but(price=price, allowance=D(12000))
