//! Who bought what, and how it went. Oldest first.

use Change::{Appraised, BuyRate, Down, Finance, NoLease, Price, Product, Rebate, Trade};
use Step::{Approve, Cancel, Close, Desk, Finance as FniOffice, Pencil, Reject, Reopen, Submit};
use autolytiq_money::Rate;
use autolytiq_tax::ProductKind::{self, Gap, Maintenance, ServiceContract, TireWheel};
use autolytiq_tax::RebateKind::{self, Manufacturer};

/// One deal from its opening on.
pub(crate) struct Story {
    pub(crate) days_ago: i64,
    /// Minutes before the anchor's time of day.
    pub(crate) minutes_ago: i64,
    /// Place in the list of the staff.
    pub(crate) salesperson: usize,
    /// Place in the list of customers.
    pub(crate) customer: usize,
    pub(crate) stock: &'static str,
    pub(crate) steps: &'static [Step],
}

/// Something that somebody does to the deal.
pub(crate) enum Step {
    /// The salesperson's pencil, with a note.
    Pencil(&'static str, &'static [Change]),
    /// The manager's pencil, with the reason.
    Desk(&'static str, &'static [Change]),
    /// The finance office's pencil, with a note.
    Finance(&'static str, &'static [Change]),
    Submit,
    Approve,
    Reject(&'static str),
    Cancel(&'static str),
    Close,
    Reopen(&'static str),
}

/// A change to the newest input. Amounts in dollars.
pub(crate) enum Change {
    Price(i32),
    Down(i32),
    /// Description, allowance, payoff.
    Trade(&'static str, i32, i32),
    /// What the last trade is worth to the store.
    Appraised(i32),
    Rebate(RebateKind, &'static str, i32),
    /// Price, and cost where the person may say it.
    Product(ProductKind, &'static str, i32, Option<i32>),
    /// Months and yearly rate.
    Finance(u16, Rate),
    /// The lender's rate and the store's share of the spread.
    BuyRate(Rate, Rate),
    /// Used vehicles are not leased here.
    NoLease,
}

/// Hundredths of a per cent.
const fn points(hundredths: i64) -> Rate {
    Rate::from_units(hundredths * 100_000_000)
}

const ALEX: usize = 3;
const JORDAN: usize = 4;
const SAM: usize = 5;
const CASEY: usize = 6;

const fn story(
    days_ago: i64,
    minutes_ago: i64,
    salesperson: usize,
    customer: usize,
    stock: &'static str,
    steps: &'static [Step],
) -> Story {
    Story { days_ago, minutes_ago, salesperson, customer, stock, steps }
}

pub(crate) const STORIES: [Story; 15] = [
    story(
        19,
        170,
        ALEX,
        1,
        "U4410",
        &[
            Pencil("Wants the truck today.", &[Down(2_500), NoLease, Trade("2017 Silverado LT", 13_500, 6_200)]),
            Submit,
            Desk("Over a hundred days on the lot", &[Price(26_988), Appraised(12_800)]),
            Approve,
            FniOffice(
                "Service contract and GAP",
                &[
                    Product(ServiceContract, "Seven years, 100,000 miles", 2_395, Some(1_180)),
                    Product(Gap, "GAP", 795, Some(210)),
                    BuyRate(points(549), points(7_500)),
                ],
            ),
            Close,
        ],
    ),
    story(17, 95, JORDAN, 6, "N2605", &[Pencil("Cash buyer.", &[Down(5_000)]), Submit, Approve, Close]),
    story(
        15,
        240,
        SAM,
        11,
        "N2609",
        &[
            Pencil("Registers in Knox County.", &[Down(4_000), Trade("2018 Sorento LX", 11_250, 0)]),
            Submit,
            Desk("Trade is cleaner than described", &[Appraised(11_900)]),
            Approve,
            Close,
        ],
    ),
    story(
        12,
        130,
        CASEY,
        3,
        "U4414",
        &[
            Pencil(
                "Rolls what is owed on the Altima.",
                &[NoLease, Down(1_000), Trade("2021 Altima SV", 11_800, 18_700), Finance(84, points(1_149))],
            ),
            Submit,
            Reject("Too much owed for this car: find one that a lender takes, or 3,000 more down"),
        ],
    ),
    story(
        10,
        60,
        ALEX,
        9,
        "N2619",
        &[
            Pencil(
                "Electric, asks about the payment only.",
                &[Down(2_000), Rebate(Manufacturer, "Maker's cash", 1_500)],
            ),
            Cancel("Bought elsewhere"),
        ],
    ),
    story(
        8,
        200,
        JORDAN,
        12,
        "N2607",
        &[
            Pencil("Registers in Duval County.", &[Down(3_500)]),
            Submit,
            Approve,
            Close,
            Reopen("Lender asks for 66 months instead of 72"),
        ],
    ),
    story(
        6,
        80,
        SAM,
        10,
        "N2601",
        &[
            Pencil("Registers in Los Angeles.", &[Down(6_000), Trade("2019 CR-V EX", 16_400, 9_800)]),
            Submit,
            Approve,
            FniOffice(
                "Maintenance taken, GAP declined",
                &[
                    Product(Maintenance, "Five years of maintenance", 1_295, Some(640)),
                    BuyRate(points(549), points(7_500)),
                ],
            ),
        ],
    ),
    story(
        3,
        150,
        CASEY,
        15,
        "U4403",
        &[
            Pencil("Registers in Franklin County.", &[NoLease, Down(2_000), Finance(72, points(799))]),
            Pencil("Two thousand more down.", &[Down(4_000)]),
            Submit,
            Desk("Matched a written offer from Plano", &[Price(26_995)]),
            Approve,
        ],
    ),
    story(
        1,
        260,
        ALEX,
        7,
        "N2612",
        &[Pencil("Wants 649 a month.", &[Down(3_000), Rebate(Manufacturer, "Retail bonus cash", 1_000)]), Submit],
    ),
    story(
        0,
        235,
        ALEX,
        0,
        "N2602",
        &[
            Pencil(
                "Be-back. Outback Touring, buy or lease.",
                &[
                    Price(41_250),
                    Down(3_000),
                    Rebate(Manufacturer, "Customer cash", 500),
                    Trade("2020 Forester Premium", 11_500, 9_240),
                ],
            ),
            Pencil("Asked for less down.", &[Down(2_000)]),
            Submit,
        ],
    ),
    story(0, 180, JORDAN, 13, "N2621", &[Pencil("Registers in Fulton County.", &[Down(5_000)]), Submit]),
    story(
        0,
        150,
        SAM,
        4,
        "U4408",
        &[
            Pencil("First car, parent will co-sign.", &[NoLease, Down(1_500), Finance(60, points(874))]),
            Pencil("With tire and wheel cover.", &[Product(TireWheel, "Tire and wheel, five years", 699, None)]),
        ],
    ),
    story(
        0,
        110,
        CASEY,
        14,
        "N2616",
        &[Pencil("Registers in Chicago.", &[Down(4_500), Trade("2018 Highlander LE", 17_900, 3_400)])],
    ),
    story(
        0,
        70,
        ALEX,
        16,
        "N2618",
        &[Pencil(
            "Registers in Portland: no sales tax there.",
            &[Down(2_500), Rebate(Manufacturer, "Retail bonus cash", 2_000)],
        )],
    ),
    story(0, 25, JORDAN, 23, "U4411", &[]),
];
