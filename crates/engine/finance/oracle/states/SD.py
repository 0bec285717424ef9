"""South Dakota: excise of 4 % of the consideration less trade, paid to the county treasurer. SDCL 32-5B-1, -4, -11."""

from oracle import *

BASE = Deal(state="SD")


def registration(d):
    """By shipping weight; 30 % less from ten model years on."""
    weight, age = d.vehicle["weightLb"], int(d.date[:4]) - d.vehicle["modelYear"]
    full = D(36 if weight <= 2000 else 72 if weight <= 4000 else 108 if weight <= 6000 else 144)
    fees = {"registration": None, "registration_old": None, "electric": None, "solid_waste": D(1)}
    fees["registration_old" if age >= 10 else "registration"] = cents(full * D("0.7")) if age >= 10 else full
    return fees


def expect(d):
    if "weightLb" in d.vehicle:
        return Expect(buyer=cents(D("0.04") * d.price), fees=registration(d))
    if d.buyer.get("residence") == "nonResident" or d.buyer.get("exemptions"):
        return Expect(tax=D(0), buyer=D(0))
    if d.products.keys() - {"appearance", "theft"}:
        return None  # low
    if d.kind == "lease":
        return None  # the items of the total consideration are of medium-low confidence
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded - D(d.buyer.get("insuranceProceeds", 0)))
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
    for cheque in near("14000", "30000"):
        yield BASE.but(buyer={"insuranceProceeds": str(cheque)})
    yield BASE.but(buyer={"residence": "nonResident"})
    yield BASE.but(buyer={"exemptions": ["tribal"]})
    for weight in near(2000, 4000, 6000, step=1):
        for model in (2015, 2016, 2017):
            yield BASE.but(vehicle={"condition": "used", "weightLb": int(weight), "modelYear": model})
