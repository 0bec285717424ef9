"""South Carolina: infrastructure maintenance fee of 5 % of gross proceeds, at most 500. S.C. Code 56-3-627, 12-36-90."""

from oracle import *

BASE = Deal(state="SC", price=D(9000))


def expect(d):
    if d.products.keys() & {"tireWheel", "key", "maintenance"} or d.buyer.get("taxPaidElsewhere"):
        return None
    if d.occasion == "newResident":
        return Expect(owed=D(250))
    if d.kind == "lease":
        if d.allowance or d.acquisition_fee or d.doc_fee or d.taxable_fee or d.rebates:
            return None
        return Expect(owed=min(D(500), cents(D("0.05") * (d.payment * d.term + d.cash_down))))
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    return Expect(owed=min(D(500), cents(D("0.05") * base)))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("10000", "9999.90"):
        yield BASE.but(price=price)
        yield BASE.but(price=price, vehicle={"condition": "used"})
        yield BASE.but(price=price + 5000, allowance=D(5000))
        yield BASE.but(price=price - 225, doc_fee=D(225))
        yield BASE.but(price=price + 500, rebates={"dealer": D(500)})
        yield BASE.but(price=price, rebates={"manufacturer": D(500)})
    yield BASE.but(occasion="newResident", vehicle={"condition": "used"})
    for price in near("9000"):
        yield BASE.but(kind="lease", price=price, residual=D(4000))
