"""Nebraska: 5.5 % and the city (or county) of registration, less trade and assigned rebate, paid to the county treasurer.
Neb. Rev. Stat. 77-2703, 77-2701.35; Reg-1-020, form 6."""

from oracle import *

LOCAL = (levy("buyer", "city", "0.015"),)
BASE = Deal(state="NE", local=LOCAL)


def expect(d):
    if d.products.keys() - {"appearance", "theft"}:
        return None  # of medium confidence, or not named
    if d.rebate("dealerIncentive"):
        return None
    if d.kind == "lease":
        if d.allowance or d.local:
            return None  # where the vehicle is kept decides; the trade reduces the payments
        return billed(d, "0.055", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    base = d.price + d.goods + d.doc_fee + d.taxable_fee - d.rebate("dealer") - d.rebate("manufacturer", "manufacturerGuaranteed")
    base = positive(base - d.traded)
    tax = cents(D("0.055") * base)
    for entry in d.local:
        tax += cents(D(entry["rate"]) * base)
    owed = tax - min(tax, D(d.buyer.get("taxPaidElsewhere", 0)))
    return Expect(tax=D(0), buyer=owed)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE.but(local=()))
    for price in near("12500", "20000"):
        for local in (LOCAL, (levy("buyer", "city", "0.02"),), ()):
            yield BASE.but(price=price, local=local, allowance=D(12500))
            yield BASE.but(price=price, local=local, rebates={"manufacturer": D(2000)}, allowance=D(3000))
    for paid in near("2100"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
