"""Texas: 6.25 % on total consideration at retail; the lessor pays on its price. Tax Code 152; 34 TAC 3.70; publication 96-254."""

from oracle import *

BASE = Deal(state="TX")
NEW_RESIDENT = D(90)


def expect(d):
    # 7 TAC 86.201: 200 at most for what chapter 345 governs; 225 of chapter 348 is only presumed reasonable.
    if d.vehicle.get("class") in ("motorcycle", "offRoad", "trailer") and d.doc_fee > 200:
        return Expect(error="doc-fee-above-limit")
    notices = ["doc-fee-above-limit"] if d.doc_fee > 225 else None
    if "removal" in d.buyer.get("exemptions", []):
        return Expect(tax=D(0))
    price = d.price + d.goods + d.taxable_fee - d.discounts - d.rebate("manufacturer", "manufacturerGuaranteed")
    if d.kind == "lease":
        # The lessee's trade is no trade of the lessor.
        return upfront(cents(D("0.0625") * positive(price)))
    flat = {"evenTrade": D(5), "gift": D(10), "newResident": NEW_RESIDENT}.get(d.occasion)
    if flat is not None:
        return Expect(tax=flat)
    if d.seller == "private" and "fairValue" in d.vehicle:
        price = max(price, D("0.80") * D(d.vehicle["fairValue"]))
    taxed = positive(price - d.traded)
    tax = cents(D("0.0625") * taxed)
    if d.vehicle.get("fuel") == "diesel" and d.vehicle.get("gvwrLb", 0) > 14000:
        tax += cents((D("0.025") if d.vehicle["modelYear"] <= 1996 else D("0.01")) * taxed)
    paid = D(d.buyer.get("taxPaidElsewhere", 0))
    return Expect(tax=tax - min(paid, tax), notices=notices)


def deals():
    yield from common_deals(BASE)
    for deal in common_leases(BASE):
        if not deal.doc_fee:  # whether a fee to the lessor is in his price follows from how he books it
            yield deal
    for fee in near("200", "225"):
        yield BASE.but(doc_fee=fee)
        yield BASE.but(doc_fee=fee, vehicle={"condition": "new", "class": "motorcycle"})
    private = BASE.but(seller="private", vehicle={"condition": "used", "fairValue": "25000.00"})
    for price in near("20000"):
        yield private.but(price=price)
        yield private.but(price=price, allowance=D(5000))
        yield private.but(price=price, seller="newDealer")
    for weight in (13999, 14000, 14001):
        for year in (1996, 1997):
            vehicle = {"condition": "used", "fuel": "diesel", "gvwrLb": weight, "modelYear": year, "class": "heavyTruck"}
            yield BASE.but(vehicle=vehicle)
            yield BASE.but(vehicle=vehicle | {"fuel": "gasoline"})
    for occasion in ("evenTrade", "gift", "newResident"):
        yield BASE.but(occasion=occasion)
    for paid in near("1875"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    yield BASE.but(buyer={"residence": "nonResident", "exemptions": ["removal"]})
