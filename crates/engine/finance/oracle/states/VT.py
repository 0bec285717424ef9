"""Vermont: purchase and use tax of 6 % less the trade, at most 2,486 on heavy trucks; a lease on acquisition cost less its end value.
32 V.S.A. 8902, 8903."""

from oracle import *

BASE = Deal(state="VT")
MOST = D(2486)


def expect(d):
    if d.products.keys() - {"appearance", "theft"} or d.rebate("manufacturer", "manufacturerLater", "dealerIncentive"):
        return None  # low
    if d.kind == "lease":
        if d.allowance or d.doc_fee or d.taxable_fee or d.acquisition_fee or d.rebates or d.goods:
            return None  # what the acquisition cost is made of
        return Expect(owed=cents(D("0.06") * positive(d.price - d.residual)))
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    tax = cents(D("0.06") * base)
    if d.vehicle.get("class") == "heavyTruck" and d.vehicle.get("gvwrLb", 0) >= 10100:
        tax = min(tax, MOST)
    return Expect(owed=tax - min(tax, D(d.buyer.get("taxPaidElsewhere", 0))))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("41433.33", "41450"):
        for weight in (10099, 10100, 10101):
            yield BASE.but(price=price, vehicle={"condition": "new", "class": "heavyTruck", "gvwrLb": weight})
        yield BASE.but(price=price)
        yield BASE.but(price=price, kind="lease", residual=D(20000))
    for price in near("12500", "22222.22"):
        yield BASE.but(price=price, allowance=D(12500))
        yield BASE.but(price=price, rebates={"dealer": D(2000)}, allowance=D(3000))
    for paid in near("1800"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
