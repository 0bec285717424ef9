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


def expect(d):
    if d.rebates or d.products.keys() & {"tireWheel", "key"} or d.doc_fee or d.taxable_fee:
        return None  # rebates are of medium confidence
    price = d.price + d.goods
    if d.kind == "lease":
        return None  # whether the 1.25 % applies at title is of low confidence
    if not price:
        return None
    return Expect(tax=excise(d, price) + cents(D("0.0125") * positive(price - d.traded)))


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
