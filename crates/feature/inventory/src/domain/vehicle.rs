//! A vehicle in stock: what is known of it, what may be typed, and what follows from it.

use std::{fmt, str::FromStr};

use autolytiq_kernel::{Form, VehicleId, problem::FieldError};
use autolytiq_money::Money;
use autolytiq_tax::{Condition, Fuel, VehicleClass};
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::vin::Vin;

/// The most a single vehicle's amounts may be: what the engine takes as a price.
const MOST: Money = Money::from_dollars(10_000_000);

/// Where a vehicle is in its life on the lot. Deals move it; nobody types it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum VehicleStatus {
    /// For sale.
    InStock,
    /// Held for an approved deal.
    Pending,
    /// Delivered.
    Sold,
}

impl VehicleStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::InStock, Self::Pending, Self::Sold];

    /// The name in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InStock => "in_stock",
            Self::Pending => "pending",
            Self::Sold => "sold",
        }
    }
}

impl fmt::Display for VehicleStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::InStock => "in stock",
            Self::Pending => "pending",
            Self::Sold => "sold",
        })
    }
}

/// A text that is no status.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no status of a vehicle")]
pub struct UnknownStatus(pub String);

impl FromStr for VehicleStatus {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or_else(|| UnknownStatus(text.to_owned()))
    }
}

/// What a person types about a vehicle, not yet checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VehicleForm {
    /// Made by the client, version 7. Needed to add a vehicle; when one is changed it may be repeated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<VehicleId>,
    /// The store's own number, unique within the store; upper case. Absent from a new vehicle: the next one of the store's
    /// numbering, where it has one for such vehicles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 20)]
    pub stock_number: Option<String>,
    /// Seventeen characters with a right check digit.
    #[schema(max_length = 17)]
    pub vin: String,
    /// New, or titled before.
    pub condition: Condition,
    /// Model year. It must be one the VIN's tenth character stands for.
    pub year: u16,
    /// Make, as the store writes it.
    #[schema(max_length = 40)]
    pub make: String,
    /// Model.
    #[schema(max_length = 60)]
    pub model: String,
    /// Trim level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 60)]
    pub trim: Option<String>,
    /// Body: sedan, SUV, crew cab.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 40)]
    pub body_class: Option<String>,
    /// The class tax law sees; absent means a passenger car.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<VehicleClass>,
    /// Miles.
    pub odometer: u32,
    /// The maker's suggested retail price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub msrp: Option<Money>,
    /// Asking price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    /// What the store paid, with transport and reconditioning. Refused from a role that may not see it; absent from such
    /// a role it stays as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Money>,
    /// Unladen weight in pounds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_lb: Option<u32>,
    /// Combined miles per gallon, or the equivalent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mpg: Option<u16>,
    /// What it runs on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fuel: Option<Fuel>,
    /// The day it came onto the lot; its age is counted from here.
    #[schema(value_type = String, format = Date)]
    pub received_on: Date,
}

/// A vehicle whose facts were checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct VehicleFacts {
    pub(crate) stock_number: String,
    pub(crate) vin: Vin,
    pub(crate) condition: Condition,
    pub(crate) year: u16,
    pub(crate) make: String,
    pub(crate) model: String,
    pub(crate) trim: Option<String>,
    pub(crate) body_class: Option<String>,
    pub(crate) class: Option<VehicleClass>,
    pub(crate) odometer: u32,
    pub(crate) msrp: Option<Money>,
    pub(crate) price: Option<Money>,
    pub(crate) cost: Option<Money>,
    pub(crate) weight_lb: Option<u32>,
    pub(crate) mpg: Option<u16>,
    pub(crate) fuel: Option<Fuel>,
    pub(crate) received_on: Date,
}

impl VehicleFacts {
    /// Reads the form. `today` is the store's civil date.
    ///
    /// # Errors
    /// Everything that is wrong with it, field by field.
    pub(crate) fn read(form: &VehicleForm, today: Date) -> Result<Self, Vec<FieldError>> {
        let mut check = Form::new();
        let stock_number = stock_number(&mut check, form.stock_number.as_deref().unwrap_or_default());
        let vin = check.take("/vin", Vin::parse(&form.vin));
        if let Some(vin) = &vin {
            let years = vin.model_years();
            if !years.contains(&i16::try_from(form.year).unwrap_or(i16::MAX)) {
                let [a, b] = years;
                check.refuse("/year", "vin-year", format!("the VIN's tenth character stands for {a} or {b}"));
            }
        }
        let newest = today.year().saturating_add(1);
        if !(1981..=newest).contains(&i16::try_from(form.year).unwrap_or(i16::MAX)) {
            check.refuse("/year", "out-of-range", format!("the model year must be from 1981 to {newest}"));
        }
        if form.odometer > 2_000_000 {
            check.refuse("/odometer", "out-of-range", "the odometer must be at most 2,000,000 miles");
        }
        for (pointer, amount) in [("/msrp", form.msrp), ("/price", form.price), ("/cost", form.cost)] {
            amount_in_range(&mut check, pointer, amount);
        }
        if form.weight_lb.is_some_and(|weight| !(100..=200_000).contains(&weight)) {
            check.refuse("/weightLb", "out-of-range", "the weight must be from 100 to 200,000 pounds");
        }
        if form.mpg.is_some_and(|mpg| !(1..=999).contains(&mpg)) {
            check.refuse("/mpg", "out-of-range", "fuel economy must be from 1 to 999 miles per gallon");
        }
        if form.received_on < date(1900, 1, 1) {
            check.refuse("/receivedOn", "too-early", "the day must be in 1900 or later");
        } else if form.received_on > today {
            check.refuse("/receivedOn", "in-future", "the day must not be in the future");
        }
        let make = check.line("/make", &form.make, 40);
        let model = check.line("/model", &form.model, 60);
        let trim = check.optional_line("/trim", form.trim.as_deref(), 60);
        let body_class = check.optional_line("/bodyClass", form.body_class.as_deref(), 40);
        let facts = vin.map(|vin| Self {
            stock_number,
            vin,
            condition: form.condition,
            year: form.year,
            make,
            model,
            trim,
            body_class,
            class: form.class,
            odometer: form.odometer,
            msrp: form.msrp,
            price: form.price,
            cost: form.cost,
            weight_lb: form.weight_lb,
            mpg: form.mpg,
            fuel: form.fuel,
            received_on: form.received_on,
        });
        match check.finish(facts)? {
            Some(facts) => Ok(facts),
            // Without a VIN the form was refused above.
            None => Err(Vec::new()),
        }
    }

