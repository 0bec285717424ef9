"""Rhode Island: 7 %, a passenger automobile credited for a passenger automobile only. R.I. Gen. Laws 44-18; 280-RICR-20-70-28."""

from oracle import *

BASE = Deal(state="RI")
CARS = ("passenger", "rv")


# Gross weight to, yearly fee; two years are usual.
WEIGHTS = [(4000, 30), (5000, 40), (6000, 48), (7000, 56), (8000, 64), (9000, 70), (10000, 78)]


def expect(d):
    buyer = d.buyer
    if buyer.get("exemptions"):
        return Expect(tax=D(0), notices=["exempt"])
    if buyer.get("residence") == "nonResident":
        # The lower of 7 % and his own state's rate; what his state would take in all holds its rule on trades.
        rate = min(D("0.07"), D(buyer["homeStateRate"]))
        return Expect(tax=min(cents(rate * d.price), D(buyer["homeStateTax"])))
    if d.seller == "private":
        return due(d, cents(D("0.07") * max(d.price, D(d.vehicle["fairValue"]))))  # 280-RICR-20-70-36.7
    if "gvwrLb" in d.vehicle:
        yearly = next(D(fee) for most, fee in WEIGHTS if d.vehicle["gvwrLb"] <= most)
        return Expect(tax=D(0), buyer=cents(D("0.07") * d.price), fees={"registration": yearly * 2})
    if d.products.keys() - {"appearance", "theft", "serviceContract", "maintenance"} or d.rebate("manufacturerLater", "manufacturerGuaranteed"):
        return None  # of low confidence
    counts = d.traded + D(buyer.get("insuranceProceeds", 0))
    trade = counts if d.vehicle.get("class", "passenger") == "passenger" and d.trade.get("class", "passenger") in CARS else D(0)
    if d.kind == "lease":
        if d.rebates or d.allowance:
            return None
        # Title and registration fees billed under the lease are taxed as well.
        billed_fees = d.fees["title"] + d.fees["registration"]
        contracts = d.product("serviceContract", "maintenance")  # paid to a lessor they are never optional: 280-RICR-20-70-2.3(D)
        return billed(d, "0.07", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee + d.product("appearance", "theft") + billed_fees + contracts)
    base = d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.rebate("manufacturer")
    return due(d, cents(D("0.07") * positive(base - trade)))


def due(d, tax):
    """The buyer pays the Tax Administrator before he registers; only what needs no registration is taxed by the dealer. 280-RICR-20-70-28.8."""
    tax -= min(tax, D(d.buyer.get("taxPaidElsewhere", 0)))
    if d.vehicle.get("class") == "offRoad":
        return Expect(tax=tax, buyer=D(0))
    return Expect(tax=D(0), buyer=tax)


# A title fee that the dealer states apart is part of the taxable price: here every fee is nothing.
NO_FEES = dict.fromkeys(["title", "lien", "registration", "plate", "plates", "transfer", "ev", "electric", "tire", "tires", "surcharge"], D(0))


def deals():
    base = BASE.but(fees=NO_FEES)
    yield from common_deals(base)
    yield from common_leases(base)
    for bought in ("passenger", "lightTruck", "motorcycle"):
        for traded in ("passenger", "lightTruck", "motorcycle"):
            for allowance in near("12500", "22222.22"):
                yield base.but(vehicle={"condition": "used", "class": bought}, trade={"class": traded}, allowance=allowance)
    for price in near("8000"):
        yield base.but(price=price, vehicle={"condition": "new", "class": "offRoad"})
    for contract in near("1800"):
        yield base.but(products={"serviceContract": contract})
        yield base.but(kind="lease", products={"serviceContract": contract, "maintenance": D("600.05")})
    for price in near("21000"):
        yield base.but(price=price, doc_fee=D(199))
    for paid in near("2100"):
        yield base.but(buyer={"taxPaidElsewhere": str(paid)})
    for title in ("52.50", "53.50"):
        yield base.but(kind="lease", fees=NO_FEES | {"title": D(title), "registration": D(60)}, cash_down=D(2500), acquisition_fee=D(695))
    for insurance in near("9000"):
        yield base.but(buyer={"insuranceProceeds": str(insurance)})
    for value in near("30000"):
        yield base.but(seller="private", vehicle={"condition": "used", "fairValue": str(value)})
    for rate in ("0.0625", "0.07", "0.0725"):
        for tax in near("1875"):
            yield base.but(buyer={"residence": "nonResident", "homeStateRate": rate, "homeStateTax": str(tax)})
    yield base.but(buyer={"residence": "nonResident", "exemptions": ["nonresident"]})
    yield base.but(buyer={"exemptions": ["adapted"]})
    for most, _ in WEIGHTS:
        for weight in near(most, step=1):
            if weight <= 10000:
                yield BASE.but(vehicle={"condition": "used", "gvwrLb": int(weight)})
