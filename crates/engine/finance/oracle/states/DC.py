"""District of Columbia: excise on the market value by weight and miles per gallon; leases 10.25 % as billed.
D.C. Code 50-2201.03(j); 18 DCMR 401.19; 47-2002."""

from oracle import *

BASE = Deal(state="DC", vehicle={"condition": "new", "weightLb": 3300, "mpg": 28, "fuel": "gasoline"})
MPG = (20, 25, 30, 39, 10**6)
NOW = {3499: (".09", ".05", ".031", ".022", ".015", ".01"), 4999: (".1", ".06", ".041", ".032", ".025", ".02"), 10**6: (".11", ".07", ".051", ".042", ".035", ".03")}


def expect(d):
    if d.kind == "lease":
        return billed(d, "0.1025", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    if d.date < "2025-02-17":
        return None  # the schedule before is told apart below by its own deals
    if not d.new or d.rebates or d.goods or d.doc_fee or d.taxable_fee:
        return None  # market value by the guide; what a bill of sale adds or takes is not settled
    row = next(rates for bound, rates in NOW.items() if d.vehicle["weightLb"] <= bound)
    if d.vehicle["fuel"] == "electric":
        rate = row[5]
    else:
        rate = next(rate for bound, rate in zip(MPG, row) if d.vehicle["mpg"] <= bound)
    return Expect(owed=cents(D(rate) * d.price))


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
