"""California: 7.25 % and district tax on the full price, trade or not; leases as billed. Regulations 1654 and 1660; Veh. Code 4456.5."""

from oracle import *

BASE = Deal(state="CA", local=(levy("buyer", "district", "0.01"), levy("garaging", "district", "0.01", reach="lease")))
PARTNER, ALONE = D(85), D(70)


def both(amount, district):
    return cents(D("0.0725") * amount) + cents(district * amount)


def expect(d):
    if {"deliveredOutside", "delivered_outside", "military", "tribal_delivery"} & set(d.buyer.get("exemptions", [])):
        return Expect(tax=D(0))
    limit = ALONE if d.elections.get("document_agreement") == "none" else PARTNER
    if d.doc_fee > limit:
        return Expect(error="doc-fee-above-limit")
    price = positive(d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts)
    if d.kind != "lease":
        tax = both(price, d.rate("district", of="buyer"))
        return credited(d, tax)
    district = d.rate("district", of="garaging")
    if d.elections.get("lease_tax") == "cost":
        return upfront(both(price, district))
    signing = both(d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee + d.goods, district)
    each = both(d.payment, district)
    return Expect(tax=signing + each * d.term, signing=signing, per_payment=each)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for fee in near("70", "85"):
        yield BASE.but(doc_fee=fee)
        yield BASE.but(doc_fee=fee, elections={"document_agreement": "none"})
    for rate in ("0", "0.00125", "0.035"):
        place = (levy("buyer", "district", rate), levy("garaging", "district", rate, reach="lease"))
        yield BASE.but(local=place, price=D("33333.33"))
        yield BASE.but(local=place, kind="lease", cash_down=D("1234.56"))
    for ground in ("delivered_outside", "military", "tribal_delivery"):
        yield BASE.but(buyer={"exemptions": [ground]})
    for paid in near("2475"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for deal in common_leases(BASE):
        yield deal.but(elections={"lease_tax": "cost"})
