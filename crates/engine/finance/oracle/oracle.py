"""A second reading of the tax facts, in another language and by other hands than the rule files.

Each module of `states/` says in a few lines of Python what a jurisdiction takes on a deal, and names the thresholds,
caps and dates at which it changes. This file makes deals around them, one cent and one day to either side, and writes
each with the expected figures as a line of JSON. The engine's test puts every line through the whole calculator.

It shares nothing with the rule files: not their keys, not their vocabulary of bases, not their arithmetic.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def D(value) -> Decimal:
    return Decimal(str(value))


def cents(value) -> Decimal:
    """Half a cent goes up, as the facts state their examples."""
    return D(value).quantize(CENT, rounding=ROUND_HALF_UP)


def positive(value) -> Decimal:
    return max(Decimal(0), D(value))


def clamp(value, low=None, high=None) -> Decimal:
    if low is not None:
        value = max(value, D(low))
    return value if high is None else min(value, D(high))


def band(value, low, high=None) -> Decimal:
    """The slice of an amount between two bounds."""
    top = value if high is None else min(value, D(high))
    return positive(top - D(low))


def edge(value, step="0.01"):
    """One step below a bound, the bound, one step above."""
    return [D(value) - D(step), D(value), D(value) + D(step)]


def near(*values, step="0.01"):
    return [each for value in values for each in edge(value, step) if each >= 0]


def around(day: str):
    """The day before, the day, the day after."""
    middle = datetime.date.fromisoformat(day)
    return [(middle + datetime.timedelta(days=shift)).isoformat() for shift in (-1, 0, 1)]


@dataclass(frozen=True)
class Deal:
    """What is typed into a deal. Money as Decimal, everything else as the calculator's JSON has it."""

    state: str = ""
    date: str = "2026-03-10"
    kind: str = "cash"  # cash, finance or lease
    price: Decimal = D(30000)
    accessories: Decimal = D(0)
    doc_fee: Decimal = D(0)
    allowance: Decimal = D(0)
    payoff: Decimal = D(0)
    trade: dict = field(default_factory=dict)  # leased, class, taxedHere
    rebates: dict = field(default_factory=dict)  # kind -> amount
    products: dict = field(default_factory=dict)  # kind -> price
    fees: dict = field(default_factory=dict)  # code -> amount, in place of the rule's or the store's own
    taxable_fee: Decimal = D(0)  # one of the store's own, part of the price
    vehicle: dict = field(default_factory=lambda: {"condition": "new"})
    buyer: dict = field(default_factory=dict)
    occasion: str = "sale"
    seller: str = "newDealer"
    elections: dict = field(default_factory=dict)
    local: tuple = ()  # see `levy`
    dealer_place: dict | None = None
    buyer_place: dict | None = None
    cash_down: Decimal = D(0)
    # Lease terms. Nothing is capitalised, so that the payment follows from price, reductions and residual alone.
    term: int = 36
    money_factor: Decimal = D("0.002")
    residual: Decimal = D(15000)
    acquisition_fee: Decimal = D(0)

    def but(self, **changes) -> "Deal":
        return dataclasses.replace(self, **changes)

    @property
    def new(self) -> bool:
        return self.vehicle.get("condition") == "new"

    @property
    def equity(self) -> Decimal:
        return positive(self.allowance - self.payoff)

    @property
    def negative_equity(self) -> Decimal:
        return positive(self.payoff - self.allowance)

    def rebate(self, *kinds) -> Decimal:
        return sum((D(self.rebates.get(kind, 0)) for kind in kinds), D(0))

    def product(self, *kinds) -> Decimal:
        return sum((D(self.products.get(kind, 0)) for kind in kinds), D(0))

    @property
    def discounts(self) -> Decimal:
        """Never part of a price: the dealer's own discount, and the maker's payment that the dealer must pass on."""
        return self.rebate("dealer", "dealerIncentive")

    @property
    def goods(self) -> Decimal:
        """Things put on the vehicle at the sale: accessories, paint protection, theft systems."""
        return self.accessories + self.product("appearance", "theft")

    def rate(self, *levels, of=None, tax="general") -> Decimal:
        """Sum of the local rates that reach this deal."""
        reach = ("both", "lease" if self.kind == "lease" else "sale")
        found = Decimal(0)
        for entry in self.local:
            if (not levels or entry["level"] in levels) and entry["appliesTo"] in reach:
                if (of is None or entry["placeRole"] == of) and entry.get("tax", "general") == tax:
                    found += D(entry["rate"])
        return found

    # The lease without any tax in its capitalised cost.
    @property
    def cap_reduction(self) -> Decimal:
        """Cash, rebates that pay now, and net trade."""
        return self.cash_down + self.reducing_rebates + self.equity

    @property
    def reducing_rebates(self) -> Decimal:
        return self.rebate("manufacturer", "dealer", "dealerIncentive")

    @property
    def received(self) -> Decimal:
        """What a lessor receives at signing beside the first payment and the charges: cash, the maker's rebate, trade equity.
        The dealer's own discount is no receipt."""
        return self.cash_down + self.rebate("manufacturer") + self.equity

    @property
    def traded(self) -> Decimal:
        """The allowance for vehicles that are the buyer's to trade."""
        return D(0) if self.trade.get("leased") else self.allowance

    @property
    def gross_cap(self) -> Decimal:
        return self.price + self.accessories + self.negative_equity

    @property
    def adjusted_cap(self) -> Decimal:
        return self.gross_cap - self.cap_reduction

    @property
    def payment(self) -> Decimal:
        """Depreciation and rent in one sum, to the cent."""
        adjusted = self.adjusted_cap
        return cents((adjusted - self.residual) / self.term + (adjusted + self.residual) * self.money_factor)

    @property
    def rent(self) -> Decimal:
        return self.payment * self.term - (self.adjusted_cap - self.residual)

    def request(self) -> dict:
        """The calculator's request."""
        money = lambda amount: str(cents(amount))
        deal = {
            "dealDate": self.date,
            "occasion": self.occasion,
            "seller": self.seller,
            "vehicle": self.vehicle,
            "buyer": self.buyer,
            "dealerPlace": self.dealer_place or {"state": self.state},
            "buyerPlace": self.buyer_place or {"state": self.state},
            "price": money(self.price),
            "docFee": money(self.doc_fee),
            "cashDown": money(self.cash_down),
            "elections": self.elections,
            "fees": [{"code": code, "name": code, "amount": money(a)} for code, a in self.fees.items()],
            "rebates": [{"kind": kind, "name": kind, "amount": money(a)} for kind, a in self.rebates.items()],
            "products": [{"kind": kind, "name": kind, "price": money(a)} for kind, a in self.products.items()],
        }
        if self.taxable_fee:
            own = {"code": "own", "name": "Store's own", "amount": money(self.taxable_fee), "taxable": True}
            deal["fees"].append(own)
        if self.accessories:
            deal["accessories"] = [{"name": "accessories", "price": money(self.accessories)}]
        if self.allowance or self.payoff:
            trade = {"description": "trade", "allowance": money(self.allowance), "payoff": money(self.payoff)}
            deal["trades"] = [trade | self.trade]
        if self.kind == "lease":
            nothing = dict.fromkeys(["acquisitionFee", "docFee", "governmentFees", "products", "upfrontTax"], False)
            column = {
                "kind": "lease", "id": "it", "termMonths": self.term, "moneyFactor": str(self.money_factor),
                "residual": {"amount": money(self.residual)}, "acquisitionFee": money(self.acquisition_fee),
                "capitalize": nothing,
            }
        elif self.kind == "finance":
            column = {"kind": "finance", "id": "it", "termMonths": 60, "rate": "0.05"}
        else:
            column = {"kind": "cash", "id": "it"}
        deal["columns"] = [column]
        return {"input": deal, "rates": {"asOf": self.date, "entries": list(self.local)}}


