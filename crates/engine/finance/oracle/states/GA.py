"""Georgia: title ad valorem tax of 7 % (6.6 % before 2023-07-01). O.C.G.A. 48-5C-1; HB 340 for leases."""

from oracle import *

BASE = Deal(state="GA")


def expect(d):
    if {"titled_elsewhere", "military", "veteran"} & set(d.buyer.get("exemptions", [])):
        return Expect(tax=D(0))
    assessed = D(d.vehicle["assessedValue"]) if "assessedValue" in d.vehicle else None
    trade = d.traded
    maker = d.rebate("manufacturer", "manufacturerGuaranteed")
    rate = D("0.07")
    if d.kind == "lease":
        if not d.new:
            return upfront(cents(rate * (assessed if assessed is not None else d.price)))
        if d.elections.get("lease_tax") == "value":
            value = d.price + d.accessories - d.discounts
            value = max(value, assessed or D(0))
            return upfront(cents(rate * positive(value - trade - d.rebate("manufacturer"))))
        return upfront(cents(rate * (d.payment * d.term + d.received)))
    if d.occasion == "newResident":
        return Expect(tax=D(0), buyer=cents(D("0.03") * (assessed if assessed is not None else d.price)))
    if d.seller == "private":
        return Expect(tax=cents(rate * positive((assessed if assessed is not None else d.price) - trade)))
    price = d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts
    return Expect(tax=cents(rate * positive(price - trade - maker)))


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for deal in common_leases(BASE):
        yield deal.but(elections={"lease_tax": "value"})
    for assessed in near("30000"):
        vehicle = {"condition": "new", "assessedValue": str(assessed)}
        yield BASE.but(kind="lease", elections={"lease_tax": "value"}, vehicle=vehicle)
        yield BASE.but(kind="lease", vehicle=vehicle)
        yield BASE.but(kind="lease", vehicle=vehicle | {"condition": "used"})
        yield BASE.but(seller="private", vehicle=vehicle | {"condition": "used"})
        yield BASE.but(seller="private", vehicle=vehicle | {"condition": "used"}, allowance=D("29999.99"))
        yield BASE.but(occasion="newResident", vehicle=vehicle | {"condition": "used"})
        yield BASE.but(vehicle=vehicle)
    for ground in ("titled_elsewhere", "military", "veteran"):
        yield BASE.but(buyer={"exemptions": [ground]})
    yield BASE.but(buyer={"taxPaidElsewhere": "500.00"})  # no credit
    for day in around("2023-07-01")[1:] + around("2026-01-01"):
        yield BASE.but(date=day)
    yield BASE.but(fees={}, doc_fee=D(699))
