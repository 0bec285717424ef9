"""Idaho: 6 % on price, fee and accessories less trade and maker's rebate; leases as billed. Idaho Code 63-3613, 63-3619; Rules 44 and 106."""

from oracle import *

BASE = Deal(state="ID")


def expect(d):
    if "nonresident" in d.buyer.get("exemptions", []):
        return Expect(tax=D(0))
    if d.products.keys() & {"tireWheel", "key"} or d.rebate("manufacturerLater"):
        return None
    if d.kind == "lease":
        if d.rebates or d.allowance:
            return None  # whether the reductions leave the first receipts is said for sales only
        return billed(d, "0.06", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    base = d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.rebate("manufacturer", "manufacturerGuaranteed")
    trade = D(0) if d.seller == "private" else d.traded
    found = credited(d, cents(D("0.06") * positive(base - trade)))
    fuel = d.vehicle.get("fuel")
    if fuel:
        found.fees = {"electric": D(140) if fuel == "electric" else None, "plug_in_hybrid": D(75) if fuel == "plugInHybrid" else None}
    return found


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("12500", "20000"):
        yield BASE.but(price=price, allowance=D(12500))
        yield BASE.but(price=price, allowance=D(12500), seller="private", vehicle={"condition": "used"})
        yield BASE.but(price=price, rebates={"manufacturer": D("12499.99")})
        yield BASE.but(price=price, rebates={"manufacturer": D(2000), "dealer": D(500)}, allowance=D(3000))
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "WA", "exemptions": ["nonresident"]})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "WA"})
    for fuel in ("electric", "plugInHybrid", "hybrid", "gasoline"):
        yield BASE.but(vehicle={"condition": "new", "fuel": fuel})
    for paid in near("1800"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for cash in ("1500", "2999.99"):
        yield BASE.but(kind="lease", cash_down=D(cash), price=D("33333.33"))
