//! A jurisdiction's rules for people: what `GET /calc/states/{code}` shows.

use crate::kinds::{Due, Level, SectionKind};
use crate::rule::{
    ChoiceOption, FinanceLimitKind, Jurisdiction, JurisdictionVersion, Line, Rows, Scope, Source, SumOf, Term,
};
use autolytiq_money::{Money, Rate};
use jiff::civil::Date;
use serde::Serialize;
use std::fmt::Write as _;

/// One version of a jurisdiction's rules in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Description {
    pub code: &'static str,
    pub name: &'static str,
    /// What the law calls the tax.
    pub tax: &'static str,
    #[serde(with = "autolytiq_calendar::iso")]
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub effective: Date,
    /// First day of the next version, when one is known.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    #[serde(skip_serializing_if = "Option::is_none", with = "autolytiq_calendar::iso::option")]
    pub next: Option<Date>,
    /// SHA-256 of this version's content.
    pub hash: &'static str,
    pub sections: Vec<SectionDescription>,
    pub choices: Vec<ChoiceDescription>,
    /// Taxes on a sale.
    pub retail: Vec<LineDescription>,
    pub lease: Vec<LineDescription>,
    /// Taxes on the note of a financed sale.
    pub note: Vec<LineDescription>,
    pub fees: Vec<LineDescription>,
    pub doc_fee_limits: Vec<LineDescription>,
    pub finance_limits: Vec<LimitDescription>,
    pub exemptions: Vec<ExemptionDescription>,
}

/// One part of the law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SectionDescription {
    pub section: SectionKind,
    pub words: &'static str,
    pub verified: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    #[serde(with = "autolytiq_calendar::iso")]
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub effective: Date,
    pub sources: Vec<&'static Source>,
}

/// A choice that the law leaves open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChoiceDescription {
    /// The key of `elections` in a deal.
    pub name: &'static str,
    pub by: &'static str,
    pub words: &'static str,
    pub default: &'static str,
    pub options: Vec<OptionDescription>,
}

/// One way to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OptionDescription {
    pub name: &'static str,
    pub words: &'static str,
}

/// A tax, a fee, or a limit on the documentation fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LineDescription {
    pub id: &'static str,
    pub name: &'static str,
    pub level: Level,
    pub due: Due,
    /// How it is computed, with the components' names as rule files write them.
    pub formula: String,
    /// Whether it applies only under conditions.
    pub conditional: bool,
    pub verified: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    pub source: &'static Source,
}

/// A limit on the price of credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LimitDescription {
    pub id: &'static str,
    pub name: &'static str,
    pub kind: FinanceLimitKind,
    pub limit: Rate,
    /// Obeying any one of the alternatives is enough.
    pub alternative: bool,
    pub verified: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    pub source: &'static Source,
}

/// A ground on which no tax is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExemptionDescription {
    pub id: &'static str,
    pub name: &'static str,
    pub source: &'static Source,
}

/// A jurisdiction and the periods of its rules, for a list of what is supported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Supported {
    pub code: &'static str,
    pub name: &'static str,
    /// First day for which there are rules.
    #[serde(with = "autolytiq_calendar::iso")]
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub from: Date,
    /// Whether every section of the newest version is verified.
    pub verified: bool,
}

/// The rules of one version in plain words.
#[must_use]
pub fn describe(version: &JurisdictionVersion) -> Description {
    let sections = version.sections.iter().map(|section| SectionDescription {
        section: section.kind,
        words: section.words,
        verified: section.verified,
        reason: section.reason,
        effective: section.effective,
        sources: section.sources.to_vec(),
    });
    let choices = version.choices.iter().map(|choice| ChoiceDescription {
        name: choice.name,
        by: choice.by,
        words: choice.words,
        default: choice.options.get(usize::from(choice.default)).map_or("", |option| option.name),
        options: choice.options.iter().map(option).collect(),
    });
    let limits = version.finance_limits.iter().map(|cap| LimitDescription {
        id: cap.id,
        name: cap.name,
        kind: cap.kind,
        limit: cap.limit,
        alternative: cap.alternative,
        verified: cap.verified,
        reason: cap.reason,
        source: cap.source,
    });
    let exemptions = version.exemptions.iter().map(|exemption| ExemptionDescription {
        id: exemption.id,
        name: exemption.name,
        source: exemption.source,
    });
    let lines = |lines: &[Line]| lines.iter().map(|line| described(version, line)).collect();
    Description {
        code: version.code,
        name: version.name,
        tax: version.tax,
        effective: version.effective,
        next: version.next,
        hash: version.hash,
        sections: sections.collect(),
        choices: choices.collect(),
        retail: lines(version.retail),
        lease: lines(version.lease),
        note: lines(version.note),
        fees: version.fees.iter().map(|fee| described(version, &fee.line)).collect(),
        doc_fee_limits: version.doc_fee_limits.iter().map(|cap| described(version, &cap.line)).collect(),
        finance_limits: limits.collect(),
        exemptions: exemptions.collect(),
    }
}