def levy(role: str, level: str, rate, reach: str = "both", tax: str = "general", name: str = "") -> dict:
    """One local levy: whose place (dealer, buyer, garaging), which level, its rate."""
    entry = {
        "placeRole": role, "level": level, "name": name or f"a {level}", "rate": str(rate), "appliesTo": reach,
        "source": "oracle", "verified": True,
    }
    return entry if tax == "general" else entry | {"tax": tax}


@dataclass
class Expect:
    """What the calculator must answer; what is None is not asked.

    tax: everything the store collects over the whole deal. buyer: what the buyer pays to an office himself. owed: both together.
    signing: due at signing, on a lease without the tax in the first payment. per_payment: with each lease payment.
    fees: amounts by code, None for a fee that must not be there. error: the code of a refusal. notices: codes that must be among them.
    """

    tax: Decimal | None = None
    buyer: Decimal | None = None
    owed: Decimal | None = None
    signing: Decimal | None = None
    per_payment: Decimal | None = None
    fees: dict | None = None
    error: str | None = None
    notices: list | None = None

    def wire(self) -> dict:
        out = {}
        for key, name in [("tax", "total"), ("buyer", "buyerPays"), ("owed", "owed"), ("signing", "atSigning"), ("per_payment", "perPayment")]:
            value = getattr(self, key)
            if value is not None:
                out[name] = str(cents(value))
        if self.fees:
            out["fees"] = {code: None if a is None else str(cents(a)) for code, a in self.fees.items()}
        if self.error:
            out["error"] = self.error
        if self.notices:
            out["notices"] = self.notices
        return out


