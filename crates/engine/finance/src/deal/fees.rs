//! The fees of a column: those of the jurisdiction's rules merged with those entered, and the cap on the documentation fee.

use super::calculate::ColumnError;
use super::common::{Depth, Work};
use super::output::{FeeLine, FeeOrigin};
use super::taxes::step_of_fee;
use crate::trace::{Input, Step, Trace};
use crate::{FieldError, FinanceError};
use autolytiq_money::Money;
use autolytiq_tax::{DealKind, Due, Facts, FeeAmount, RuleFees};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The fees of one column.
pub(super) struct Fees {
    pub(super) lines: Vec<FeeLine>,
    /// The steps of the fees of the rules, by code.
    steps: Vec<(Cow<'static, str>, Step)>,
    /// Sum of those the store collects.
    pub(super) total: Money,
}

impl Fees {
    /// The fees the store collects, as the tax rules see them.
    pub(super) fn amounts<'a>(&'a self) -> Vec<FeeAmount<'a>> {
        let collected = self.lines.iter().filter(|line| line.due != Due::BuyerToCounty);
        let amount = |line: &'a FeeLine| FeeAmount {
            code: &line.code,
            amount: line.amount,
            taxable: line.taxable,
            capitalized: line.capitalized.unwrap_or_default(),
        };
        collected.map(amount).collect()
    }

    /// Adds `fee.<code>` for each fee and `fees` for their sum.
    pub(super) fn trace(&self, trace: &mut Trace) {
        if trace.is_off() {
            return;
        }
        let collected = self.lines.iter().filter(|line| line.due != Due::BuyerToCounty);
        let inputs = collected.map(|l| Input::from(l.name.clone(), l.amount, format!("fee.{}", l.code))).collect();
        for (code, step) in &self.steps {
            trace.add(format!("fee.{code}"), step.clone());
        }
        trace.add("fees", Step::of("figure.fees", self.total, "sum of the fees the store collects", inputs));
    }
}

impl Work<'_> {
    /// Merges the fees of the rules with those entered, and holds the documentation fee against its cap.
    pub(super) fn fees(&mut self, deal: DealKind, term_months: Option<u16>) -> Result<Fees, ColumnError> {
        let facts = self.facts(deal, term_months, &[]);
        let RuleFees { fees: from_rules, notices } = autolytiq_tax::fees(self.rules, &facts)?;
        self.notices.extend(notices);
        self.hold_doc_fee(&facts)?;
        let mut lines = Vec::with_capacity(from_rules.len() + self.input.fees.len());
        let explained = self.depth == Depth::Explained;
        let mut steps = Vec::with_capacity(if explained { lines.capacity() } else { 0 });
        for fee in from_rules {
            let entered = self.input.fees.iter().find(|own| own.code == fee.code);
            let amount = entered.map_or(fee.amount, |own| own.amount);
            if explained {
                let step = match entered {
                    Some(own) => Step::of(
                        fee.name,
                        own.amount,
                        "as entered, in place of the rule's amount",
                        vec![Input::given("rule", fee.amount)],
                    ),
                    None => step_of_fee(&fee),
                };
                steps.push((Cow::Borrowed(fee.code), step));
            }
            lines.push(FeeLine {
                code: Cow::Borrowed(fee.code),
                name: Cow::Borrowed(fee.name),
                amount,
                taxable: fee.taxable,
                origin: if entered.is_some() { FeeOrigin::Entered } else { FeeOrigin::Rule },
                due: fee.due,
                capitalized: None,
                verified: entered.is_some() || fee.verified,
                reason: if entered.is_some() { None } else { fee.reason },
                source: if entered.is_some() { None } else { Some(fee.source) },
            });
        }
        for fee in &self.input.fees {
            if lines.iter().any(|line| line.code == fee.code) {
                continue;
            }
            let name: Cow<'static, str> =
                Cow::Owned(if fee.name.is_empty() { fee.code.clone() } else { fee.name.clone() });
            if explained {
                let step = Step::of(name.clone(), fee.amount, "as entered", Vec::new());
                steps.push((Cow::Owned(fee.code.clone()), step));
            }
            lines.push(FeeLine {
                code: Cow::Owned(fee.code.clone()),
                name,
                amount: fee.amount,
                taxable: fee.taxable,
                origin: FeeOrigin::Entered,
                due: Due::Signing,
                capitalized: None,
                verified: true,
                reason: None,
                source: None,
            });
        }
        let collected = lines.iter().filter(|line| line.due != Due::BuyerToCounty).map(|line| line.amount);
        let total = Money::try_sum(collected).map_err(FinanceError::from)?;
        Ok(Fees { lines, steps, total })
    }

    /// A documentation fee above what the law of the dealer's own state allows is refused, wherever the vehicle will be
    /// registered; above what that law merely presumes, or where our reading of it is not verified, it is a warning.
    fn hold_doc_fee(&mut self, facts: &Facts<'_>) -> Result<(), ColumnError> {
        if self.input.doc_fee.is_zero() {
            return Ok(());
        }
        let state = &self.input.dealer_place.state;
        let rules = match autolytiq_tax::jurisdiction(state, self.input.deal_date) {
            _ if *state == self.rules.code => self.rules,
            Ok(rules) => rules,
            // The dealer's state is one whose rules we do not have.
            Err(_) => return Ok(()),
        };
        // What was elected is for the rules of the deal's own state to know; another state's leave other things open.
        let none = BTreeMap::new();
        let elections = if rules.code == self.rules.code { facts.elections } else { &none };
        let Some(cap) = autolytiq_tax::doc_fee_limit(rules, &Facts { elections, ..*facts })? else { return Ok(()) };
        if self.input.doc_fee <= cap.limit {
            return Ok(());
        }
        let detail = format!(
            "the documentation fee of {} is above the limit of {} in {}: {} ({}, {})",
            self.input.doc_fee, cap.limit, rules.name, cap.words, cap.source.title, cap.source.citation
        );
        if cap.binding && cap.verified {
            return Err(ColumnError::Field(FieldError::new("/docFee", "doc-fee-above-limit", detail)));
        }
        self.notices.warn("doc-fee-above-limit", detail, "/docFee");
        Ok(())
    }
}
