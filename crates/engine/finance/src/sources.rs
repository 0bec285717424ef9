//! The federal rules that the figures of credit and leases follow.

use autolytiq_tax::Source;
use jiff::civil::date;

/// Truth in Lending: the actuarial method, and the figures disclosed.
pub static REGULATION_Z: Source = Source {
    title: "Truth in Lending (Regulation Z)",
    citation: "12 CFR 1026.18, 1026.22 and Appendix J",
    url: Some("https://www.consumerfinance.gov/rules-policy/regulations/1026/"),
    publisher: "Consumer Financial Protection Bureau",
    checked: date(2026, 11, 21),
};

/// Consumer leasing: the chain from capitalised cost to payment, and the figures disclosed.
pub static REGULATION_M: Source = Source {
    title: "Consumer Leasing (Regulation M)",
    citation: "12 CFR 1013.4",
    url: Some("https://www.consumerfinance.gov/rules-policy/regulations/1013/4/"),
    publisher: "Consumer Financial Protection Bureau",
    checked: date(2026, 11, 21),
};

/// The federal limit of the Rule of 78.
pub static RULE_OF_78: Source = Source {
    title: "Prohibition on use of \"Rule of 78's\" in connection with mortgage refinancings and other consumer loans",
    citation: "15 USC 1615(b)",
    url: Some("https://www.law.cornell.edu/uscode/text/15/1615"),
    publisher: "Office of the Law Revision Counsel",
    checked: date(2026, 11, 21),
};
