"""New York: 4 % and the local rates of the buyer's place; a lease of a year or more on all its payments at the start.
Tax Law 1105, 1111(i); publications 718 and 839; 15 NYCRR 78.19."""

from oracle import *

BASE = Deal(state="NY", local=(levy("buyer", "county", "0.04125"),))
# First and last pound, two years.
WEIGHTS = [(1650, "26.00"), (1750, "27.50"), (2050, "32.50"), (3450, "55.00"), (3550, "56.50"), (3650, "59.00"), (6250, "122.00"), (6950, "139.00")]


def both(amount, local):
    return cents(D("0.04") * amount) + cents(local * amount)


def expect(d):
    if "military" in d.buyer.get("exemptions", []) or "nonresident" in d.buyer.get("exemptions", []):
        return Expect(tax=D(0))
    if d.doc_fee > 175:
        return Expect(error="doc-fee-above-limit")
    if d.products.keys() & {"gap", "tireWheel", "key"}:
        return None  # GAP is not verified in the facts, the others not named
    local = d.rate("county", "city", of="buyer")
    if d.kind == "lease":
        received = d.cash_down + d.rebate("manufacturer") + d.acquisition_fee + d.taxable_fee
        if d.term >= 12 and d.vehicle.get("gvwrLb", 0) <= 10000:
            return upfront(both(received + d.payment * d.term, local))
        signing, each = both(received, local), both(d.payment, local)
        return Expect(tax=signing + each * d.term, signing=signing, per_payment=each)
    receipt = d.price + d.goods + d.taxable_fee - d.discounts + d.product("serviceContract", "maintenance")
    receipt = positive(receipt - d.traded)
    tax = both(receipt, local)
    return Expect(tax=tax - min(tax, D(d.buyer.get("taxPaidElsewhere", 0))), fees=fees(d))


def fees(d):
    weight = d.vehicle.get("weightLb")
    for (bound, amount), step in zip(WEIGHTS, [None] + WEIGHTS):
        if weight == bound:
            return {"registration": D(amount)}
    return None


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for fee in near("175"):
        yield BASE.but(doc_fee=fee)
    for weight, _ in WEIGHTS:
        yield BASE.but(vehicle={"condition": "new", "weightLb": weight})
    for term in (11, 12, 13):
        for gross in (9999, 10000, 10001):
            yield BASE.but(kind="lease", term=term, vehicle={"condition": "new", "gvwrLb": gross})
    for rate in ("0.03", "0.04875", "0"):
        yield BASE.but(local=(levy("buyer", "county", rate),), price=D("45454.54"))
        yield BASE.but(local=(levy("buyer", "county", rate),), kind="lease", cash_down=D("999.99"))
    for paid in near("2437.50"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    yield BASE.but(buyer={"residence": "nonResident", "exemptions": ["nonresident"]})
    yield BASE.but(buyer={"exemptions": ["military"]})
