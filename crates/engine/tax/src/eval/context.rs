//! One deal under one version of the rules: what was chosen, what the deal touches, and what turned out to be unknown.

use super::unknown::{Missed, Unknown};
use crate::error::RuleError;
use crate::facts::Facts;
use crate::kinds::{DealKind, SectionKind, Severity};
use crate::outcome::Notice;
use crate::rates::ResolvedRates;
use crate::rule::JurisdictionVersion;
use autolytiq_money::Money;
use std::borrow::Cow;

pub(super) struct Context<'a> {
    pub(super) version: &'a JurisdictionVersion,
    pub(super) facts: &'a Facts<'a>,
    pub(super) rates: &'a ResolvedRates,
    /// The option taken for each choice.
    options: [u8; JurisdictionVersion::MAX_CHOICES],
    /// Parts of law that the deal touches, and those that are not verified: bits by [`SectionKind::index`].
    touched: u16,
    unverified: u16,
    missed: Missed,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        version: &'a JurisdictionVersion,
        facts: &'a Facts<'a>,
        rates: &'a ResolvedRates,
    ) -> Result<Self, RuleError> {
        let mut options = [0; JurisdictionVersion::MAX_CHOICES];
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
            missed: Missed::default(),
        })
    }

    /// Whether a choice was settled by an option.
    pub(super) fn chosen(&self, choice: u8, option: u8) -> bool {
        self.options.get(usize::from(choice)) == Some(&option)
    }

    /// Remembers that a rule asked for a fact nobody gave.
    pub(super) fn missed(&self, fact: Unknown) {
        self.missed.add(fact);
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
        self.missed.notices()
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
