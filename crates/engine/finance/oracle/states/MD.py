"""Maryland: titling tax of 6.5 % from 2025-07-01, 6 % before, on price, freight and processing charge less the trade; a lease at its
start on the price. Transp. 13-809; COMAR 11.15.33."""

from oracle import *

BASE = Deal(state="MD")


def registration(weight):
    return D("120.50") if weight <= 3500 else D("125.50") if weight <= 3700 else D("191.50")


def private(d, rate):
    """Seven and more model years: at least on 640. Newer: on the guide value if the price is 500 or more below it, unless notarised."""
    if int(d.date[:4]) - d.vehicle["modelYear"] >= 7:
        return Expect(tax=cents(rate * max(d.price, D(640))))
    guide = D(d.vehicle["fairValue"])
    low = guide - d.price >= 500 and d.elections.get("private_price") != "notarised"
    return Expect(tax=cents(rate * (guide if low else d.price)))


def expect(d):
    if d.buyer.get("residence") == "nonResident" or d.buyer.get("exemptions") == ["military"]:
        return Expect(tax=D(0))
    if d.seller == "private":
        return private(d, D("0.065") if d.date >= "2025-07-01" else D("0.06"))
    if d.elections.get("fleet") == "rental":
        return Expect(tax=cents(D("0.035") * positive(d.price - d.traded))) if d.date >= "2025-07-01" else None
    if d.occasion == "newResident":
        # Rate less rate on the same value is tax less tax; at least 100 where something was paid.
        paid = D(d.buyer.get("taxPaidElsewhere", 0))
        tax = cents(D("0.065") * d.price)
        return Expect(tax=max(tax - paid, D(100)) if paid else tax)
    found = sale_or_lease(d)
    if found and not found.error and "weightLb" in d.vehicle:
        found.fees = {"registration": registration(d.vehicle["weightLb"])}
        fuel = d.vehicle.get("fuel")
        found.fees |= {"electric": D(125) if fuel == "electric" else None}
        found.fees |= {"plug_in_hybrid": D(100) if fuel == "plugInHybrid" else None}
    return found


def sale_or_lease(d):
    if d.doc_fee > (D(800) if d.date >= "2024-07-01" else D(500)):
        return Expect(error="doc-fee-above-limit")
    if d.products.keys() & {"tireWheel", "key"}:
        return None
    if d.buyer:
        return None
    rate = D("0.065") if d.date >= "2025-07-01" else D("0.06")
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    tax = cents(rate * base)
    if d.kind == "lease":
        if d.acquisition_fee:
            return None
        return Expect(tax=tax)
    return Expect(tax=tax)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for day in around("2025-07-01"):
        for price in ("9999.99", "30000", "45454.54"):
            yield BASE.but(date=day, price=D(price))
            yield BASE.but(date=day, price=D(price), allowance=D("8888.88"))
        yield BASE.but(date=day, kind="lease")
    for fee in near("800"):
        yield BASE.but(doc_fee=fee)
    for fee in near("500"):
        yield BASE.but(doc_fee=fee, date="2024-06-30")
        yield BASE.but(doc_fee=fee, date="2024-07-01")
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "VA"})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "VA"}, kind="lease")
    yield BASE.but(buyer={"exemptions": ["military"]})
    for model in (2018, 2019, 2020, 2025):
        for price in [*near("640", "8500"), D("0.01")]:
            vehicle = {"condition": "used", "modelYear": model, "fairValue": "9000.00"}
            yield BASE.but(seller="private", price=price, vehicle=vehicle)
            yield BASE.but(seller="private", price=price, vehicle=vehicle, elections={"private_price": "notarised"})
    for price in near("30000"):
        yield BASE.but(elections={"fleet": "rental"}, price=price, allowance=D(4000))
    for paid in near("1850", "1950") + [D(0), D("0.01"), D(3000)]:
        yield BASE.but(occasion="newResident", buyer={"taxPaidElsewhere": str(paid)})
    for weight in (3499, 3500, 3501, 3699, 3700, 3701, 6000):
        for fuel in ("gasoline", "electric", "plugInHybrid"):
            yield BASE.but(vehicle={"condition": "new", "weightLb": weight, "fuel": fuel})
