"""Rhode Island: 7 %, a passenger automobile credited for a passenger automobile only. R.I. Gen. Laws 44-18; 280-RICR-20-70-28."""

from oracle import *

BASE = Deal(state="RI")
CARS = ("passenger", "rv")


def expect(d):
    if d.products.keys() - {"appearance", "theft"} or d.rebate("manufacturerLater", "manufacturerGuaranteed"):
        return None  # of low confidence
    trade = d.traded if d.vehicle.get("class", "passenger") == "passenger" and d.trade.get("class", "passenger") in CARS else D(0)
    if d.kind == "lease":
        if d.rebates or d.allowance:
            return None
        # Title and registration fees billed under the lease are taxed as well; here they are nothing.
        return billed(d, "0.07", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    base = d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts - d.rebate("manufacturer")
    return credited(d, cents(D("0.07") * positive(base - trade)))


# A title fee that the dealer states apart is part of the taxable price: here every fee is nothing.
NO_FEES = dict.fromkeys(["title", "lien", "registration", "plate", "plates", "transfer", "ev", "electric", "tire", "tires"], D(0))


def deals():
    base = BASE.but(fees=NO_FEES)
    yield from common_deals(base)
    yield from common_leases(base)
    for bought in ("passenger", "lightTruck", "motorcycle"):
        for traded in ("passenger", "lightTruck", "motorcycle"):
            for allowance in near("12500", "22222.22"):
                yield base.but(vehicle={"condition": "used", "class": bought}, trade={"class": traded}, allowance=allowance)
    for price in near("21000"):
        yield base.but(price=price, doc_fee=D(199))
    for paid in near("2100"):
        yield base.but(buyer={"taxPaidElsewhere": str(paid)})
