"""Missouri: 4.225 % and the local rates of the buyer's address, less trade, rebate and his own earlier sale; paid at titling.
RSMo 144.020, 144.025, 144.070; 301.558."""

from oracle import *

LOCAL = (levy("buyer", "county", "0.015"), levy("buyer", "city", "0.0325"))
BASE = Deal(state="MO", local=LOCAL)


def expect(d):
    if d.buyer.get("residence") == "nonResident":
        return Expect(owed=D(0))
    if d.occasion == "newResident" and d.vehicle.get("daysTitledElsewhere", 0) >= 90:
        return Expect(owed=D(0))
    if d.kind == "lease" and d.elections.get("lease_tax") == "purchase":
        # The lessor pays at titling on his price, less the trade.
        price = positive(d.price + d.goods - d.discounts - d.rebate("manufacturer") - d.traded)
        return upfront(cents(D("0.04225") * price) + cents(d.rate(of="garaging") * price))
    if "2025-01-15" <= d.date < "2026-01-01" and d.doc_fee > D("604.47"):
        return Expect(error="doc-fee-above-limit")
    if d.doc_fee or d.rebate("manufacturerLater") or d.products.keys() & {"tireWheel", "key"}:
        return None  # the fee's taxability is of low confidence
    if d.kind == "lease":
        if d.local or d.allowance or d.rebates:
            return None
        return billed(d, "0.04225", d.received + d.acquisition_fee + d.taxable_fee)
    base = d.price + d.goods + d.taxable_fee - d.discounts - d.rebate("manufacturer", "manufacturerGuaranteed") - d.traded
    sold = d.buyer.get("privateSale")
    if sold and sold["days"] <= 180:
        base -= D(sold["amount"])
    base = positive(base - D(d.buyer.get("insuranceProceeds", 0)))
    tax = cents(D("0.04225") * base)
    for entry in d.local:
        tax += cents(D(entry["rate"]) * base)
    return Expect(owed=tax - min(tax, D(d.buyer.get("taxPaidElsewhere", 0))))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE.but(local=()))
    for fee in near("604.47"):
        yield BASE.but(doc_fee=fee, date="2025-06-01")
    for days in (0, 1, 179, 180, 181, 365):
        for amount in ("5000.00", "29999.99", "30000.00", "30000.01"):
            yield BASE.but(buyer={"privateSale": {"amount": amount, "days": days}})
    for home in ("KS", "IL"):
        yield BASE.but(buyer={"residence": "nonResident", "homeState": home})
    for days in (0, 89, 90, 91):
        for occasion in ("sale", "newResident"):
            yield BASE.but(occasion=occasion, vehicle={"condition": "used", "daysTitledElsewhere": days})
    here = (levy("garaging", "city", "0.0475"),)
    for allowance in ("0", "3333.33"):
        for rebate in ("0.01", "1500"):
            deal = BASE.but(kind="lease", elections={"lease_tax": "purchase"}, local=here, allowance=D(allowance))
            yield deal.but(rebates={"manufacturer": D(rebate)})
    for proceeds in near("30000") + [D(0), D("7654.32")]:
        yield BASE.but(buyer={"insuranceProceeds": str(proceeds)})
    for paid in near("2692.50"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for price in near("12500"):
        for local in (LOCAL, LOCAL[:1], ()):
            yield BASE.but(price=price, local=local, allowance=D(12500))
            yield BASE.but(price=price, local=local, rebates={"manufacturer": D(2000)}, allowance=D(3000))