    /// What the search looks through: stock number, VIN, year, make, model and trim, folded.
    pub(crate) fn search_text(&self) -> String {
        let trim = self.trim.as_deref().unwrap_or_default();
        autolytiq_kernel::search::fold(&format!(
            "{} {} {} {} {} {trim}",
            self.stock_number, self.vin, self.year, self.make, self.model
        ))
    }
}

/// Year, make, model and trim in one line: "2025 Subaru Outback Touring".
#[must_use]
pub(crate) fn label(year: impl std::fmt::Display, make: &str, model: &str, trim: Option<&str>) -> String {
    match trim {
        Some(trim) => format!("{year} {make} {model} {trim}"),
        None => format!("{year} {make} {model}"),
    }
}

/// Whole days on the lot; 0 on the day it came.
#[must_use]
pub(crate) fn aging_days(received_on: Date, today: Date) -> i64 {
    today.since(received_on).map_or(0, |span| i64::from(span.get_days()).max(0))
}

fn stock_number(check: &mut Form, text: &str) -> String {
    let number = check.line("/stockNumber", text, 20).to_uppercase();
    if !number.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/')) {
        check.refuse("/stockNumber", "stock-number", "a stock number has letters, digits, '-', '.' and '/' only");
    }
    number
}

fn amount_in_range(check: &mut Form, pointer: &str, amount: Option<Money>) {
    match amount {
        Some(amount) if amount.is_negative() => check.refuse(pointer, "negative", "the amount must not be negative"),
        Some(amount) if amount > MOST => {
            check.refuse(pointer, "too-large", format!("the amount must be at most {MOST}"));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use autolytiq_tax::Condition;
    use jiff::civil::date;

    use super::{VehicleFacts, VehicleForm, aging_days, label};

    fn form() -> VehicleForm {
        VehicleForm {
            id: None,
            stock_number: Some(" u4471 ".to_owned()),
            vin: "1G4AH59H45G118341".to_owned(),
            condition: Condition::Used,
            year: 2005,
            make: "Buick".to_owned(),
            model: "LeSabre".to_owned(),
            trim: None,
            body_class: Some("Sedan".to_owned()),
            class: None,
            odometer: 88_000,
            msrp: None,
            price: Some("4995.00".parse().unwrap()),
            cost: None,
            weight_lb: Some(3_567),
            mpg: Some(22),
            fuel: None,
            received_on: date(2026, 1, 5),
        }
    }

    fn refusals(change: impl FnOnce(&mut VehicleForm)) -> Vec<String> {
        let mut form = form();
        change(&mut form);
        let errors = VehicleFacts::read(&form, date(2026, 3, 1)).err().unwrap_or_default();
        errors.iter().map(|error| format!("{} {}", error.pointer, error.code)).collect()
    }

    #[test]
    fn a_right_form_is_read() {
        let facts = VehicleFacts::read(&form(), date(2026, 3, 1)).unwrap();
        assert_eq!(facts.stock_number, "U4471");
        assert_eq!(facts.search_text(), "u4471 1g4ah59h45g118341 2005 buick lesabre");
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        assert_eq!(refusals(|f| f.vin = "1G4AH59H55G118341".to_owned()), ["/vin vin-check-digit"]);
        assert_eq!(refusals(|f| f.year = 2006), ["/year vin-year"]);
        assert_eq!(refusals(|f| f.year = 2035), ["/year out-of-range"]);
        assert_eq!(refusals(|f| f.price = Some("-0.01".parse().unwrap())), ["/price negative"]);
        assert_eq!(refusals(|f| f.msrp = Some("10000000.01".parse().unwrap())), ["/msrp too-large"]);
        assert_eq!(refusals(|f| f.received_on = date(1899, 12, 31)), ["/receivedOn too-early"]);
        assert_eq!(refusals(|f| f.received_on = date(2026, 3, 2)), ["/receivedOn in-future"]);
        assert_eq!(refusals(|f| f.stock_number = Some("U 4471%".to_owned())), ["/stockNumber stock-number"]);
        assert_eq!(refusals(|f| f.stock_number = None), ["/stockNumber required"]);
        assert_eq!(refusals(|f| f.mpg = Some(0)), ["/mpg out-of-range"]);
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let wrong = refusals(|f| {
            f.vin = String::new();
            f.make = " ".to_owned();
            f.odometer = 9_999_999;
        });
        assert_eq!(wrong, ["/vin vin-length", "/odometer out-of-range", "/make required"]);
    }

    #[test]
    fn age_and_label() {
        assert_eq!(aging_days(date(2026, 1, 5), date(2026, 3, 1)), 55);
        assert_eq!(aging_days(date(2026, 3, 1), date(2026, 3, 1)), 0);
        assert_eq!(label(2025, "Subaru", "Outback", Some("Touring")), "2025 Subaru Outback Touring");
    }
}
