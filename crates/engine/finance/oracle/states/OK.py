"""Oklahoma: excise of 3.25 % before the trade (used: 20 on the first 1,500), inside 20 % of the average retail value until 2026-06-30,
and sales tax of 1.25 % after the trade. 68 O.S. 2103, 2104, 1355(2); HB 1183."""

from oracle import *

BASE = Deal(state="OK")


def excise(d, price):
    book = d.vehicle.get("fairValue")
    if book is not None and d.date < "2026-07-01":
        price = clamp(price, D("0.80") * D(book), D("1.20") * D(book))
    if d.new:
        return cents(D("0.0325") * price)
    return D(20) + cents(D("0.0325") * band(price, 1500))


def taxes(d):
    if d.rebates or d.products.keys() & {"tireWheel", "key"} or d.doc_fee or d.taxable_fee:
        return None  # rebates are of medium confidence
    price = d.price + d.goods
    if d.kind == "lease":
        return None  # whether the 1.25 % applies at title is of low confidence
    if not price:
        return None
    return Expect(tax=excise(d, price) + cents(D("0.0125") * positive(price - d.traded)))


def fees(d):
    """Registration by year of registration, with 1.50."""
    found = {"title": D(11)}
    if "modelYear" in d.vehicle:
        year = int(d.date[:4]) - d.vehicle["modelYear"] + 1
        steps = [(4, 96), (8, 86), (12, 66), (16, 46)]
        found["registration"] = D(next((amount for last, amount in steps if year <= last), 26)) + D("1.50")
    if "transfersPlate" in d.buyer:
        found |= {"transfer": D(17), "plate": None}
    return found


def expect(d):
    home = d.occasion == "newResident" and d.vehicle.get("daysTitledElsewhere", 0) >= 60
    if home or d.buyer.get("exemptions"):
        return Expect(tax=D(0))
    if "taxPaidElsewhere" in d.buyer:  # the sales tax only
        sales = cents(D("0.0125") * positive(d.price - d.traded))
        return Expect(tax=excise(d, d.price) + positive(sales - D(d.buyer["taxPaidElsewhere"])))
    if set(d.rebates) <= {"manufacturer"} and d.rebates and not (d.doc_fee or d.taxable_fee or d.kind == "lease"):
        price = positive(d.price + d.goods - d.rebate("manufacturer"))  # the example OK-01
        return Expect(tax=excise(d, price) + cents(D("0.0125") * positive(price - d.traded)))
    if d.kind == "lease" and d.term >= 12 and not (d.rebates or d.doc_fee or d.taxable_fee or d.products):
        # What is certain: the excise of a new vehicle, and that payments are free. The 1.25 % at title is left out with a warning.
        return Expect(tax=excise(d, d.price + d.accessories), notices=["lease-sales-tax"])
    found = taxes(d)
    if found:
        found.fees = fees(d)
    return found


def deals():
    yield from common_deals(BASE)
    for condition in ("new", "used"):
        for book in ("25000.00", "37500.00", "30000.00"):
            for day in around("2026-07-01"):
                vehicle = {"condition": condition, "fairValue": book}
                for price in near("30000"):
                    yield BASE.but(date=day, price=price, vehicle=vehicle)
                yield BASE.but(date=day, vehicle=vehicle, allowance=D("12345.67"))
    for price in near("1500", "10000"):
        for condition in ("new", "used"):
            yield BASE.but(price=price, vehicle={"condition": condition})
            yield BASE.but(price=price, vehicle={"condition": condition}, allowance=price)
    for price in near("30000"):
        for trade in ("0", "8000"):
            yield BASE.but(price=price, allowance=D(trade), rebates={"manufacturer": D("1999.99")})
            yield BASE.but(kind="lease", price=price, allowance=D(trade))
            yield BASE.but(kind="lease", price=price, vehicle={"condition": "used"})
    for term in (12, 24):
        yield BASE.but(kind="lease", term=term, cash_down=D(2500), residual=D(22000))
    for days in (59, 60, 61):
        yield BASE.but(occasion="newResident", vehicle={"condition": "used", "daysTitledElsewhere": days})
    for ground in ("nonresident", "military"):
        yield BASE.but(buyer={"residence": "nonResident", "homeState": "KS", "exemptions": [ground]})
    yield BASE.but(buyer={"exemptions": ["veteran"]})
    yield BASE.but(buyer={"transfersPlate": True})
    for paid in near("375", "300"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)}, allowance=D(6000))
    for year in range(2008, 2028):
        yield BASE.but(vehicle={"condition": "used", "modelYear": year})
    for day in around("2026-07-01"):
        for book in ("25000.00", "37500.00", "40000.00"):
            for condition in ("new", "used"):
                yield BASE.but(kind="lease", date=day, vehicle={"condition": condition, "fairValue": book})
