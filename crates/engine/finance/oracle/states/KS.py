"""Kansas: 6.5 % and the local rates of the dealer's place on price and fee less trade. K.S.A. 79-3602, 79-3603; O-2009-001 for leases."""

from oracle import *

LOCAL = (levy("dealer", "county", "0.0125"), levy("dealer", "city", "0.0135"))
BASE = Deal(state="KS", local=LOCAL)


def both(d, amount):
    """State and the dealer's local rates, the local ones as one rate."""
    return cents(D("0.065") * amount) + cents(d.rate(of="dealer") * amount)


def fees(d):
    """License fee by weight; the electric and hybrid fees of 2025 and of 2026."""
    found, fuel = {}, d.vehicle.get("fuel")
    if "weightLb" in d.vehicle:
        found["registration"] = D(30) if d.vehicle["weightLb"] <= 4500 else D(40)
    later = d.date >= "2026-01-01"
    if fuel:
        found["electric"] = {True: D(165), False: D(100)}[later] if fuel == "electric" else None
        found["hybrid"] = D(50) if fuel == "hybrid" or fuel == "plugInHybrid" and not later else None
        found["plug_in_hybrid"] = D(100) if fuel == "plugInHybrid" and later else None
    return found or None


def leased(d):
    """The first payment and what is received with it at the dealer's local rate, later payments at the car's place."""
    here, there = d.rate(of="dealer"), d.rate(of="garaging")
    at_signing = d.cash_down + d.acquisition_fee + d.doc_fee + d.taxable_fee
    state = cents(D("0.065") * at_signing) + d.term * cents(D("0.065") * d.payment)
    return Expect(tax=state + cents(here * (at_signing + d.payment)) + (d.term - 1) * cents(there * d.payment))


def expect(d):
    if "removal" in d.buyer.get("exemptions", []):
        return Expect(tax=D(0))
    if d.rebate("manufacturer", "manufacturerLater") or d.products.keys() & {"tireWheel", "key"}:
        return None  # the rebate's sunset could not be read
    contracts = d.product("serviceContract", "maintenance")
    if d.kind == "lease":
        if d.local:
            return leased(d)
        if d.allowance:
            return None
        return billed(d, "0.065", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    if contracts and d.traded:
        return None
    tax = both(d, base + contracts)
    if contracts and abs(both(d, base) + both(d, contracts) - tax):
        return None  # one line or two: a cent of rounding
    home = sum((D(entry["rate"]) for entry in d.local if entry["placeRole"] == "buyer"), D(0))
    found = credited(d, tax)
    if home:
        found.buyer = positive(cents(home * base) - cents(d.rate(of="dealer") * base))
    found.fees = fees(d)
    return found


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE.but(local=()))
    for price in near("12500", "20000"):
        for local in (LOCAL, LOCAL[:1], ()):
            yield BASE.but(price=price, local=local, allowance=D(12500))
            yield BASE.but(price=price, local=local, rebates={"dealer": D(2000)}, allowance=D(3000))
    # A dearer, an equal and a cheaper home place.
    for home in ("0.0259", "0.026", "0.0261", "0.0415"):
        for price in ("10000", "27431.17"):
            yield BASE.but(price=D(price), local=(*LOCAL, levy("buyer", "county", home)))
    places = (levy("dealer", "county", "0.01"), levy("garaging", "county", "0.0285"))
    for cash in ("0", "1999.99", "2000"):
        for term in (24, 36):
            yield BASE.but(kind="lease", local=places, cash_down=D(cash), term=term)
    for pounds in (4499, 4500, 4501):
        yield BASE.but(vehicle={"condition": "new", "weightLb": pounds})
    for day in around("2026-01-01"):
        for fuel in ("electric", "hybrid", "plugInHybrid", "gasoline"):
            yield BASE.but(date=day, vehicle={"condition": "new", "fuel": fuel})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "MO", "exemptions": ["removal"]})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "MO"})
    for paid in near("2730"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
