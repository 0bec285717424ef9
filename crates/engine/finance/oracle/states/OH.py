"""Ohio: 5.75 % and the county of the buyer; trade credit for new vehicles of new-car dealers only; leases on all payments at the start.
R.C. 5739.01, 5739.02, 5739.029; 4517.261."""

from oracle import *

BASE = Deal(state="OH", local=(levy("buyer", "county", "0.0175"),))
TAXED_HOMES = {"AZ", "CA", "FL", "IN", "MA", "MI", "SC"}


def expect(d):
    if d.doc_fee > 250:
        return None  # the registrar's yearly figure was not seen
    contracts = d.product("serviceContract", "maintenance")
    if d.products.keys() & {"gap", "tireWheel", "key"}:
        return None  # GAP is of medium confidence, the others are not named
    county = d.rate("county", "district", of="buyer")
    if d.kind == "lease":
        if d.equity:
            return None  # the facts call the trade on a lease uncertain
        received = d.cash_down + d.rebate("manufacturer") + d.acquisition_fee + d.taxable_fee + d.payment * d.term
        return upfront(cents(D("0.0575") * received) + cents(county * received))
    trade = d.traded
    price = d.price + d.goods + d.taxable_fee - d.discounts + contracts
    if d.buyer.get("residence") == "nonResident":
        if d.buyer["homeState"] not in TAXED_HOMES:
            return Expect(tax=D(0))
        rate = min(D("0.06"), D(d.buyer["homeStateRate"]))
        return Expect(tax=cents(rate * positive(price - trade)))
    credit = trade if d.new and d.seller == "newDealer" else D(0)
    base = positive(price - credit)
    tax = cents(D("0.0575") * base) + cents(county * base)
    return credited(d, tax)


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE)
    for seller in ("newDealer", "usedDealer"):
        for condition in ("new", "used"):
            for allowance in near("8000"):
                yield BASE.but(seller=seller, vehicle={"condition": condition}, allowance=allowance)
    for home in sorted(TAXED_HOMES | {"KY", "PA", "WV"}):
        for rate in ("0.0599", "0.06", "0.0601"):
            buyer = {"residence": "nonResident", "homeState": home, "homeStateRate": rate}
            yield BASE.but(buyer=buyer)
            yield BASE.but(buyer=buyer, vehicle={"condition": "used"}, allowance=D(5000))
    for rate in ("0.0075", "0.02", "0.0225"):
        yield BASE.but(local=(levy("buyer", "county", rate),), price=D("31313.13"))
        yield BASE.but(local=(levy("buyer", "county", rate),), kind="lease", cash_down=D("1777.77"))
    for paid in near("2250"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
