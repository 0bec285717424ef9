"""Kansas: 6.5 % and the local rates of the dealer's place on price and fee less trade. K.S.A. 79-3602, 79-3603; O-2009-001 for leases."""

from oracle import *

LOCAL = (levy("dealer", "county", "0.0125"), levy("dealer", "city", "0.0135"))
BASE = Deal(state="KS", local=LOCAL)


def both(d, amount):
    """State and the dealer's local rates, the local ones as one rate."""
    return cents(D("0.065") * amount) + cents(d.rate(of="dealer") * amount)


def expect(d):
    if d.rebate("manufacturer", "manufacturerLater") or d.products.keys() & {"tireWheel", "key"}:
        return None  # the rebate's sunset could not be read
    contracts = d.product("serviceContract", "maintenance")
    if d.kind == "lease":
        if d.allowance or d.local:
            return None  # the first payment is sourced to the dealer, later ones to where the vehicle is kept
        return billed(d, "0.065", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    base = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.traded)
    if contracts and d.traded:
        return None
    tax = both(d, base + contracts)
    if contracts and abs(both(d, base) + both(d, contracts) - tax):
        return None  # one line or two: a cent of rounding
    return credited(d, tax)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE.but(local=()))
    for price in near("12500", "20000"):
        for local in (LOCAL, LOCAL[:1], ()):
            yield BASE.but(price=price, local=local, allowance=D(12500))
            yield BASE.but(price=price, local=local, rebates={"dealer": D(2000)}, allowance=D(3000))
    for paid in near("2730"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
