"""Utah: 4.85 % and the local rate of the dealer's place, less trade and a maker's rebate stated apart. Utah Code 59-12-102, -213; R865-19S-72."""

from oracle import *

LOCAL = (levy("dealer", "local", "0.024"),)
BASE = Deal(state="UT", local=LOCAL)


def both(d, amount):
    tax = cents(D("0.0485") * amount)
    for entry in d.local:
        tax += cents(D(entry["rate"]) * amount)
    return tax


def expect(d):
    if d.products.keys() & {"tireWheel", "key"} or d.rebate("manufacturerLater"):
        return None
    contracts = d.product("serviceContract", "maintenance")
    if d.kind == "lease":
        if d.local or d.allowance or d.rebates:
            return None  # taxed where the vehicle is kept
        return billed(d, "0.0485", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    base = d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.rebate("manufacturer")
    base = positive(base - d.traded)
    tax = both(d, base + contracts)
    if contracts and both(d, base) + both(d, contracts) != tax:
        return None
    return credited(d, tax)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE.but(local=()))
    for price in near("12500", "20000"):
        for local in (LOCAL, (levy("dealer", "local", "0.0375"),), ()):
            yield BASE.but(price=price, local=local, allowance=D(12500))
            yield BASE.but(price=price, local=local, rebates={"manufacturer": D(2000)}, allowance=D(3000))
    for paid in near("2175"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
