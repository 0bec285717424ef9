"""Pennsylvania: 6 %, Allegheny 1 % and Philadelphia 2 % more, less trade and rebate on the invoice; leases 9 % and the local part as billed.
61 Pa. Code 31.44, 33.2; 63 P.S. 818.327."""

from oracle import *

LOCAL = (levy("buyer", "county", "0.01"),)
BASE = Deal(state="PA", local=LOCAL)


def both(rate, county, amount):
    return cents(D(rate) * amount) + cents(county * amount)


def taxes(d):
    if d.doc_fee > 490 and d.date >= "2026-01-01":
        return Expect(error="doc-fee-above-limit")
    if d.products.keys() & {"tireWheel", "key"} or d.rebate("manufacturerLater"):
        return None
    contracts = d.product("serviceContract", "maintenance")
    county = d.rate("county", of="buyer")
    if d.kind == "lease":
        if d.allowance or d.rebates or d.doc_fee or d.local:
            return None
        received = d.received + d.acquisition_fee + d.taxable_fee
        one = lambda amount: (both("0.06", D("0.03"), amount), cents(D("0.09") * amount))
        if one(received)[0] != one(received)[1] or one(d.payment)[0] != one(d.payment)[1]:
            return None  # sales tax and lease tax in one figure or two
        return billed(d, "0.09", received)
    base = d.price + d.goods + d.taxable_fee - d.discounts - d.rebate("manufacturer")
    base = positive(base - d.traded)
    tax = both("0.06", county, base + contracts)
    if contracts and both("0.06", county, base) + both("0.06", county, contracts) != tax:
        return None
    return credited(d, tax)


def fees(d):
    """Title and registration by the schedule of April 2026; road user charge from April 2025."""
    found, fuel = {}, d.vehicle.get("fuel")
    if d.date >= "2026-04-01":
        found |= {"title": D(72), "registration": D(48)}
    if fuel:
        year = 0 if d.date < "2025-04-01" else 1 if d.date < "2026-01-01" else 2
        found["road_user"] = (None, D(200), D(250))[year] if fuel == "electric" else None
        found["road_user_plug_in"] = (None, D(50), D(63))[year] if fuel == "plugInHybrid" else None
    return found


def expect(d):
    if "nonresident" in d.buyer.get("exemptions", []):
        return Expect(tax=D(0))
    found = taxes(d)
    if found and not found.error:
        found.fees = fees(d)
    return found


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE.but(local=()))
    for fee in near("490"):
        yield BASE.but(doc_fee=fee)
    for price in near("12500", "20000"):
        for local in (LOCAL, (levy("buyer", "county", "0.02"),), ()):
            yield BASE.but(price=price, local=local, allowance=D(12500))
            yield BASE.but(price=price, local=local, rebates={"manufacturer": D(2000)}, allowance=D(3000))
    for paid in near("2100"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for day in around("2025-04-01") + around("2026-01-01") + around("2026-04-01"):
        for fuel in ("electric", "plugInHybrid", "hybrid"):
            yield BASE.but(date=day, vehicle={"condition": "new", "fuel": fuel})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "OH", "exemptions": ["nonresident"]})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "OH"})
