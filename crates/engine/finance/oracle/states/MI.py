"""Michigan: 6 % on the price less a trade credit that is limited and grows by 1,000 a year. MCL 205.51; DIFS for the documentary fee."""

from oracle import *

BASE = Deal(state="MI")
LIMIT = {2025: D(11000), 2026: D(12000), 2027: D(13000), 2028: D(14000)}
DOC_FEE = D(280)


NO_TAX = {"AK", "DE", "MT", "NH", "NM", "OR"}
TAX_AGAIN = {"AR", "DC", "GA", "MD", "MS", "NE", "NC", "OK", "SC", "SD", "WV"}
ELECTRIC = {2025: {"electric": D(160), "plugInHybrid": D(60)}, 2026: {"electric": D(267), "plugInHybrid": D(113)}}


def expect(d):
    if d.buyer.get("exemptions") == ["carrier"]:
        return Expect(tax=D(0))
    home = d.buyer.get("homeState")
    if home and d.elections.get("transit") != "none":
        if home in NO_TAX | TAX_AGAIN:
            return Expect(tax=D(0))
        base = positive(d.price - min(d.traded, LIMIT[int(d.date[:4])]))
        return Expect(tax=cents(min(D("0.06"), D(d.buyer["homeStateRate"])) * base))
    if d.kind == "lease" and d.elections.get("lease_tax") == "cost":
        # Six per cent of the cost; the credit for a trade is for sales.
        if d.rebates or d.doc_fee or d.acquisition_fee:
            return None
        return upfront(cents(D("0.06") * d.price))
    if d.seller == "private":
        return Expect(tax=cents(D("0.06") * max(d.price, D(d.vehicle["fairValue"]))))
    found = sale_or_lease(d)
    if found and "fuel" in d.vehicle:
        fees = ELECTRIC[int(d.date[:4])]
        for fuel, code in (("electric", "electric"), ("plugInHybrid", "plug_in_hybrid")):
            found.fees = (found.fees or {}) | {code: fees[fuel] if d.vehicle["fuel"] == fuel else None}
    return found


def sale_or_lease(d):
    if d.products.keys() & {"tireWheel", "key"}:
        return None
    if d.doc_fee and "2025-01-28" <= d.date < "2027-01-01":
        # The lesser of 5 % of the cash price and the dollar limit.
        if d.doc_fee > min(DOC_FEE, D("0.05") * d.price):
            return Expect(error="doc-fee-above-limit")
    elif d.doc_fee:
        return None
    if d.kind == "lease":
        return billed(d, "0.06", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    year = int(d.date[:4])
    # From 2029 the limit has passed 14,000 and is gone.
    credit = d.traded if year >= 2029 else min(d.traded, LIMIT[year])
    if d.vehicle.get("class") == "rv" and d.trade.get("class") == "rv":
        credit = d.traded
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - credit)
    return credited(d, cents(D("0.06") * base))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for year, limit in LIMIT.items():
        for allowance in near(limit):
            for day in (f"{year}-01-01", f"{year}-12-31"):
                yield BASE.but(date=day, allowance=allowance)
    for allowance in near("14000", "15000"):
        yield BASE.but(date="2029-01-01", allowance=allowance)
        yield BASE.but(date="2028-12-31", allowance=allowance)
    for fee in near("280"):
        yield BASE.but(doc_fee=fee)
        yield BASE.but(doc_fee=fee, price=D(5600))
        yield BASE.but(doc_fee=fee, price=D("5599.99"))
    rv = {"condition": "new", "class": "rv"}
    for kind in ("rv", "passenger"):
        yield BASE.but(vehicle=rv, price=D(90000), allowance=D(40000), trade={"class": kind})
    for home in sorted(NO_TAX | TAX_AGAIN | {"OH", "IN", "WI", "FL"}):
        for rate in ("0.0599", "0.06", "0.0601"):
            buyer = {"residence": "nonResident", "homeState": home, "homeStateRate": rate}
            yield BASE.but(buyer=buyer, allowance=D(13000))
        yield BASE.but(buyer=buyer, elections={"transit": "none"})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "OH", "exemptions": ["carrier"]})
    for cash in ("0", "2000"):
        yield BASE.but(kind="lease", elections={"lease_tax": "cost"}, cash_down=D(cash), allowance=D(3000))
    for value in near("8000"):
        yield BASE.but(seller="private", price=D(8000), vehicle={"condition": "used", "fairValue": str(value)})
    for kind in ("passenger", "motorcycle"):
        for bought in ("passenger", "rv"):
            for allowance in near("12000"):
                yield BASE.but(vehicle={"condition": "new", "class": bought}, allowance=allowance, trade={"class": kind})
    for allowance in near("12000"):
        yield BASE.but(allowance=allowance, trade={"class": "rv"})
    for day in ("2025-12-31", "2026-01-01"):
        for fuel in ("gasoline", "hybrid", "electric", "plugInHybrid"):
            yield BASE.but(date=day, vehicle={"condition": "new", "fuel": fuel, "weightLb": 8000})
    for paid in near("1800"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
