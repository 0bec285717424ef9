"""South Carolina: infrastructure maintenance fee of 5 % of gross proceeds, at most 500. S.C. Code 56-3-627, 12-36-90."""

from oracle import *

BASE = Deal(state="SC", price=D(9000))


def expect(d):
    buyer = d.buyer
    if buyer.get("exemptions") or d.occasion in ("family", "leaseBuyout"):
        return Expect(owed=D(0), notices=["exempt"])
    if buyer.get("residence") == "nonResident":
        return Expect(owed=min(D(500), cents(D("0.05") * d.price), D(buyer["homeStateTax"])))
    if "fuel" in d.vehicle:
        road = {"electric": ("electric", 120), "hybrid": ("hybrid", 60), "plugInHybrid": ("hybrid", 60)}.get(d.vehicle["fuel"])
        fees = {"title": D(15), "registration": D(40), "electric": None, "hybrid": None}
        return Expect(owed=D(450), fees=fees | ({road[0]: D(road[1])} if road else {}))
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
    yield from common_leases(BASE.but(residual=D(4000)))
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
    yield BASE.but(occasion="family")
    yield BASE.but(occasion="leaseBuyout", vehicle={"condition": "used"})
    yield BASE.but(occasion="newResident", buyer={"exemptions": ["military"]})
    yield BASE.but(buyer={"residence": "nonResident", "exemptions": ["nonresident"], "homeStateTax": "0"})
    for price in ("9000", "20000"):
        for home in near("450", "500"):
            yield BASE.but(price=D(price), buyer={"residence": "nonResident", "homeStateTax": str(home)})
    for fuel in ("electric", "hybrid", "plugInHybrid", "gasoline", "diesel"):
        yield BASE.but(vehicle={"condition": "used", "fuel": fuel})
