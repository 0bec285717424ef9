"""West Virginia: 6 % of the price less a trade already taxed here, 30 up to a price of 500; leases 5 % of each payment. W. Va. Code 11-15-3c."""

from oracle import *

BASE = Deal(state="WV")


def expect(d):
    if d.buyer.get("residence") == "nonResident" or d.buyer.get("exemptions") or d.occasion == "newResident":
        return Expect(tax=D(0))
    if "fuel" in d.vehicle:
        amount = {"electric": ("electric", 200), "hydrogen": ("electric", 200), "gas": ("electric", 200)}.get(d.vehicle["fuel"])
        amount = amount or {"hybrid": ("hybrid", 100), "plugInHybrid": ("hybrid", 100)}.get(d.vehicle["fuel"])
        fees = {"title": D(15), "registration": D("51.50"), "litter": D(1), "electric": None, "hybrid": None}
        return Expect(tax=cents(D("0.06") * d.price), fees=fees | ({amount[0]: D(amount[1])} if amount else {}))
    if d.doc_fee or d.products.keys() & {"tireWheel", "key"} or d.taxable_fee:
        return None
    if d.kind == "lease":
        if d.products or d.term < 2 or d.received or d.allowance or d.acquisition_fee:
            return None  # "each monthly payment"; what is received at signing is not spoken of
        each = cents(D("0.05") * d.payment)
        return Expect(tax=each * d.term, per_payment=each)
    trade = d.traded if d.trade.get("taxedHere", True) else D(0)
    base = positive(d.price + d.goods - d.discounts - trade)
    if contracts := d.product("serviceContract", "maintenance"):  # W. Va. C.S.R. 110-15-63.2
        return Expect(tax=cents(D("0.06") * base) + cents(D("0.06") * contracts)) if base > 500 else None
    if base <= 500:
        return None if base != d.price or not d.price else Expect(tax=D(30))
    return Expect(tax=cents(D("0.06") * base))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("500") + [D(100), D(499), D(501)]:
        yield BASE.but(price=price)
        yield BASE.but(price=price, vehicle={"condition": "used"})
    for taxed in (True, False):
        for allowance in near("12500", "29000"):
            yield BASE.but(allowance=allowance, trade={"taxedHere": taxed})
            yield BASE.but(allowance=allowance, trade={"taxedHere": taxed}, vehicle={"condition": "used"}, price=D("44444.44"))
    for kind in ("manufacturer", "dealer"):
        for amount in near("2000"):
            yield BASE.but(rebates={kind: amount}, allowance=D(3000))
    yield BASE.but(buyer={"taxPaidElsewhere": "500.00"})  # no credit
    for price in ("20000", "25000", "35000", "40000"):
        yield BASE.but(kind="lease", price=D(price), residual=D(12000))
        yield BASE.but(kind="lease", price=D(price), residual=D(12000), term=48)
    yield BASE.but(buyer={"residence": "nonResident"})
    yield BASE.but(buyer={"residence": "nonResident"}, kind="lease")
    yield BASE.but(buyer={"exemptions": ["military"]})
    yield BASE.but(occasion="newResident", vehicle={"condition": "used"})
    for fuel in ("electric", "hydrogen", "gas", "hybrid", "plugInHybrid", "gasoline"):
        yield BASE.but(vehicle={"condition": "new", "fuel": fuel})
