"""North Dakota: excise of 5 % less trade and maker's incentive; a lease of a year or more, to 10,000 lb, on its whole consideration.
N.D.C.C. 57-40.3-01, -02."""

from oracle import *

BASE = Deal(state="ND")


def taxes(d):
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


TABLE = [
    (3200, 73, 65, 57, 49), (4500, 93, 81, 69, 57), (5000, 111, 94, 79, 63), (6000, 142, 120, 98, 76),
    (7000, 175, 146, 117, 89), (8000, 208, 172, 137, 102), (9000, 241, 199, 157, 115), (10**9, 274, 225, 177, 128),
]


def fees(d):
    """Registration by shipping weight and the year of the vehicle's life."""
    fuel = d.vehicle.get("fuel")
    found = {"title": D(5), "disposal": D("1.50") if d.new else None}
    if fuel:
        found["electric"] = D(120) if fuel == "electric" else None
        found["plug_in"] = D(50) if fuel == "plugInHybrid" else None
    if "modelYear" in d.vehicle:
        year = int(d.date[:4]) - d.vehicle["modelYear"] + 1
        column = 0 if year <= 6 else 1 if year <= 9 else 2 if year <= 12 else 3
        row = next(row for row in TABLE if d.vehicle["weightLb"] < row[0])
        for each, code in enumerate(("registration", "registration_7", "registration_10", "registration_13")):
            found[code] = D(row[1 + each]) if each == column else None
    return found


def expect(d):
    if set(d.buyer.get("exemptions", [])):
        return Expect(tax=D(0))
    if d.buyer.get("insuranceProceeds") or d.buyer.get("taxPaidElsewhere"):
        base = positive(d.price - d.traded - D(d.buyer.get("insuranceProceeds", 0)))
        return credited(d, cents(D("0.05") * base))
    if d.kind == "lease" and (d.term < 12 or d.vehicle.get("weightLb", 0) > 10000):
        if d.rebates or d.allowance or d.doc_fee or d.products or d.taxable_fee:
            return None
        return Expect(tax=cents(D("0.05") * (d.price + d.goods)))
    found = taxes(d)
    if found:
        found.fees = fees(d)
    return found


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
    for term in (10, 11, 12):
        for price in near("30000"):
            yield BASE.but(kind="lease", term=term, price=price, residual=D(26000))
    for pounds in (9999, 10000, 10001):
        yield BASE.but(kind="lease", vehicle={"condition": "new", "class": "heavyTruck", "weightLb": pounds})
    for paid in near("1250", "1500"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for insured in near("6000", "18000"):
        yield BASE.but(allowance=D(12000), buyer={"insuranceProceeds": str(insured)})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "MN", "exemptions": ["nonresident"]})
    for row in TABLE[:-1]:
        for pounds in (row[0] - 1, row[0]):
            for year in (2027, 2021, 2020, 2018, 2017, 2015, 2014, 2000):
                yield BASE.but(vehicle={"condition": "used", "weightLb": pounds, "modelYear": year})
    for fuel in ("electric", "plugInHybrid", "hybrid"):
        yield BASE.but(vehicle={"condition": "new", "fuel": fuel})
