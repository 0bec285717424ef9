//! One deal under one version of the rules: what was chosen, what the deal touches, and what turned out to be unknown.

use crate::error::RuleError;
use crate::facts::Facts;
use crate::kinds::{DealKind, SectionKind, Severity};
use crate::outcome::Notice;
use crate::rates::ResolvedRates;
use crate::rule::{JurisdictionVersion, Measure};
use autolytiq_money::Money;
use std::borrow::Cow;
use std::cell::Cell;

/// Most choices a jurisdiction may leave open; the compiler of rule files keeps to it.
const MAX_CHOICES: usize = 8;

pub(super) struct Context<'a> {
    pub(super) version: &'a JurisdictionVersion,
    pub(super) facts: &'a Facts<'a>,
    pub(super) rates: &'a ResolvedRates,
    /// The option taken for each choice.
    options: [u8; MAX_CHOICES],
    /// Parts of law that the deal touches, and those that are not verified: bits by [`SectionKind::index`].
    touched: u16,
    unverified: u16,
    /// Facts that a rule asked for and nobody gave: bits by [`Unknown`].
    unknown: Cell<u32>,
}

/// A fact that may be absent.
#[derive(Debug, Clone, Copy)]
pub(super) enum Unknown {
    Measure(Measure),
    Msrp,
    FairValue,
    AssessedValue,
    GuideTradeValue,
    HomeTax,
    HomeRate,
    LocalRates,
}

impl Unknown {
    const ALL: [Self; 17] = [
        Self::Measure(Measure::WeightLb),
        Self::Measure(Measure::GvwrLb),
        Self::Measure(Measure::Mpg),
        Self::Measure(Measure::ModelYear),
        Self::Measure(Measure::Age),
        Self::Measure(Measure::Odometer),
        Self::Measure(Measure::Cylinders),
        Self::Measure(Measure::TermMonths),
        Self::Measure(Measure::DaysTitledElsewhere),
        Self::Measure(Measure::PrivateSaleDays),
        Self::Msrp,
        Self::FairValue,
        Self::AssessedValue,
        Self::GuideTradeValue,
        Self::HomeTax,
        Self::HomeRate,
        Self::LocalRates,
    ];

    /// Its bit, and what to tell: pointer and sentence. Absence that means "no" is not told.
    fn told(self) -> (u32, Option<(&'static str, &'static str)>) {
        let (bit, told) = match self {
            Self::Measure(Measure::WeightLb) => (
                0,
                Some(("/vehicle/weightLb", "The vehicle's weight is not given, so what depends on it is left out.")),
            ),
            Self::Measure(Measure::GvwrLb) => (
                1,
                Some((
                    "/vehicle/gvwrLb",
                    "The gross weight rating is not given; rules for heavy vehicles were not applied.",
                )),
            ),
            Self::Measure(Measure::Mpg) => {
                (2, Some(("/vehicle/mpg", "The fuel economy is not given, so what depends on it is left out.")))
            }
            Self::Measure(Measure::ModelYear) | Self::Measure(Measure::Age) => (
                3,
                Some((
                    "/vehicle/modelYear",
                    "The model year is not given, so what depends on the vehicle's age is left out.",
                )),
            ),
            Self::Measure(Measure::Odometer) => (
                4,
                Some(("/vehicle/odometer", "The odometer reading is not given, so what depends on it is left out.")),
            ),
            Self::Measure(Measure::Cylinders) => (
                5,
                Some((
                    "/vehicle/cylinders",
                    "The number of cylinders is not given, so what depends on it is left out.",
                )),
            ),
            Self::Measure(Measure::TermMonths) => (6, None),
            Self::Measure(Measure::DaysTitledElsewhere) => (7, None),
            Self::Measure(Measure::PrivateSaleDays) => (8, None),
            Self::Msrp => {
                (9, Some(("/vehicle/msrp", "The list price is not given, so what depends on it is left out.")))
            }
            Self::FairValue => {
                (10, Some(("/vehicle/fairValue", "The book value is not given; what depends on it was left out.")))
            }
            Self::AssessedValue => (
                11,
                Some(("/vehicle/assessedValue", "The assessed value is not given; what depends on it was left out.")),
            ),
            Self::GuideTradeValue => (
                12,
                Some((
                    "/vehicle/guideTradeValue",
                    "The guide's trade-in value is not given; what depends on it was left out.",
                )),
            ),
            Self::HomeTax => (
                13,
                Some((
                    "/buyer/homeStateTax",
                    "What the home state would take is not given; its limit was not applied.",
                )),
            ),
            Self::HomeRate => {
                (14, Some(("/buyer/homeStateRate", "The home state's rate is not given; its limit was not applied.")))
            }
            Self::LocalRates => {
                (15, Some(("/buyerPlace", "No local rate is known for the place that decides; local tax is left out.")))
            }
        };
        (1 << bit, told)
    }
}

