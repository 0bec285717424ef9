"""North Dakota: excise of 5 % less trade and maker's incentive; a lease of a year or more, to 10,000 lb, on its whole consideration.
N.D.C.C. 57-40.3-01, -02."""

from oracle import *

BASE = Deal(state="ND")


def expect(d):
    if d.doc_fee or d.products.keys() & {"tireWheel", "key"} or d.rebate("manufacturerLater"):
        return None
    if d.taxable_fee:
        return None
    if d.kind == "lease":
        if d.rebates or d.allowance or d.acquisition_fee or d.term < 12 or d.vehicle.get("weightLb", 0) > 10000:
            return None  # "other lease charges" are not listed
        return Expect(owed=cents(D("0.05") * (d.payment * d.term + d.cash_down)))
    base = d.price + d.goods - d.discounts - d.rebate("manufacturer", "manufacturerGuaranteed")
    return Expect(owed=cents(D("0.05") * positive(base - d.traded)))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("12500", "20000"):
        yield BASE.but(price=price, allowance=D(12500))
        for kind in ("manufacturer", "dealer"):
            yield BASE.but(price=price, rebates={kind: D(2000)}, allowance=D(3000))
            yield BASE.but(price=price, rebates={kind: D("12499.99")})
            yield BASE.but(price=price, rebates={kind: D("0.05")}, vehicle={"condition": "used"})
    for term in (12, 13):
        yield BASE.but(kind="lease", term=term)
    for cash in ("0.01", "1500", "2999.99"):
        yield BASE.but(kind="lease", cash_down=D(cash), price=D("33333.33"))
