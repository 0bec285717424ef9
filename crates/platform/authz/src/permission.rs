//! The permissions: one per action and resource that exist together.

use std::fmt;
use std::str::FromStr;

use crate::Reach;

/// A kind of thing that permissions speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Resource {
    /// A deal with its pencils and history.
    Deal,
    /// A customer of the store.
    Customer,
    /// A vehicle in stock.
    Vehicle,
    /// A person's membership in the store.
    User,
    /// The table of roles itself.
    Role,
    /// The stores a person may see.
    Dealership,
    /// The store's defaults.
    Settings,
    /// The audit trail.
    Audit,
    /// The messages of the store.
    Mail,
    /// The compliance desk.
    Compliance,
    /// The calculation engine over HTTP.
    Calc,
    /// States, counties, cities and their rates.
    Place,
    /// The stream of live changes.
    Event,
}

impl Resource {
    /// The resource's name in a permission id.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Deal => "deal",
            Self::Customer => "customer",
            Self::Vehicle => "vehicle",
            Self::User => "user",
            Self::Role => "role",
            Self::Dealership => "dealership",
            Self::Settings => "settings",
            Self::Audit => "audit",
            Self::Mail => "mail",
            Self::Compliance => "compliance",
            Self::Calc => "calc",
            Self::Place => "place",
            Self::Event => "event",
        }
    }
}

/// Declares the enum, its ids and its resources from one list, so that none can be forgotten.
macro_rules! permissions {
    ($( $(#[doc = $words:literal])+ $name:ident = $resource:ident, $id:literal; )+) => {
        /// An action on a resource. Its id is what the client knows it by.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Permission {
            $( $(#[doc = $words])+ $name, )+
        }

        impl Permission {
            /// Every permission, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable id: the resource, then the action (`deal.approve`, `deal.cost.view`).
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// What it lets a person do, as a sentence.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self { $(Self::$name => concat!($($words),+).trim(),)+ }
            }

            /// What the permission is about.
            #[must_use]
            pub const fn resource(self) -> Resource {
                match self { $(Self::$name => Resource::$resource,)+ }
            }
        }
    };
}

permissions! {
    /// See deals, their pencils and their history, without the figures that have a permission of their own.
    DealRead = Deal, "deal.read";
    /// Open a deal for a customer and a vehicle.
    DealCreate = Deal, "deal.create";
    /// Add a pencil.
    DealEdit = Deal, "deal.edit";
    /// Ask for approval.
    DealSubmit = Deal, "deal.submit";
    /// Change the price of a deal that was submitted.
    DealReprice = Deal, "deal.reprice";
    /// Approve a submitted deal.
    DealApprove = Deal, "deal.approve";
    /// Send a submitted deal back, with a reason.
    DealReject = Deal, "deal.reject";
    /// End a deal that will not happen, with a reason.
    DealCancel = Deal, "deal.cancel";
    /// Close an approved deal.
    DealClose = Deal, "deal.close";
    /// Take a closed, cancelled or rejected deal up again, with a reason.
    DealReopen = Deal, "deal.reopen";
    /// See and set what the store paid: vehicle, trade at actual cash value, products, pack.
    DealCostView = Deal, "deal.cost.view";
    /// See what the store earns on the deal.
    DealGrossView = Deal, "deal.gross.view";
    /// See and set buy rates and the lender's reserve.
    DealReserveView = Deal, "deal.reserve.view";
    /// Find and see customers, protected fields masked.
    CustomerRead = Customer, "customer.read";
    /// Add a customer.
    CustomerCreate = Customer, "customer.create";
    /// Change a customer.
    CustomerEdit = Customer, "customer.edit";
    /// See protected fields (date of birth) in clear; each view is audited.
    CustomerProtectedView = Customer, "customer.protected.view";
    /// Hand out all that is held on a customer, protected fields in clear; each export is audited.
    CustomerExport = Customer, "customer.export";
    /// Erase a customer for good, forbid it by a legal hold, and set how long customers are kept.
    CustomerErase = Customer, "customer.erase";
    /// Find and see vehicles, without their cost.
    VehicleRead = Vehicle, "vehicle.read";
    /// Take a vehicle into stock.
    VehicleCreate = Vehicle, "vehicle.create";
    /// Change a vehicle.
    VehicleEdit = Vehicle, "vehicle.edit";
    /// See and set what the store paid for a vehicle.
    VehicleCostView = Vehicle, "vehicle.cost.view";
    /// See who works in the store.
    UserRead = User, "user.read";
    /// Give a person access to the store.
    UserCreate = User, "user.create";
    /// Change a person's role in the store, end their access or give it back.
    UserSetRole = User, "user.set-role";
    /// See what each role may do.
    RoleRead = Role, "role.read";
    /// Make, change and remove the store's own roles.
    RoleEdit = Role, "role.edit";
    /// See the stores one may read.
    DealershipRead = Dealership, "dealership.read";
    /// See the desk's defaults.
    SettingsRead = Settings, "settings.read";
    /// Change the desk's defaults.
    SettingsEdit = Settings, "settings.edit";
    /// Read the audit trail.
    AuditRead = Audit, "audit.read";
    /// Read the mail log.
    MailRead = Mail, "mail.read";
    /// See the compliance desk: evidence, vendors, incidents, reviews.
    ComplianceRead = Compliance, "compliance.read";
    /// Keep the compliance desk's registers and sign off.
    ComplianceEdit = Compliance, "compliance.edit";
    /// Compute a deal, a tax, a payment, without storing anything.
    CalcRun = Calc, "calc.run";
    /// Look up places and their rates.
    PlaceRead = Place, "place.read";
    /// Import and withdraw the store's tables of local rates.
    PlaceImport = Place, "place.import";
    /// Follow live changes.
    EventRead = Event, "event.read";
}

impl Permission {
    /// Its place in [`Permission::ALL`].
    pub(crate) fn place(self) -> usize {
        Self::ALL.iter().position(|other| *other == self).unwrap_or(usize::MAX)
    }

    /// How far it can reach: deals are somebody's own and their team's, stores and their people are a group's, everything
    /// else is the store's.
    #[must_use]
    pub const fn reaches(self) -> &'static [Reach] {
        match self {
            // Whoever opens a deal is its salesperson: a team makes no difference to that.
            Self::DealCreate => &[Reach::No, Reach::Own, Reach::Store],
            Self::DealRead
            | Self::DealEdit
            | Self::DealSubmit
            | Self::DealReprice
            | Self::DealApprove
            | Self::DealReject
            | Self::DealCancel
            | Self::DealClose
            | Self::DealReopen => &[Reach::No, Reach::Own, Reach::Team, Reach::Store],
            Self::DealershipRead | Self::UserRead | Self::UserSetRole => &[Reach::No, Reach::Store, Reach::Group],
            _ => &[Reach::No, Reach::Store],
        }
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// A text that is no permission's id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no permission called {0:?}")]
pub struct UnknownPermission(pub String);

impl FromStr for Permission {
    type Err = UnknownPermission;

    fn from_str(id: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|p| p.id() == id).ok_or_else(|| UnknownPermission(id.to_owned()))
    }
}