impl<'a> Context<'a> {
    pub(super) fn new(
        version: &'a JurisdictionVersion,
        facts: &'a Facts<'a>,
        rates: &'a ResolvedRates,
    ) -> Result<Self, RuleError> {
        let mut options = [0; MAX_CHOICES];
        for (slot, choice) in options.iter_mut().zip(version.choices) {
            *slot = choice.default;
        }
        for (name, wanted) in facts.elections {
            let index = version.choices.iter().position(|choice| choice.name == name).ok_or_else(|| {
                RuleError::UnknownElection { code: version.code, name: name.chars().take(64).collect() }
            })?;
            let choice = version.choices.get(index).ok_or(RuleError::Overflow)?;
            let option = choice.options.iter().position(|option| option.name == wanted).ok_or_else(|| {
                RuleError::UnknownOption {
                    name: choice.name,
                    option: wanted.chars().take(64).collect(),
                    options: choice.options.iter().map(|option| option.name).collect::<Vec<_>>().join(", "),
                }
            })?;
            if let Some(slot) = options.get_mut(index) {
                *slot = u8::try_from(option).unwrap_or(choice.default);
            }
        }
        let unverified = version.sections.iter().filter(|section| !section.verified);
        Ok(Self {
            version,
            facts,
            rates,
            options,
            touched: touched(facts),
            unverified: unverified.fold(0, |mask, section| mask | 1 << section.kind.index()),
            unknown: Cell::new(0),
        })
    }

    /// Whether a choice was settled by an option.
    pub(super) fn chosen(&self, choice: u8, option: u8) -> bool {
        self.options.get(usize::from(choice)) == Some(&option)
    }

    /// Remembers that a rule asked for a fact nobody gave.
    pub(super) fn missed(&self, fact: Unknown) {
        self.unknown.set(self.unknown.get() | fact.told().0);
    }

    /// Why a result that rests on this part of law, and on these others where the deal touches them, is not verified.
    pub(super) fn doubt(&self, section: SectionKind, depends: u16) -> Option<&'static str> {
        let doubtful = self.unverified & (1 << section.index() | depends & self.touched);
        if doubtful == 0 {
            return None;
        }
        let first = self.version.sections.iter().find(|section| doubtful & (1 << section.kind.index()) != 0)?;
        Some(first.reason.unwrap_or("not verified"))
    }

    /// Everything the reader must know: remarks that apply, unverified law that the deal touches, unknown facts.
    pub(super) fn notices(&self) -> Vec<Notice> {
        let mut notices = Vec::new();
        for remark in self.version.remarks {
            if self.holds(remark.when) {
                notices.push(Notice {
                    code: Cow::Borrowed(remark.code),
                    severity: if remark.warning { Severity::Warning } else { Severity::Info },
                    detail: Cow::Borrowed(remark.words),
                    pointer: remark.pointer.map(Cow::Borrowed),
                    source: Some(remark.source),
                });
            }
        }
        let own = match self.facts.deal {
            DealKind::Lease => SectionKind::Lease,
            DealKind::Cash | DealKind::Finance => SectionKind::Retail,
        };
        let doubtful = self.unverified & (self.touched | 1 << own.index());
        for section in self.version.sections.iter().filter(|section| doubtful & (1 << section.kind.index()) != 0) {
            notices.push(Notice {
                code: Cow::Borrowed("unverified"),
                severity: Severity::Warning,
                detail: Cow::Borrowed(section.reason.unwrap_or("not verified")),
                pointer: None,
                source: section.sources.first().copied(),
            });
        }
        notices.append(&mut self.unknown_facts());
        notices
    }

    /// A notice for every fact that a rule asked for and nobody gave.
    pub(super) fn unknown_facts(&self) -> Vec<Notice> {
        let mut notices = Vec::new();
        if self.unknown.get() == 0 {
            return notices;
        }
        let mut told = 0;
        for (bit, words) in Unknown::ALL.into_iter().map(Unknown::told) {
            if let Some((pointer, detail)) = words
                && self.unknown.get() & bit & !told != 0
            {
                told |= bit;
                notices.push(Notice {
                    code: Cow::Borrowed("fact-missing"),
                    severity: Severity::Warning,
                    detail: Cow::Borrowed(detail),
                    pointer: Some(Cow::Borrowed(pointer)),
                    source: None,
                });
            }
        }
        notices
    }
}

/// The parts of law that decide something about this deal beside the tax on the price itself.
fn touched(facts: &Facts<'_>) -> u16 {
    let amounts = &facts.amounts;
    let bit = |section: SectionKind, touches: bool| u16::from(touches) << section.index();
    let owes = amounts.trades.iter().any(|trade| trade.payoff > trade.allowance);
    bit(SectionKind::TradeIn, amounts.trades.iter().any(|trade| trade.allowance.is_positive()))
        | bit(SectionKind::Rebates, amounts.rebates.iter().any(|rebate| rebate.is_positive()))
        | bit(SectionKind::DocFee, amounts.doc_fee.is_positive())
        | bit(SectionKind::Products, amounts.products.iter().any(|product: &Money| product.is_positive()))
        | bit(SectionKind::NegativeEquity, owes)
}
