"""Illinois: 6.25 % and the transit tax of the dealer's place, use taxes of the buyer's; leases on all payments at delivery.
86 Ill. Adm. Code 130.2125; ST-556 and ST-556-LSE; ST-58 for buyers from other states."""

from oracle import *

TRANSIT = levy("dealer", "district", "0.01")
BASE = Deal(state="IL", local=(TRANSIT,))
# States that do not exempt buyers from Illinois, with the rate of the chart.
CHART = {"AZ": "0.056", "CA": "0.0625", "FL": "0.06", "HI": "0.04", "IN": "0.0625", "MA": "0.0625", "MI": "0.06", "SC": "0.05"}
DOC_FEE_2025 = D("367.70")


def expect(d):
    if d.date < "2026-01-01" and d.doc_fee > DOC_FEE_2025:
        return Expect(error="doc-fee-above-limit")
    if d.kind == "lease":
        received = d.received + d.acquisition_fee + d.doc_fee + d.taxable_fee + d.payment * d.term
        return upfront(cents(D("0.0625") * received) + cents(d.rate("district", of="dealer") * received))
    price = d.price + d.goods + d.doc_fee + d.taxable_fee - d.discounts
    base = positive(price - d.traded)
    if d.buyer.get("residence") == "nonResident":
        rate = CHART.get(d.buyer["homeState"])
        tax = cents(D(rate) * base) if rate else D(0)
        return Expect(tax=min(tax, D(500)) if d.buyer["homeState"] == "SC" else tax)
    tax = cents(D("0.0625") * base) + cents(d.rate("district", of="dealer") * base)
    for entry in d.local:
        if entry.get("tax") == "use":
            tax += cents(D(entry["rate"]) * base)
    return credited(d, tax)


def deals():
    yield from common_deals(BASE)
    for deal in common_leases(BASE):
        if deal.term > 12:  # a lease of a year or less has another tax
            yield deal
    for fee in near("367.70"):
        yield BASE.but(doc_fee=fee, date="2025-12-31")
        yield BASE.but(doc_fee=fee, date="2025-01-01")
    for rate in ("0", "0.0025", "0.0075"):
        yield BASE.but(local=(levy("dealer", "district", rate),), allowance=D("7777.77"))
    chicago = (TRANSIT, levy("buyer", "city", "0.0125", tax="use", name="Chicago"), levy("buyer", "county", "0.01", tax="use", name="Cook"))
    for price in ("29999.99", "30000", "40404.04"):
        yield BASE.but(local=chicago, price=D(price))
        yield BASE.but(local=chicago, price=D(price), allowance=D("8000.08"))
    for home in [*CHART, "WI", "MO", "OR"]:
        for price in ("9999.99", "10000", "30000"):
            yield BASE.but(buyer={"residence": "nonResident", "homeState": home}, price=D(price))
    for paid in near("2175"):
        yield BASE.but(buyer={"taxPaidElsewhere": str(paid)})
