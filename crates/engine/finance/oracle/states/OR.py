"""Oregon: privilege tax of 0.5 % on a new vehicle, trade or not; nothing else. ORS 320.405; OAR 150-320-0400; ORS 822.043."""

from oracle import *

BASE = Deal(state="OR", vehicle={"condition": "new", "odometer": 12, "gvwrLb": 5000})


def taxable(d):
    """7,500 miles or less, 26,000 lb or less, never registered in Oregon."""
    return d.vehicle.get("odometer", 0) <= 7500 and d.vehicle.get("gvwrLb", 0) <= 26000


def expect(d):
    if d.vehicle["condition"] == "used":
        return None if taxable(d) else Expect(tax=D(0))  # with few miles it depends on where it was registered
    if d.doc_fee > 250:
        return Expect(error="doc-fee-above-limit")
    if d.buyer.get("residence") == "nonResident":
        return Expect(tax=D(0))
    price = d.price + d.goods + d.taxable_fee - d.discounts - d.rebate("manufacturer")
    tax = cents(D("0.005") * positive(price)) if taxable(d) else D(0)
    if d.kind == "lease":
        return upfront(tax)
    return Expect(tax=tax - min(tax, D(d.buyer.get("taxPaidElsewhere", 0))), fees=fees(d))


def fees(d):
    if d.vehicle.get("fuel") == "electric":
        return {"title_electric": D(192), "title": None}
    mpg = d.vehicle.get("mpg")
    if mpg is None:
        return None
    return {"title": D(101) if mpg < 20 else D(106) if mpg < 40 else D(116), "title_electric": None}


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for miles in (7499, 7500, 7501):
        for weight in (25999, 26000, 26001):
            yield BASE.but(vehicle={"condition": "new", "odometer": miles, "gvwrLb": weight})
    for mpg in (1, 19, 20, 21, 39, 40, 41, 90):
        yield BASE.but(vehicle=BASE.vehicle | {"mpg": mpg, "fuel": "gasoline"})
    yield BASE.but(vehicle=BASE.vehicle | {"fuel": "electric", "mpg": 110})
    for fee in near("250"):
        yield BASE.but(doc_fee=fee)
    for paid in near("150"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "WA"})