def upfront(tax, buyer=None) -> Expect:
    """A lease taxed at signing only."""
    return Expect(tax=tax, signing=tax, per_payment=D(0), buyer=buyer)


def credited(deal: Deal, tax) -> Expect:
    """A sale whose tax is lessened by what was paid to another state."""
    return Expect(tax=tax - min(tax, D(deal.buyer.get("taxPaidElsewhere", 0))))


def billed(deal: Deal, rate, at_signing_base, on_payment: bool = True) -> Expect:
    """A lease taxed as billed at one rate: what is received at signing, and each payment, each rounded on its own."""
    signing = cents(D(rate) * at_signing_base)
    each = cents(D(rate) * deal.payment) if on_payment else D(0)
    return Expect(tax=signing + each * deal.term, signing=signing, per_payment=each)


def common_deals(base: Deal):
    """Sales that every jurisdiction must answer: prices, trades, rebates, products, fees, one cent to either side."""
    for price in ["0.00", "0.01", "0.07", "1", "99.99", "1234.56", "9999.99", "10000", "27431.17", "64999.95"]:
        yield base.but(price=D(price))
    used = {"condition": "used"}
    for allowance in near("12000", "30000") + [D("0.01"), D("45000")]:
        yield base.but(allowance=allowance)
        yield base.but(allowance=allowance, vehicle=base.vehicle | used)
    for payoff in near("12000"):
        yield base.but(allowance=D(12000), payoff=payoff)
    yield base.but(allowance=D(12000), payoff=D("17456.78"))
    yield base.but(allowance=D(12000), trade={"leased": True})
    for kind in ["manufacturer", "manufacturerLater", "dealer", "dealerIncentive"]:
        for amount in ["0.01", "1500", "2750.55"]:
            yield base.but(rebates={kind: D(amount)})
    for kind in ["serviceContract", "gap", "maintenance", "tireWheel", "appearance", "theft", "key"]:
        yield base.but(products={kind: D("1895.45")})
        yield base.but(products={kind: D("0.05")})
    yield base.but(products={"serviceContract": D(2495), "gap": D(895), "maintenance": D("749.99")})
    for fee in ["0.01", "75", "84.99"]:
        yield base.but(doc_fee=D(fee))
    for fee in ["0.01", "199.99"]:
        yield base.but(taxable_fee=D(fee))
    for extra in ["0.01", "1249.50"]:
        yield base.but(accessories=D(extra))
    yield base.but(kind="finance", cash_down=D(2500), allowance=D(9000), payoff=D(4000))
    yield base.but(
        allowance=D("8250.10"), rebates={"manufacturer": D(1000), "dealer": D(500)}, doc_fee=D(50), accessories=D("333.33"),
        price=D("41987.65"),
    )


def common_leases(base: Deal):
    """Leases that every jurisdiction must answer. No fee is capitalised."""
    lease = base.but(kind="lease")
    for price in ["18000", "29999.99", "30000", "30000.01", "52345.67"]:
        yield lease.but(price=D(price))
    for cash in ["0.01", "1999.99", "2000", "2500.55"]:
        yield lease.but(cash_down=D(cash))
    for allowance in ["0.01", "3000", "7999.99"]:
        yield lease.but(allowance=D(allowance))
    yield lease.but(allowance=D(6000), payoff=D(4500))
    yield lease.but(allowance=D(6000), payoff=D("7500.25"))
    for amount in ["0.01", "1500"]:
        yield lease.but(rebates={"manufacturer": D(amount)})
    yield lease.but(rebates={"dealer": D(750)})
    yield lease.but(cash_down=D(1000), allowance=D(2000), rebates={"manufacturer": D(500)})
    for term in [12, 24, 39, 48]:
        yield lease.but(term=term)
    yield lease.but(acquisition_fee=D(695))
    yield lease.but(doc_fee=D(75))
    yield lease.but(taxable_fee=D("199.99"))


def write(module, out) -> int:
    """All deals of one jurisdiction with their expected figures, as lines of JSON. Deals that come twice are written once."""
    seen = set()
    for deal in module.deals():
        expected = module.expect(deal)
        if expected is None:  # the facts are silent
            continue
        request = deal.request()
        key = json.dumps(request, sort_keys=True)
        if key in seen:
            continue
        seen.add(key)
        line = {"id": f"{deal.state}-{len(seen):03}", "request": request, "expect": expected.wire()}
        out.write(json.dumps(line) + "\n")
    return len(seen)
