"""Iowa: fee for new registration, 10 and 5 % of the price with the documentary fee, less trade and rebate (5 % alone before 2025).
Iowa Code 321.105A; 322.19A."""

import math

from oracle import *

BASE = Deal(state="IA")


def flat(d):
    return D(10) if d.date >= "2025-01-01" else D(0)


def registration(d):
    """The nearest whole dollar (321.110) of: each started 100 lb 0.40 and a part of the list value by model years; 50 at least when more than 7, flat at 12."""
    if "modelYear" not in d.vehicle:
        return None
    age = int(d.date[:4]) - d.vehicle["modelYear"]
    codes = dict.fromkeys(["registration", "registration_8_to_11", "registration_12"])
    weight = D("0.40") * -(-d.vehicle["weightLb"] // 100)
    value = D(math.ceil(D(d.vehicle["msrp"]) / 100) * 100)  # the next even hundred: 321.162
    if age >= 12:
        codes["registration_12"] = D(50)
    elif age > 7:
        part = D("0.005") if age > 9 else D("0.0075")
        codes["registration_8_to_11"] = max(D(50), dollars(part * value + weight))
    else:
        codes["registration"] = dollars(D("0.01") * value + weight)
    return codes | {"title": D(35)}


def dollars(value):
    return D(int(value + D("0.5")))


def expect(d):
    if {"removal", "military"} & set(d.buyer.get("exemptions", [])):
        return Expect(tax=D(0))
    if d.doc_fee > 180 and d.date >= "2026-01-01":
        return Expect(error="doc-fee-above-limit")
    if d.products.keys() & {"serviceContract", "tireWheel", "key"} or d.rebate("manufacturerLater"):
        return None  # sales tax on a service contract is with local option; the others are not named
    if d.kind == "lease":
        if d.allowance or d.rebates or d.doc_fee or d.taxable_fee or d.acquisition_fee or d.term < 6:
            return None  # what of these is in the lease price is of medium confidence
        return Expect(owed=flat(d) + cents(D("0.05") * (d.payment * d.term + d.cash_down)))
    base = d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.rebate("manufacturer", "manufacturerGuaranteed")
    base = positive(base - d.traded)
    if not base and d.price:
        return Expect(owed=flat(d))  # an even trade leaves the flat part
    if not base:
        return None
    tax = flat(d) + cents(D("0.05") * base)
    tax -= min(tax, D(d.buyer.get("taxPaidElsewhere", 0)))
    return Expect(owed=tax, fees=registration(d))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for fee in near("180"):
        yield BASE.but(doc_fee=fee)
    for rebate in near("1000"):
        for allowance in ("0", "8000", "28999.99", "29000", "29000.01"):
            yield BASE.but(rebates={"manufacturer": rebate}, allowance=D(allowance))
            yield BASE.but(rebates={"dealer": rebate}, allowance=D(allowance))
    for year in range(2013, 2028):
        for pounds in (2499, 2500, 3401):
            for value in ("6000.00", "23456.00", "23500.00", "23500.01"):
                yield BASE.but(vehicle={"condition": "used", "modelYear": year, "msrp": value, "weightLb": pounds})
    for paid in near("1510"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    yield BASE.but(buyer={"residence": "nonResident", "exemptions": ["removal"]})
    yield BASE.but(buyer={"exemptions": ["military"]})
    for price in near("19999.90"):
        yield BASE.but(price=price, kind="lease", residual=D(9000))
