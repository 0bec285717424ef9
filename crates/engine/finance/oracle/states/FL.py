"""Florida: 6 %, county surtax on the first 5,000 of a sale and on the whole of a lease payment up to 5,000. F.S. 212.05, 212.054."""

import math

from oracle import *

PLACE = (levy("buyer", "county", "0.01"), levy("garaging", "county", "0.01", reach="lease"))
BASE = Deal(state="FL", local=PLACE)
# So that the note is for what the deal says and nothing else.
NO_FEES = dict.fromkeys(["title", "title_used", "lien", "initial_registration", "registration", "plate", "tires", "battery", "lemon_law"], D(0))


def billed_at(amount, surtax):
    return cents(D("0.06") * amount) + cents(surtax * min(amount, D(5000)))


def expect(d):
    if d.kind == "lease":
        surtax = d.rate("county", of="garaging")
        # The trade is no receipt; cash and rebates are.
        received = d.cash_down + d.rebate("manufacturer") + d.acquisition_fee + d.doc_fee + d.taxable_fee
        if received > 5000:
            return None  # whether several receipts at signing are one item is not settled by the facts
        signing, each = billed_at(received, surtax), billed_at(d.payment, surtax)
        return Expect(tax=signing + each * d.term, signing=signing, per_payment=each)
    surtax = d.rate("county", of="buyer")
    base = d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts
    base = positive(base - d.traded)
    contracts = d.product("serviceContract", "maintenance", "tireWheel", "key")
    if contracts and (d.product("tireWheel", "key")):
        return None  # the facts speak of service warranties alone
    rate = D("0.06")
    if d.buyer.get("residence") == "nonResident":
        rate, surtax = min(rate, D(d.buyer["homeStateRate"])), D(0)
    tax = cents(rate * base) + cents(surtax * min(base, D(5000)))
    tax += cents(D("0.06") * contracts) + cents(surtax * contracts)
    if d.kind == "finance":
        if d.fees != NO_FEES:
            return None
        note = d.price + d.doc_fee + tax - d.cash_down - d.allowance + d.payoff
        tax += stamps(positive(note))
    return Expect(tax=tax - min(tax, D(d.buyer.get("taxPaidElsewhere", 0))), fees=fees(d))


def stamps(note):
    """0.35 for every 100 of the note or part of it; the stamps are financed too, so the note is for them as well."""
    owed = D(0)
    while owed != (again := D("0.35") * math.ceil((note + owed) / 100)):
        owed = again
    return owed


def fees(d):
    weight = d.vehicle.get("weightLb")
    if weight is None:
        return None
    due = "27.60" if weight < 2500 else "35.60" if weight < 3500 else "45.60"
    kept = d.buyer.get("transfersPlate", False)
    return {"registration": D(due), "initial_registration": None if kept else D(225)}


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for price in near("5000"):
        yield BASE.but(price=price)
        yield BASE.but(price=price + 2500, allowance=D(2500))
        yield BASE.but(price=price - 900, doc_fee=D(900))
    for weight in (2499, 2500, 2501, 3499, 3500, 3501):
        yield BASE.but(vehicle={"condition": "new", "weightLb": weight})
        yield BASE.but(vehicle={"condition": "new", "weightLb": weight}, buyer={"transfersPlate": True})
    for rate in ("0", "0.005", "0.015", "0.02"):
        place = (levy("buyer", "county", rate), levy("garaging", "county", rate, reach="lease"))
        yield BASE.but(local=place)
        yield BASE.but(local=place, kind="lease", price=D(50000))
    for rate in ("0", "0.0599", "0.06", "0.0601"):
        yield BASE.but(buyer={"residence": "nonResident", "homeState": "OH", "homeStateRate": rate})
    financed = BASE.but(kind="finance", fees=NO_FEES, price=D(20000))
    for down in near("1250", "1350", "21149.99"):
        yield financed.but(cash_down=down)
        yield financed.but(cash_down=down - 1000, allowance=D(6000), payoff=D(6000), price=D(26000))
    for paid in near("1850"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
