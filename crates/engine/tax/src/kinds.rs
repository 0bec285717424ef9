//! The closed vocabularies that rule files and deals share: every word here has one spelling in TOML (`snake_case`) and one
//! on the wire (`camelCase`).

use serde::{Deserialize, Serialize};

/// A closed vocabulary: wire form in camelCase, rule-file form in `snake_case`, and the list of all words.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $( $(#[$vmeta:meta])* $variant:ident = $word:literal ),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(rename_all = "camelCase")]
        pub enum $name { $( $(#[$vmeta])* $variant ),+ }

        impl $name {
            /// Every word of the vocabulary, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// How many words there are.
            pub const COUNT: usize = Self::ALL.len();

            /// The word as rule files spell it.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The word's position, usable as an index into an array of [`Self::COUNT`].
            #[must_use]
            pub const fn index(self) -> usize {
                self as usize
            }

            /// Reads a rule file's spelling.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

vocabulary! {
    /// Whether the vehicle was titled to a retail buyer before.
    Condition { New = "new", Used = "used" }
}

vocabulary! {
    /// The kinds of vehicle that tax law tells apart.
    VehicleClass {
        Passenger = "passenger",
        /// Pickups and vans that a household buys; "truck" in most registration laws.
        LightTruck = "light_truck",
        /// A commercial truck by weight or class.
        HeavyTruck = "heavy_truck",
        Motorcycle = "motorcycle",
        /// Motor home or recreational vehicle.
        Rv = "rv",
        Trailer = "trailer",
        OffRoad = "off_road",
        Other = "other",
    }
}

vocabulary! {
    /// What the vehicle runs on.
    Fuel {
        Gasoline = "gasoline",
        Diesel = "diesel",
        Flex = "flex",
        Hybrid = "hybrid",
        PlugInHybrid = "plug_in_hybrid",
        Electric = "electric",
        Hydrogen = "hydrogen",
        Gas = "gas",
        Other = "other",
    }
}

vocabulary! {
    /// Products sold with the vehicle, as tax law tells them apart.
    ProductKind {
        ServiceContract = "service_contract",
        /// Guaranteed asset protection or debt cancellation.
        Gap = "gap",
        Maintenance = "maintenance",
        TireWheel = "tire_wheel",
        /// Paint, fabric and dent protection: goods put on the vehicle.
        Appearance = "appearance",
        Theft = "theft",
        Key = "key",
        Other = "other",
    }
}

vocabulary! {
    /// Who reduces the price, and how: the ground on which tax law decides whether a rebate is part of the price.
    RebateKind {
        /// The maker's rebate that the buyer assigns to the dealer at the sale.
        Manufacturer = "manufacturer",
        /// The maker's rebate that reaches the buyer after the sale; it pays nothing at signing.
        ManufacturerLater = "manufacturer_later",
        /// The maker's rebate guaranteed by contract at the sale, paid to the buyer later.
        ManufacturerGuaranteed = "manufacturer_guaranteed",
        /// The dealer's own discount.
        Dealer = "dealer",
        /// The maker pays the dealer, who must lower the price by as much.
        DealerIncentive = "dealer_incentive",
    }
}

vocabulary! {
    /// How the buyer takes the vehicle.
    DealKind { Cash = "cash", Finance = "finance", Lease = "lease" }
}

vocabulary! {
    /// Who sells.
    Seller {
        /// A dealer with a franchise or licence for new vehicles.
        NewDealer = "new_dealer",
        /// A dealer licensed for used vehicles only.
        UsedDealer = "used_dealer",
        Private = "private",
    }
}

vocabulary! {
    /// Why the vehicle changes hands or comes under the jurisdiction.
    Occasion {
        Sale = "sale",
        /// Two vehicles exchanged with nothing paid.
        EvenTrade = "even_trade",
        Gift = "gift",
        /// Within the family, as each law defines it.
        Family = "family",
        /// A new resident brings his own vehicle.
        NewResident = "new_resident",
        /// The lessee buys the vehicle he leased.
        LeaseBuyout = "lease_buyout",
    }
}

vocabulary! {
    BuyerKind { Individual = "individual", Business = "business" }
}

vocabulary! {
    /// Whether the buyer is a resident of the jurisdiction whose rules are applied.
    Residence { Resident = "resident", NonResident = "non_resident" }
}

vocabulary! {
    /// Who levies.
    Level {
        State = "state",
        County = "county",
        City = "city",
        District = "district",
        Region = "region",
        /// Several local levies in one figure.
        Local = "local",
    }
}

vocabulary! {
    /// Whose place decides a local rate.
    PlaceRole { Dealer = "dealer", Buyer = "buyer", Garaging = "garaging" }
}

vocabulary! {
    /// Which deals a local rate reaches.
    AppliesTo { Sale = "sale", Lease = "lease", Both = "both" }
}

vocabulary! {
    /// When, and from whom, a tax falls due.
    Due {
        Signing = "signing",
        /// With each lease payment.
        Payment = "payment",
        /// Owed by the lessor on his own purchase and passed on, in cash or in the capitalised cost.
        Lessor = "lessor",
        /// Paid by the buyer to a public office; the store shows it and never collects it.
        BuyerToCounty = "buyer_to_county",
    }
}

vocabulary! {
    /// The parts of a jurisdiction's law that are verified one by one.
    SectionKind {
        Retail = "retail",
        TradeIn = "trade_in",
        Rebates = "rebates",
        DocFee = "doc_fee",
        Products = "products",
        NegativeEquity = "negative_equity",
        Lease = "lease",
        Fees = "fees",
        Reciprocity = "reciprocity",
        Finance = "finance",
    }
}

vocabulary! {
    /// How much a notice matters.
    Severity { Info = "info", Warning = "warning" }
}

impl DealKind {
    /// Whether local rates of this reach apply to the deal.
    #[must_use]
    pub const fn reached_by(self, applies_to: AppliesTo) -> bool {
        match applies_to {
            AppliesTo::Both => true,
            AppliesTo::Lease => matches!(self, Self::Lease),
            AppliesTo::Sale => !matches!(self, Self::Lease),
        }
    }
}