/// What is supported, for a list.
#[must_use]
pub fn supported(jurisdiction: &Jurisdiction) -> Supported {
    let newest = jurisdiction.versions.last();
    Supported {
        code: jurisdiction.code,
        name: jurisdiction.name,
        from: jurisdiction.versions.first().map_or(Date::MIN, |version| version.effective),
        verified: newest.is_some_and(|version| version.sections.iter().all(|section| section.verified)),
    }
}

fn option(option: &ChoiceOption) -> OptionDescription {
    OptionDescription { name: option.name, words: option.words }
}

fn described(version: &JurisdictionVersion, line: &Line) -> LineDescription {
    let section = version.sections.iter().find(|section| section.kind == line.section && !section.verified);
    let reason = if line.verified { section.and_then(|section| section.reason) } else { line.reason };
    LineDescription {
        id: line.id,
        name: line.name,
        level: line.level,
        due: line.due,
        formula: formula(line),
        conditional: !line.when.is_empty(),
        verified: line.verified && section.is_none(),
        reason,
        source: line.source,
    }
}

/// The line as a formula: `0.0275 × (price - trade:allowance) from 1600.00 to 3200.00`.
fn formula(line: &Line) -> String {
    let mut parts = Vec::new();
    if let Some(flat) = line.flat {
        parts.push(flat.to_string());
    }
    if let Some(per) = &line.per {
        parts.push(format!(
            "{} per {} {} above {}",
            per.amount,
            per.unit.normalize(),
            by(per.by),
            per.over.normalize()
        ));
    }
    let rate = rate(line);
    if !rate.is_empty() {
        parts.push(if line.base.is_empty() { rate } else { format!("{rate} × {}", base(line)) });
    }
    let mut text = parts.join(" + ");
    if line.times != 1 {
        text = format!("{} × ({text})", line.times);
    }
    let bounds = [("at least", line.min), ("at most", line.max)];
    for (words, amount) in bounds {
        if let Some(amount) = amount {
            text.push_str(&format!(", {words} {amount}"));
        }
    }
    if let Some(unit) = line.round_to {
        text.push_str(&format!(", in whole {unit}"));
    }
    if !line.max_of.is_empty() {
        text.push_str(&format!(", at most {}", sum(line.max_of)));
    }
    text
}

fn rate(line: &Line) -> String {
    let mut parts = Vec::new();
    if let Some(fixed) = line.rate.fixed {
        parts.push(fixed.to_string());
    }
    if let Some(local) = line.rate.local {
        parts.push(format!("local rate of the {} place", local.of.word()));
    }
    if line.rate.tiers.is_some() {
        parts.push(format!("table by {}", by(line.rate.tiers_by)));
    }
    if let Some(matrix) = line.rate.matrix {
        parts.push(format!("table by {} and {}", by(matrix.rows_by), by(matrix.columns_by)));
    }
    let text = parts.join(" + ");
    if parts.len() > 1 { format!("({text})") } else { text }
}

fn base(line: &Line) -> String {
    let mut text = sum(line.base);
    let words = [("but at least", line.floor), ("but at most", line.ceiling), ("less", line.credits)];
    for (word, terms) in words {
        if !terms.is_empty() {
            text = format!("({text} {word} {})", sum(terms));
        }
    }
    if let Some(band) = line.band {
        let to = band.to.map_or_else(String::new, |to| format!(" to {to}"));
        let term = if line.over_term { " over the term" } else { "" };
        text.push_str(&format!(" from {}{to}{term}", band.from));
    }
    if let Some(step) = line.base_step {
        text.push_str(&format!(" in units of {}", step.unit));
    }
    text
}

fn by(rows: Rows) -> String {
    match rows {
        Rows::Measure(measure) => measure.word().to_owned(),
        Rows::Sum(terms) => sum(terms),
    }
}

fn sum(terms: SumOf) -> String {
    let mut text = String::new();
    for (position, term) in terms.iter().enumerate() {
        let sign = match (position, term.negative) {
            (0, false) => "",
            (0, true) => "-",
            (_, false) => " + ",
            (_, true) => " - ",
        };
        // Writing to a string cannot fail.
        let _ = write!(text, "{sign}{}", one(term));
    }
    if terms.len() > 1 { format!("({text})") } else { text }
}

fn one(term: &Term) -> String {
    let part = term.part.map_or_else(String::new, |part| format!("{part} × "));
    let limit = term.up_to.map_or_else(String::new, |limit: Money| format!(" up to {limit}"));
    let maybe = if term.when.is_empty() { "" } else { " where it applies" };
    let share = if matches!(term.scope, Scope::Share | Scope::Shares) { " in the payment" } else { "" };
    format!("{part}{}{limit}{share}{maybe}", term.name)
}
