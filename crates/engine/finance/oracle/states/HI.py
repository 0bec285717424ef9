"""Hawaii: general excise tax of 4 % and the county's surcharge, passed on at most at 4.712 % (4.1666 % without surcharge).
HRS 237-3(b), 237-13, 237-8.6."""

from oracle import *

BASE = Deal(state="HI", local=(levy("dealer", "county", "0.005"),))


def rate(d):
    """The pass-on is itself income that is taxed: r / (1 - r), cut to the published figures."""
    return D("0.04712") if d.rate() == D("0.005") else D("0.041666")


# Cents a pound on the whole weight; 300 flat above 10,000 lb. County: passenger, commercial, as compiled in 2021.
STATE_WEIGHT = [(4000, D("0.0175"), "weight"), (7000, D("0.0200"), "weight_4001"), (10000, D("0.0225"), "weight_7001")]
COUNTY_WEIGHT = {
    "Honolulu": (D("0.0700"), D("0.0750")), "Hawaii": (D("0.0125"), D("0.0250")),
    "Maui": (D("0.0350"), D("0.0536")), "Kauai": (D("0.0200"), D("0.0300")),
}


def weight_fees(d):
    if "weightLb" not in d.vehicle:
        return None
    pounds = D(d.vehicle["weightLb"])
    codes = dict.fromkeys(["weight", "weight_4001", "weight_7001", "weight_10001"])
    if "nonresident_military" not in d.buyer.get("exemptions", []):
        found = [(code, pounds * each) for up_to, each, code in STATE_WEIGHT if pounds <= up_to]
        code, amount = found[0] if found else ("weight_10001", D(300))
        codes[code] = cents(amount)
    county = (d.buyer_place or {}).get("county")
    if county:
        commercial = d.vehicle.get("class") == "heavyTruck"
        code = f"weight_{county.lower()}" + ("_commercial" if commercial else "")
        codes[code] = max(D(12), cents(pounds * COUNTY_WEIGHT[county][commercial]))
    return codes


def expect(d):
    if "export" in d.buyer.get("exemptions", []):
        return Expect(tax=D(0))
    if d.products.keys() - {"appearance", "theft"}:
        return None  # the dealer's income from contracts is taxed; whether it is passed on varies
    if d.kind == "lease":
        if d.equity or d.allowance:
            return None
        return billed(d, rate(d), d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    tax = cents(rate(d) * base)
    return Expect(owed=tax - min(tax, D(d.buyer.get("taxPaidElsewhere", 0))), fees=weight_fees(d))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for pounds in near("4000", "7000", "10000", step="1") + [D(3), D(800), D(3333)]:
        for county in COUNTY_WEIGHT:
            for kind in ("passenger", "heavyTruck"):
                vehicle = {"condition": "used", "weightLb": int(pounds), "class": kind}
                yield BASE.but(vehicle=vehicle, buyer_place={"state": "HI", "county": county})
    for pounds in (3500, 10001):
        yield BASE.but(vehicle={"condition": "new", "weightLb": pounds}, buyer={"exemptions": ["nonresident_military"]})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "CA", "exemptions": ["export"]})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "CA"})
    for paid in near("1413.60"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for price in near("25000", "64000"):
        for local in (BASE.local, (levy("dealer", "county", "0"),)):
            yield BASE.but(price=price, local=local)
            yield BASE.but(price=price, local=local, allowance=D("9876.54"))
            yield BASE.but(price=price, local=local, rebates={"manufacturer": D(750)})
