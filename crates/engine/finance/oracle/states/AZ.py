"""Arizona: 5.6 %, county and city of the dealer's lot, on the price less the trade. A.R.S. 42-5061; R15-5-132; form 5011."""

from oracle import *

LOCAL = (levy("dealer", "county", "0.007", reach="sale"), levy("dealer", "city", "0.02", reach="sale"))
BASE = Deal(state="AZ", local=LOCAL)


HOME = {
    "AL": ".02", "CO": ".029", "HI": ".04", "IA": ".05", "LA": ".05", "ME": ".055", "MO": ".04225", "NC": ".03", "ND": ".05", "NE": ".055",
    "NM": ".03", "NY": ".04", "SC": ".05", "SD": ".04", "UT": ".047", "WI": ".05", "WY": ".04", "AK": "0", "MT": "0", "NH": "0", "OR": "0",
}
AGAIN = ("AR", "DE", "DC", "GA", "MD", "MS", "OK", "VA", "WV")


def expect_away(d):
    """With the 90-day permit: form 5011 and the schedule of home rates."""
    home, price = d.buyer["homeState"], d.price
    if d.elections.get("permit") != "none":
        if home in AGAIN:
            return Expect(tax=D(0), notices=["exempt"])
        if home in HOME:
            state = cents(D(HOME[home]) * price)
            return Expect(tax=(min(state, D(500)) if home == "SC" else state) + cents(d.rate("county") * price))
    return Expect(tax=cents(D("0.056") * price) + sum(cents(D(e["rate"]) * price) for e in d.local))


def expect(d):
    if d.rebate("manufacturer", "manufacturerLater"):
        return None  # no ruling on vehicle rebates was found
    if d.kind == "lease":
        if d.equity or d.allowance:
            return None  # disputed in practice
        return billed(d, "0.056", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    if d.buyer.get("residence") == "nonResident":
        return expect_away(d)
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    tax = cents(D("0.056") * base)
    for entry in d.local:
        tax += cents(D(entry["rate"]) * base)
    return credited(d, tax)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for rate in ("0", "0.015", "0.04"):
        for price in ("9999.99", "10000", "33333.33"):
            yield BASE.but(local=(levy("dealer", "city", rate, reach="sale"),), price=D(price))
    for price in near("12000"):
        yield BASE.but(price=price, allowance=D(12000))
    for paid in near("2490"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for doc in ("399", "599.99"):
        yield BASE.but(doc_fee=D(doc), allowance=D("12345.67"))
    for price in ("3333.33", "17171.17", "88888.88", "123456.78"):
        yield BASE.but(price=D(price), allowance=D("1111.11"))
        yield BASE.but(price=D(price), vehicle={"condition": "used"}, allowance=D("2222.22"), payoff=D("5000.01"))
    for home in [*HOME, *AGAIN, "CA", "TX"]:
        for price in ("9999.99", "10000.01"):
            away = {"residence": "nonResident", "homeState": home}
            yield BASE.but(price=D(price), buyer=away)
        yield BASE.but(buyer=away, elections={"permit": "none"})
