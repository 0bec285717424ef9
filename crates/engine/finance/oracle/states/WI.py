"""Wisconsin: 5 %, county and the city of Milwaukee where the vehicle is kept, less the trade. Wis. Stat. 77.51, 77.52, 77.70; Publication 202."""

from oracle import *

LOCAL = (levy("buyer", "county", "0.009"), levy("buyer", "city", "0.02"))
BASE = Deal(state="WI", local=LOCAL)


def both(d, amount):
    tax = cents(D("0.05") * amount)
    for entry in d.local:
        tax += cents(D(entry["rate"]) * amount)
    return tax


def expect(d):
    if d.products.keys() & {"tireWheel", "key"}:
        return None
    contracts = d.product("serviceContract", "maintenance")
    if d.kind == "lease":
        if d.local or d.allowance:
            return None
        return billed(d, "0.05", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    tax = both(d, base + contracts)
    if contracts and both(d, base) + both(d, contracts) != tax:
        return None
    return credited(d, tax)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE.but(local=()))
    for price in near("12500", "20000"):
        for local in (LOCAL, LOCAL[:1], (levy("buyer", "county", "0.005"),), ()):
            yield BASE.but(price=price, local=local, allowance=D(12500))
            yield BASE.but(price=price, local=local, rebates={"manufacturer": D(2000)}, allowance=D(3000))
    for paid in near("2370"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
