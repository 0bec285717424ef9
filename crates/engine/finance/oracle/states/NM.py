"""New Mexico: motor vehicle excise tax of 4 % on the price paid less trade and rebates; leases under gross receipts tax.
NMSA 7-14-3, 7-14-4, 7-14-6(E); 3.11.4.7 NMAC."""

from oracle import *

BASE = Deal(state="NM")


def taxes(d):
    if d.products.keys() & {"gap", "tireWheel", "key"} or d.taxable_fee or d.rebate("manufacturerLater"):
        return None  # not named
    if d.kind == "lease":
        if d.rebates or d.allowance or d.doc_fee or d.products or d.term <= 6:
            return None
        return billed(d, "0.04875", d.cash_down + d.acquisition_fee)
    base = d.price + d.goods - d.discounts - d.rebate("manufacturer", "manufacturerGuaranteed")
    # Service contracts and document fees are no price paid for the vehicle: gross receipts tax, here without a local part. 3.2.109.12 NMAC.
    receipts = cents(D("0.04875") * d.product("serviceContract", "maintenance")) + cents(D("0.04875") * d.doc_fee)
    return credited(d, cents(D("0.04") * positive(base - d.traded)) + receipts)


def fees(d):
    """Registration by shipping weight, lower after five years."""
    if "modelYear" not in d.vehicle:
        return None
    pounds, first = d.vehicle["weightLb"], int(d.date[:4]) - d.vehicle["modelYear"] < 5
    row = 0 if pounds <= 2000 else 1 if pounds <= 3000 else 2
    return {
        "registration": D((27, 39, 56)[row]) if first else None,
        "registration_older": None if first else D((21, 31, 45)[row]),
    }


def expect(d):
    grounds = set(d.buyer.get("exemptions", []))
    if grounds or d.occasion == "newResident" and d.vehicle.get("daysTitledElsewhere", 0) >= 30:
        return Expect(tax=D(0))
    if d.kind == "lease" and (d.term <= 6 or d.vehicle.get("gvwrLb", 0) > 26000):
        if d.rebates or d.allowance or d.doc_fee or d.products or d.taxable_fee:
            return None
        payments = billed(d, "0.04875", d.cash_down + d.acquisition_fee)
        return Expect(tax=payments.tax + cents(D("0.04") * (d.price + d.goods)))
    found = taxes(d)
    if found:
        found.fees = fees(d)
    return found


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("12500", "20000"):
        yield BASE.but(price=price, allowance=D(12500))
        for kind in ("manufacturer", "manufacturerGuaranteed", "dealer"):
            yield BASE.but(price=price, rebates={kind: D(2000)}, allowance=D(3000))
            yield BASE.but(price=price, rebates={kind: D("12499.99")})
    for fee in near("399"):
        yield BASE.but(doc_fee=fee)
        yield BASE.but(doc_fee=fee, products={"serviceContract": D("1895.45"), "maintenance": D("600.05")}, allowance=D(3000))
    for paid in near("1200"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for cash in ("0.01", "1500", "2999.99"):
        yield BASE.but(kind="lease", cash_down=D(cash), price=D("33333.33"))
    for term in (5, 6, 7):
        for price in near("30000"):
            yield BASE.but(kind="lease", term=term, price=price, residual=D(28000))
    for pounds in (25999, 26000, 26001):
        yield BASE.but(kind="lease", vehicle={"condition": "new", "class": "heavyTruck", "gvwrLb": pounds})
    for days in (29, 30, 31):
        yield BASE.but(occasion="newResident", vehicle={"condition": "used", "daysTitledElsewhere": days})
    for ground in ("titled_before", "disabled", "tribal"):
        yield BASE.but(buyer={"exemptions": [ground]})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "TX", "exemptions": ["nonresident"]})
    for pounds in (1999, 2000, 2001, 2999, 3000, 3001):
        for year in range(2020, 2024):
            yield BASE.but(vehicle={"condition": "used", "weightLb": pounds, "modelYear": year})
