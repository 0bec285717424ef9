//! How a store numbers its deals and its stock.
//!
//! A number that is shown ends with the whole number counted, and what stands before it does not end with a digit: two
//! numbers that are counted apart are never shown as the same text, whichever way the store numbers.

use autolytiq_kernel::problem::FieldError;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The longest beginning, and the most digits; together they fit into a stock number.
const LONGEST_PREFIX: usize = 10;
const MOST_DIGITS: u8 = 9;

/// How a store numbers its deals and its stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Numbering {
    /// New deals. Those that exist keep the number they were given.
    pub deals: DealNumbers,
    /// New vehicles; absent: their stock numbers are typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_vehicles: Option<StockNumbers>,
    /// Used vehicles; absent: their stock numbers are typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_vehicles: Option<StockNumbers>,
}

/// How deals are numbered: `D-10482`, `D-2026-10482`, `26-010482`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DealNumbers {
    /// What stands first: at most 10 letters, digits, `-` and `/`, of which the last is no digit; upper case.
    #[schema(max_length = 10)]
    pub prefix: String,
    /// The year of the deal's date, with a hyphen after it.
    pub year: YearPart,
    /// At least so many digits, with zeros before the number; 0 to 9.
    #[schema(maximum = 9)]
    pub digits: u8,
}

/// How much of the year a deal's number shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum YearPart {
    /// Nothing.
    None,
    /// `26-`
    Two,
    /// `2026-`
    Four,
}

/// How vehicles of a kind are numbered: `N1001`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StockNumbers {
    /// What stands first: at most 10 letters, digits, `-` and `/`, of which the last is no digit; upper case.
    #[schema(max_length = 10)]
    pub prefix: String,
    /// At least so many digits, with zeros before the number; 0 to 9.
    #[schema(maximum = 9)]
    pub digits: u8,
}

/// A series of stock numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Series {
    /// Those of new vehicles.
    NewVehicles,
    /// Those of used vehicles.
    UsedVehicles,
}

impl Series {
    /// The name in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::NewVehicles => "new_vehicles",
            Self::UsedVehicles => "used_vehicles",
        }
    }
}

impl Default for Numbering {
    /// As the product numbers by itself.
    fn default() -> Self {
        let stock = |prefix: &str| Some(StockNumbers { prefix: prefix.to_owned(), digits: 0 });
        Self {
            deals: DealNumbers { prefix: "D-".to_owned(), year: YearPart::None, digits: 0 },
            new_vehicles: stock("N"),
            used_vehicles: stock("U"),
        }
    }
}

impl Numbering {
    /// How a series is numbered; nothing where its numbers are typed.
    #[must_use]
    pub fn of(&self, series: Series) -> Option<&StockNumbers> {
        match series {
            Series::NewVehicles => self.new_vehicles.as_ref(),
            Series::UsedVehicles => self.used_vehicles.as_ref(),
        }
    }

    /// The same in upper case.
    ///
    /// # Errors
    /// What cannot be accepted of it.
    pub(crate) fn checked(mut self) -> Result<Self, Vec<FieldError>> {
        let mut faults = Vec::new();
        check(&mut faults, "/deals", &mut self.deals.prefix, self.deals.digits);
        if let Some(stock) = &mut self.new_vehicles {
            check(&mut faults, "/newVehicles", &mut stock.prefix, stock.digits);
        }
        if let Some(stock) = &mut self.used_vehicles {
            check(&mut faults, "/usedVehicles", &mut stock.prefix, stock.digits);
        }
        if faults.is_empty() { Ok(self) } else { Err(faults) }
    }
}

fn check(faults: &mut Vec<FieldError>, at: &str, prefix: &mut String, digits: u8) {
    *prefix = prefix.trim().to_ascii_uppercase();
    let plain = prefix.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/'));
    if !plain || prefix.len() > LONGEST_PREFIX {
        let detail = "write at most 10 letters, digits, hyphens and slashes";
        faults.push(FieldError::new(format!("{at}/prefix"), "malformed", detail));
    } else if prefix.ends_with(|last: char| last.is_ascii_digit()) {
        let detail = "end with a letter, a hyphen or a slash, so that one sees where the number begins";
        faults.push(FieldError::new(format!("{at}/prefix"), "ends-with-digit", detail));
    }
    if digits > MOST_DIGITS {
        faults.push(FieldError::new(format!("{at}/digits"), "out-of-range", "write a number from 0 to 9"));
    }
}

impl DealNumbers {
    /// A number as the desk says it, of a deal of this date.
    #[must_use]
    pub fn shown(&self, number: i64, date: Date) -> String {
        let year = match self.year {
            YearPart::None => String::new(),
            YearPart::Two => format!("{:02}-", date.year().rem_euclid(100)),
            YearPart::Four => format!("{:04}-", date.year()),
        };
        format!("{}{year}{number:0width$}", self.prefix, width = usize::from(self.digits))
    }
}

impl StockNumbers {
    /// A number as it stands on the vehicle.
    #[must_use]
    pub fn shown(&self, number: i64) -> String {
        format!("{}{number:0width$}", self.prefix, width = usize::from(self.digits))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{DealNumbers, Numbering, StockNumbers, YearPart};

    fn deals(prefix: &str, year: YearPart, digits: u8) -> DealNumbers {
        DealNumbers { prefix: prefix.to_owned(), year, digits }
    }

    #[test]
    fn numbers_are_shown_as_the_store_says() {
        let day = date(2026, 3, 2);
        assert_eq!(Numbering::default().deals.shown(10_482, day), "D-10482");
        assert_eq!(deals("AB/", YearPart::Four, 6).shown(482, day), "AB/2026-000482");
        assert_eq!(deals("", YearPart::Two, 0).shown(7, date(2005, 12, 31)), "05-7");
        assert_eq!(deals("", YearPart::None, 4).shown(123_456, day), "123456", "zeros are added, nothing is cut off");
        assert_eq!(StockNumbers { prefix: "U-".to_owned(), digits: 5 }.shown(42), "U-00042");
    }

    #[test]
    fn a_beginning_that_runs_into_the_number_is_refused() {
        let refused = |prefix: &str, digits: u8| {
            let numbering = Numbering { deals: deals(prefix, YearPart::None, digits), ..Numbering::default() };
            let faults = numbering.checked().err().unwrap_or_default();
            faults.into_iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect::<Vec<_>>()
        };
        // D-1 and 0482 would be D- and 10482.
        assert_eq!(refused("D-1", 0), ["/deals/prefix ends-with-digit"]);
        assert_eq!(refused("D_", 0), ["/deals/prefix malformed"]);
        assert_eq!(refused("ELEVENCHARS", 0), ["/deals/prefix malformed"]);
        assert_eq!(refused("Ü", 10), ["/deals/prefix malformed", "/deals/digits out-of-range"]);
        assert!(refused("", 0).is_empty());
        let typed = Numbering { used_vehicles: None, ..Numbering::default() };
        let typed = Numbering { deals: deals(" d-", YearPart::None, 0), ..typed };
        assert_eq!(typed.checked().unwrap().deals.prefix, "D-");
    }
}
