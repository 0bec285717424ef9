"""South Dakota: excise of 4 % of the consideration less trade, paid to the county treasurer. SDCL 32-5B-1, -4, -11."""

from oracle import *

BASE = Deal(state="SD")


def expect(d):
    if d.products.keys() - {"appearance", "theft"}:
        return None  # low
    if d.kind == "lease":
        return None  # the items of the total consideration are of medium-low confidence
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    tax = cents(D("0.04") * base)
    return Expect(tax=D(0), buyer=tax - min(tax, D(d.buyer.get("taxPaidElsewhere", 0))))


def deals():
    yield from common_deals(BASE)
    for price in near("12500", "20000", "33333.33", "7777.77", "100000"):
        yield BASE.but(price=price, allowance=D(12500))
        for kind in ("manufacturer", "dealer"):
            yield BASE.but(price=price, rebates={kind: D(2000)}, allowance=D(3000))
        yield BASE.but(price=price, vehicle={"condition": "used"}, doc_fee=D(99))
    for paid in near("1200"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
