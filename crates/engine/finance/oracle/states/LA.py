"""Louisiana: 5 % from 2025 (4.75 % from 2030) and the local rate of the buyer's domicile, less trade and rebate. R.S. 47:301, 302, 303(B); 6:969.18."""

from oracle import *

LOCAL = (levy("buyer", "county", "0.0475"),)
BASE = Deal(state="LA", local=LOCAL)


def expect(d):
    if {"nonresident", "military"} & set(d.buyer.get("exemptions", [])):
        return Expect(tax=D(0))
    if d.doc_fee > 425:
        return Expect(error="doc-fee-above-limit")
    if d.products.keys() & {"tireWheel", "key"} or d.rebate("manufacturerLater"):
        return None
    if d.rebate("manufacturer") and not d.new:
        return None  # said of new vehicles
    state = D("0.0445") if d.date < "2025-01-01" else D("0.05") if d.date < "2030-01-01" else D("0.0475")
    if d.kind == "lease":
        if d.allowance or d.rebates:
            return None  # unclear
        at_signing = d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee
        parts = [billed(d, rate, at_signing) for rate in (state, d.rate(of="buyer"))]
        tax, signing, each = (sum(getattr(part, name) for part in parts) for name in ("tax", "signing", "per_payment"))
        return Expect(tax=tax, signing=signing, per_payment=each)
    base = d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.rebate("manufacturer", "manufacturerGuaranteed")
    base = positive(base - d.traded)
    tax = cents(state * base)
    for entry in d.local:
        tax += cents(D(entry["rate"]) * base)
    return credited(d, tax)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE.but(local=()))
    for fee in near("425"):
        yield BASE.but(doc_fee=fee)
    for day in around("2030-01-01"):
        yield BASE.but(date=day)
        yield BASE.but(date=day, allowance=D("7777.77"))
        yield BASE.but(date=day, local=(), kind="lease")
    for price in near("12500"):
        for local in (LOCAL, (levy("buyer", "county", "0.0583"),), ()):
            yield BASE.but(price=price, local=local, allowance=D(12500))
            yield BASE.but(price=price, local=local, rebates={"manufacturer": D(2000)}, allowance=D(3000))
    for day in around("2025-01-01"):
        yield BASE.but(date=day)
        yield BASE.but(date=day, allowance=D("7777.77"), rebates={"manufacturer": D(1500)})
        yield BASE.but(date=day, kind="lease")
        yield BASE.but(date=day, kind="lease", cash_down=D("1999.99"))
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "TX", "exemptions": ["nonresident"]})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "TX"})
    yield BASE.but(buyer={"exemptions": ["military"]})
    for paid in near("2925"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
