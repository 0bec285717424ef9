"""District of Columbia: excise on the market value by weight and miles per gallon; leases 10.25 % as billed.
D.C. Code 50-2201.03(j); 18 DCMR 401.19; 47-2002."""

from oracle import *

BASE = Deal(state="DC", vehicle={"condition": "new", "weightLb": 3300, "mpg": 28, "fuel": "gasoline"})
MPG = (20, 25, 30, 39, 10**6)
NOW = {3499: (".09", ".05", ".031", ".022", ".015", ".01"), 4999: (".1", ".06", ".041", ".032", ".025", ".02"), 10**6: (".11", ".07", ".051", ".042", ".035", ".03")}


BEFORE = {3499: (".081", ".044", ".031", ".022", ".01", "0"), 4999: (".091", ".054", ".041", ".032", ".02", "0"), 10**6: (".101", ".064", ".051", ".042", ".03", "0")}


def fees(d):
    """Title, and registration by shipping weight; the schedule changed on 2025-10-01."""
    now, weight = d.date >= "2025-10-01", d.vehicle["weightLb"]
    found = {"title": D(30 if now else 26)}
    if d.vehicle["fuel"] == "electric" and weight < 5000:
        return found | {"registration_electric": D(40 if now else 36), "registration": None}
    row = next(r for bound, r in ((3499, (72, 70)), (4999, (175, 175)), (5999, (250, 300)), (10**6, (500, 550))) if weight <= bound)
    over = positive(D(weight) - 10000) / 1000 if now else D(0)
    if over % 1:
        return found  # what a part of a thousand pounds costs is not said
    return found | {"registration": D(row[now]) + 75 * over}


def expect(d):
    if d.kind == "lease":
        return billed(d, "0.1025", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    if d.buyer.get("residence") == "nonResident" or "military" in d.buyer.get("exemptions", []):
        return Expect(owed=D(0), notices=["exempt"])
    if not d.new or d.rebates or d.goods or d.doc_fee or d.taxable_fee:
        return None  # market value by the guide; what a bill of sale adds or takes is not settled
    table = BEFORE if d.date < "2025-02-17" else NOW
    row = next(rates for bound, rates in table.items() if d.vehicle["weightLb"] <= bound)
    if d.vehicle["fuel"] == "electric":
        rate = row[5]
    else:
        rate = next(rate for bound, rate in zip(MPG, row) if d.vehicle["mpg"] <= bound)
    if "earned_income" in d.buyer.get("exemptions", []):
        weight = d.vehicle["weightLb"]
        rate = "0.06" if weight <= 3499 else "0.07" if weight <= 4999 else "0.08"
    if d.products.keys() & {"tireWheel", "key"}:
        return None  # not named
    # A maintenance contract is a repair contract: 9 DCMR 464. 7 % from October 2026: D.C. Law 26-55, sec. 7002.
    general = D("0.07") if d.date >= "2026-10-01" else D("0.06")
    contracts = cents(general * d.product("serviceContract", "maintenance"))
    return Expect(owed=cents(D(rate) * d.price) + contracts, fees=fees(d))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for weight in (3498, 3499, 3500, 4998, 4999, 5000, 5001):
        for mpg in (19, 20, 21, 25, 26, 30, 31, 39, 40):
            yield BASE.but(vehicle={"condition": "new", "weightLb": weight, "mpg": mpg, "fuel": "gasoline"})
        yield BASE.but(vehicle={"condition": "new", "weightLb": weight, "mpg": 110, "fuel": "electric"})
    for day in around("2025-10-01") + around("2026-10-01"):
        yield BASE.but(date=day)
        yield BASE.but(date=day, kind="lease")
        yield BASE.but(date=day, products={"serviceContract": D("1895.45"), "maintenance": D("600.05"), "gap": D(700)})
    for weight in (3499, 3500, 4999, 5000, 5999, 6000, 10000, 10001, 11000, 13000):
        for day in ("2025-09-30", "2025-10-01"):
            yield BASE.but(date=day, vehicle={"condition": "new", "weightLb": weight, "mpg": 28, "fuel": "gasoline"})
        yield BASE.but(vehicle={"condition": "new", "weightLb": weight, "mpg": 18, "fuel": "gasoline"}, buyer={"exemptions": ["earned_income"]})
    for day in around("2025-02-17"):
        for weight in (3499, 3500, 5000):
            for mpg in (20, 21, 26, 31, 40):
                yield BASE.but(date=day, vehicle={"condition": "new", "weightLb": weight, "mpg": mpg, "fuel": "gasoline"})
            yield BASE.but(date=day, vehicle={"condition": "new", "weightLb": weight, "mpg": 110, "fuel": "electric"})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "VA"})
    yield BASE.but(buyer={"exemptions": ["military"]})
