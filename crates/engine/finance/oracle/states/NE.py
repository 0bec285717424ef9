"""Nebraska: 5.5 % and the city (or county) of registration, less trade and assigned rebate, paid to the county treasurer.
Neb. Rev. Stat. 77-2703, 77-2701.35; Reg-1-020, form 6."""

from oracle import *

LOCAL = (levy("buyer", "city", "0.015"),)
BASE = Deal(state="NE", local=LOCAL)


def taxes(d):
    if d.products.keys() - {"appearance", "theft"}:
        return None  # of medium confidence, or not named
    if d.rebate("dealerIncentive"):
        return None
    if d.kind == "lease":
        if d.allowance or d.local:
            return None  # where the vehicle is kept decides; the trade reduces the payments
        return billed(d, "0.055", d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee)
    base = d.price + d.goods + d.doc_fee + d.taxable_fee - d.rebate("dealer") - d.rebate("manufacturer", "manufacturerGuaranteed")
    base = positive(base - d.traded)
    tax = cents(D("0.055") * base)
    for entry in d.local:
        tax += cents(D(entry["rate"]) * base)
    owed = tax - min(tax, D(d.buyer.get("taxPaidElsewhere", 0)))
    return Expect(tax=D(0), buyer=owed)


SHARES = ["1.00", "0.90", "0.80", "0.70", "0.60", "0.51", "0.42", "0.33", "0.24", "0.15", "0.15", "0.07", "0.07"]
LOWEST = [(4000, 25), (6000, 35), (8000, 45), (10000, 60), (12000, 100), (14000, 140)]


def base_tax(msrp):
    for below, amount in LOWEST:
        if msrp < below:
            return D(amount)
    if msrp >= 100000:
        return D(1900)
    return D(180) + 40 * ((msrp - 14000) // 2000)


def fees(d):
    """Motor vehicle tax by list price and year of life; the motor vehicle fee; alternative fuel."""
    found = {"title": D(10), "registration": D(15), "tire": D(5) if d.new else None}
    if "fuel" in d.vehicle:
        found["electric"] = D(150) if d.vehicle["fuel"] == "electric" else None
        found["plug_in"] = D(75) if d.vehicle["fuel"] == "plugInHybrid" else None
    if "modelYear" not in d.vehicle:
        return found
    msrp, year = D(d.vehicle["msrp"]), max(1, int(d.date[:4]) - d.vehicle["modelYear"] + 1)
    tax = cents(base_tax(msrp) * D(SHARES[year - 1])) if year <= len(SHARES) else None
    code = "_25" if msrp < 4000 else "_35" if msrp < 6000 else "_45" if msrp < 8000 else ""
    for each in ("", "_25", "_35", "_45"):
        found["motor_vehicle_tax" + each] = tax if each == code else None
    fee = D(5) if msrp < 20000 else D(20) if msrp < 40000 else D(30)
    band = 0 if year <= 5 else 1 if year <= 10 else 2
    for each, (code, share) in enumerate([("", "1"), ("_6", "0.70"), ("_11", "0.35")]):
        found["motor_vehicle_fee" + code] = fee * D(share) if each == band else None
    return found


def expect(d):
    if "nonresident" in d.buyer.get("exemptions", []):
        return Expect(tax=D(0), buyer=D(0))
    found = taxes(d)
    if found:
        found.fees = fees(d)
    return found


def deals():
    yield from common_deals(BASE)
    yield from common_leases(BASE.but(local=()))
    for price in near("12500", "20000"):
        for local in (LOCAL, (levy("buyer", "city", "0.02"),), ()):
            yield BASE.but(price=price, local=local, allowance=D(12500))
            yield BASE.but(price=price, local=local, rebates={"manufacturer": D(2000)}, allowance=D(3000))
    for paid in near("2100"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
    for msrp in ("1", "3999", "4000", "5999", "6000", "7999", "8000", "9999", "10000", "12000", "13999", "14000", "15999", "19999", "20000", "39999", "40000", "61234", "99999", "100000", "150000"):
        for year in (2027, 2026, 2025, 2021, 2016):
            yield BASE.but(vehicle={"condition": "used", "modelYear": year, "msrp": msrp})
    for year in range(2010, 2028):
        yield BASE.but(vehicle={"condition": "used", "modelYear": year, "msrp": "30500"})
    for fuel in ("electric", "plugInHybrid", "hybrid", "gasoline"):
        yield BASE.but(vehicle={"condition": "new", "fuel": fuel})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "IA", "exemptions": ["nonresident"]})
    yield BASE.but(buyer={"residence": "nonResident", "homeState": "IA"})
