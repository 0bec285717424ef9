"""North Carolina: highway use tax of 3 %. G.S. 105-187.3 and -187.5; 20-101.1 for the dealer's fee."""

from oracle import *

BASE = Deal(state="NC")


def expect(d):
    if d.buyer.get("residence") == "nonResident" or d.occasion == "family":
        return Expect(tax=D(0))
    price = d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts
    base = positive(price - d.traded)
    if d.kind == "lease":
        if d.elections.get("lease_tax") == "retail_value":
            return upfront(cents(D("0.03") * base))
        rate = "0.03" if d.term >= 12 else "0.08"
        return billed(d, rate, d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    tax = cents(D("0.03") * base)
    if d.vehicle.get("daysTitledElsewhere", 0) >= 90:
        tax = min(tax, D(250))
    elif d.vehicle.get("class") == "rv" or d.vehicle.get("gvwrLb", 0) > 26000:
        tax = min(tax, D(2000))
    return credited(d, tax)


def deals():
    yield from common_deals(BASE)
    for deal in common_leases(BASE):
        if not deal.equity and not deal.allowance:  # whether trade equity is a receipt is open in the facts
            yield deal
        yield deal.but(elections={"lease_tax": "retail_value"})
    for term in (11, 12, 13):
        yield BASE.but(kind="lease", term=term)
    for price in near("66666.67") + near("66650"):
        for weight in (26000, 26001):
            yield BASE.but(price=price, vehicle={"condition": "new", "class": "heavyTruck", "gvwrLb": weight})
        yield BASE.but(price=price, vehicle={"condition": "new", "class": "rv"})
        yield BASE.but(price=price)
    for days in (89, 90, 91):
        for price in near("8333.33", step="0.34"):
            yield BASE.but(price=price, vehicle={"condition": "used", "daysTitledElsewhere": days})
    for paid in near("900"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "VA"})
    yield BASE.but(occasion="family")
