//! The rules of each period of a file: for every day on which something changes, everything in force on that day.

use super::dated::Day;
use super::forms::{TermDef, Words};
use super::lines::{List, line, rate_at, stands_on};
use super::source::{ChoiceDef, File, LineDef, SectionDef, WhenDef};
use super::terms::{Place, is_component, sum};
use super::{Loaded, Mistake, Said, conditions, leak, leak_str, pack};
use crate::kinds::SectionKind;
use crate::rule::{
    Choice, ChoiceOption, Credit, DocFeeCap, Exemption, Fee, FinanceCap, FinanceLimitKind, JurisdictionVersion, Line,
    Remark, Section, Source, Test,
};
use jiff::civil::Date;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// What is needed while the rules of one day are made.
pub(super) struct Making<'a> {
    file: &'a File,
    day: &'a Day,
    sources: &'a BTreeMap<&'a str, &'static Source>,
    used_sources: &'a RefCell<BTreeSet<String>>,
    /// Names of choices and their options, in order.
    choices: Vec<(&'a str, Vec<&'a str>)>,
    groups: RefCell<Vec<String>>,
    taxed_fees: RefCell<BTreeSet<String>>,
}

impl Making<'_> {
    pub(super) fn day(&self) -> &Day {
        self.day
    }

    pub(super) fn base(&self, name: &str) -> Option<&[TermDef]> {
        self.file.bases.get(name).map(|list| list.get_ref().as_slice())
    }

    pub(super) fn choice(&self, name: &str) -> Option<(u8, &[&str])> {
        let index = self.choices.iter().position(|(known, _)| *known == name)?;
        Some((u8::try_from(index).ok()?, self.choices.get(index)?.1.as_slice()))
    }

    pub(super) fn used_fee(&self, code: &str) {
        self.taxed_fees.borrow_mut().insert(code.to_owned());
    }

    pub(super) fn group(&self, name: &str) -> Said<u8> {
        let mut groups = self.groups.borrow_mut();
        let index = groups.iter().position(|known| known == name).unwrap_or_else(|| {
            groups.push(name.to_owned());
            groups.len() - 1
        });
        u8::try_from(index).ok().filter(|index| *index < 4).ok_or_else(|| "at most 4 rounding groups".to_owned())
    }

    pub(super) fn source(&self, name: &str) -> Said<&'static Source> {
        self.used_sources.borrow_mut().insert(name.to_owned());
        self.sources.get(name).copied().ok_or_else(|| format!("there is no source \"{name}\" in [sources]"))
    }

    fn in_force(&self, from: Option<Date>, to: Option<Date>) -> Said<bool> {
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            return Err(format!("it ends on {to}, before it begins on {from}"));
        }
        let after = to.map(|to| to.tomorrow().map_err(|error| error.to_string())).transpose()?;
        from.into_iter().chain(after).for_each(|date| self.day.note(date));
        Ok(from.is_none_or(|from| from <= self.day.date) && to.is_none_or(|to| to >= self.day.date))
    }

    fn when(&self, when: Option<&WhenDef>, place: Place<'_>) -> Said<&'static [Test]> {
        when.map_or(Ok(&[]), |when| conditions::tests(self, when, place))
    }
}

/// Reads one word of a vocabulary.
pub(super) fn word<T>(read: fn(&str) -> Option<T>, text: &str, what: &str) -> Said<T> {
    read(text).ok_or_else(|| format!("\"{text}\" is not a word for {what}"))
}

/// Reads several words of a vocabulary.
pub(super) fn words<T>(read: fn(&str) -> Option<T>, list: &Words, what: &str) -> Said<&'static [T]> {
    Ok(leak(list.0.iter().map(|text| word(read, text, what)).collect::<Said<Vec<_>>>()?))
}

fn at<T, R>(item: &Spanned<T>, make: impl FnOnce(&T) -> Said<R>) -> Result<R, Mistake> {
    make(item.get_ref()).map_err(|message| Mistake { at: item.span().start, message })
}

pub(super) fn lower(file: &File) -> Result<Loaded, Mistake> {
    let code = at(&file.code, |code| {
        let plain = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        if plain { Ok(leak_str(code)) } else { Err(format!("\"{code}\" is not a code of two capital letters")) }
    })?;
    if file.choices.len() > JurisdictionVersion::MAX_CHOICES {
        at(&file.code, |_| Err(format!("more than {} choices", JurisdictionVersion::MAX_CHOICES)))?;
    }
    for (name, list) in &file.bases {
        at(list, |_| base_name(file, name, &mut Vec::new()))?;
    }
    let mut sources = BTreeMap::new();
    for (name, def) in &file.sources {
        sources.insert(name.as_str(), at(def, source)?);
    }
    let used = RefCell::new(BTreeSet::new());
    let mut versions: Vec<JurisdictionVersion> = Vec::new();
    let mut dates = BTreeSet::from([file.from]);
    let mut date = file.from;
    loop {
        let day = Day { date, changes: RefCell::default() };
        let mut version = version(file, code, &day, &sources, &used)?;
        dates.extend(day.changes.into_inner());
        let next = dates.range(date..).find(|other| **other > date).copied();
        version.next = next;
        version.hash = leak_str(&pack::hash(&version));
        versions.push(version);
        match next {
            Some(next) => date = next,
            None => break,
        }
    }
    for (name, def) in &file.sources {
        at(
            def,
            |_| if used.borrow().contains(name) { Ok(()) } else { Err(format!("source \"{name}\" is never used")) },
        )?;
    }
    Ok(Loaded { code, name: leak_str(&file.name), versions })
}

/// A list in [bases] is no component, and does not hold itself, directly or through others.
fn base_name<'a>(file: &'a File, name: &'a str, open: &mut Vec<&'a str>) -> Said<()> {
    if is_component(name) {
        return Err(format!("the list \"{name}\" has the name of a component"));
    }
    if open.contains(&name) {
        return Err(format!("the list \"{name}\" holds itself"));
    }
    open.push(name);
    for TermDef(term) in file.bases.get(name).into_iter().flat_map(Spanned::get_ref) {
        let inner = term.of.as_deref().or(term.less.as_deref()).filter(|inner| file.bases.contains_key(*inner));
        inner.map_or(Ok(()), |inner| base_name(file, inner, open))?;
    }
    open.pop();
    Ok(())
}

fn source(def: &super::source::SourceDef) -> Said<&'static Source> {
    if def.title.is_empty() || def.publisher.is_empty() {
        return Err("a source needs a title and a publisher".to_owned());
    }
    Ok(Box::leak(Box::new(Source {
        title: leak_str(&def.title),
        citation: leak_str(&def.citation),
        url: def.url.as_ref().map(|url| leak_str(url)),
        publisher: leak_str(&def.publisher),
        checked: def.checked,
    })))
}

fn version(
    file: &File,
    code: &'static str,
    day: &Day,
    sources: &BTreeMap<&str, &'static Source>,
    used_sources: &RefCell<BTreeSet<String>>,
) -> Result<JurisdictionVersion, Mistake> {
    let choices = file
        .choices
        .iter()
        .map(|(name, def)| (name.as_str(), def.get_ref().options.keys().map(String::as_str).collect()));
    let making = Making {
        file,
        day,
        sources,
        used_sources,
        choices: choices.collect(),
        groups: RefCell::default(),
        taxed_fees: RefCell::default(),
    };
    let retail = list(&making, &file.retail, List::Retail)?;
    let lease = list(&making, &file.lease, List::Lease)?;
    let note = list(&making, &file.note, List::Note)?;
    let taxed = making.taxed_fees.take();
    let fees = list(&making, &file.fee, List::Fee)?;
    Ok(JurisdictionVersion {
        code,
        name: leak_str(&file.name),
        tax: leak_str(&file.tax),
        effective: day.date,
        next: None,
        hash: "",
        sections: sections(&making)?,
        choices: leak(
            file.choices.iter().map(|(name, def)| at(def, |def| choice(name, def))).collect::<Result<_, _>>()?,
        ),
        exemptions: exemptions(&making)?,
        credits: credits(&making, retail, lease)?,
        fees: leak(fees.iter().map(|line| Fee { line: *line, taxable: taxed.contains(line.id) }).collect()),
        retail,
        lease,
        note,
        doc_fee_limits: doc_fee_limits(&making)?,
        finance_limits: finance_limits(&making)?,
        remarks: remarks(&making)?,
    })
}

/// The lines in force, each after those it stands on, otherwise in the order of the file.
fn list(making: &Making<'_>, defs: &[Spanned<LineDef>], kind: List) -> Result<&'static [Line], Mistake> {
    let mut waiting: Vec<&Spanned<LineDef>> = Vec::new();
    for def in defs {
        if at(def, |def| making.in_force(def.from, def.to))? {
            let same = |other: &&Spanned<LineDef>| other.get_ref().id == def.get_ref().id;
            if waiting.iter().any(same) {
                at(def, |def| Err(format!("two lines \"{}\" are in force on {}", def.id, making.day.date)))?;
            }
            waiting.push(def);
        }
    }
    let mut made: Vec<Line> = Vec::new();
    let mut ids: Vec<&'static str> = Vec::new();
    while let Some(first) = waiting.first() {
        let ready = waiting
            .iter()
            .position(|def| stands_on(def.get_ref()).all(|id| waiting.iter().all(|other| other.get_ref().id != id)));
        let Some(ready) = ready else {
            let stuck: Vec<&str> = waiting.iter().map(|def| def.get_ref().id.as_str()).collect();
            return at(first, |_| Err(format!("these lines stand on each other in a circle: {}", stuck.join(", "))));
        };
        let def = waiting.remove(ready);
        let line =
            at(def, |def| line(making, def, kind, &ids).map_err(|error| format!("line \"{}\": {error}", def.id)))?;
        ids.push(line.id);
        made.push(line);
    }
    Ok(leak(made))
}

fn sections(making: &Making<'_>) -> Result<&'static [Section], Mistake> {
    let mut made = Vec::new();
    for (name, def) in &making.file.sections {
        at(def, |_| word(SectionKind::from_word, name, "a section").map(|_| ()))?;
    }
    for kind in SectionKind::ALL {
        let Some(def) = making.file.sections.get(kind.word()) else {
            return at(&making.file.code, |_| Err(format!("[sections.{}] is missing", kind.word())));
        };
        made.push(at(def, |def| section(making, *kind, def))?);
    }
    Ok(leak(made))
}

fn section(making: &Making<'_>, kind: SectionKind, def: &SectionDef) -> Said<Section> {
    if def.verified == def.reason.is_some() {
        return Err("`reason` goes with `verified = false`, and only with it".to_owned());
    }
    if def.sources.is_empty() {
        return Err("a section needs at least one source".to_owned());
    }
    Ok(Section {
        kind,
        words: leak_str(&def.words),
        verified: def.verified,
        reason: def.reason.as_ref().map(|text| leak_str(text)),
        effective: def.from.unwrap_or(making.file.from),
        sources: leak(def.sources.iter().map(|name| making.source(name)).collect::<Said<Vec<_>>>()?),
    })
}

fn choice(name: &str, def: &ChoiceDef) -> Said<Choice> {
    let default = def.options.keys().position(|option| *option == def.default);
    let default = default.and_then(|index| u8::try_from(index).ok());
    let options = def.options.iter().map(|(name, words)| ChoiceOption { name: leak_str(name), words: leak_str(words) });
    Ok(Choice {
        name: leak_str(name),
        by: leak_str(&def.by),
        words: leak_str(&def.words),
        options: leak(options.collect()),
        default: default.ok_or_else(|| format!("the default \"{}\" is not an option", def.default))?,
    })
}

fn exemptions(making: &Making<'_>) -> Result<&'static [Exemption], Mistake> {
    let mut made = Vec::new();
    for def in &making.file.exemption {
        let one = at(def, |def| {
            let in_force = making.in_force(def.from, def.to)?;
            let made = Exemption {
                id: leak_str(&def.id),
                name: leak_str(&def.name),
                when: making.when(Some(&def.when), Place::DEAL)?,
                source: making.source(&def.source)?,
            };
            Ok(in_force.then_some(made))
        })?;
        made.extend(one);
    }
    Ok(leak(made))
}

fn credits(making: &Making<'_>, retail: &[Line], lease: &[Line]) -> Result<&'static [Credit], Mistake> {
    let mut made = Vec::new();
    for def in &making.file.credit {
        let one = at(def, |def| {
            let in_force = making.in_force(def.from, def.to)?;
            let known = |id: &String| retail.iter().chain(lease).any(|line| line.id == id);
            if let Some(unknown) = def.against.iter().find(|id| in_force && !known(id)) {
                return Err(format!("there is no line \"{unknown}\" to credit against"));
            }
            if def.verified.unwrap_or(true) == def.reason.is_some() {
                return Err("`reason` goes with `verified = false`, and only with it".to_owned());
            }
            let made = Credit {
                id: leak_str(&def.id),
                name: leak_str(&def.name),
                when: making.when(def.when.as_ref(), Place::DEAL)?,
                of: sum(making, &def.of, Place::DEAL)?,
                against: leak(def.against.iter().map(|id| leak_str(id)).collect()),
                verified: def.verified.unwrap_or(true),
                reason: def.reason.as_ref().map(|text| leak_str(text)),
                source: making.source(&def.source)?,
            };
            Ok(in_force.then_some(made))
        })?;
        made.extend(one);
    }
    Ok(leak(made))
}

fn doc_fee_limits(making: &Making<'_>) -> Result<&'static [DocFeeCap], Mistake> {
    let defs = &making.file.doc_fee_limit;
    let lines = list(making, defs, List::DocFeeLimit)?;
    let caps = lines.iter().filter_map(|line| {
        let def = defs
            .iter()
            .map(Spanned::get_ref)
            .find(|def| def.id == line.id && making.in_force(def.from, def.to) == Ok(true))?;
        Some(DocFeeCap { line: *line, binding: def.binding?, words: leak_str(def.words.as_deref()?) })
    });
    Ok(leak(caps.collect()))
}

fn finance_limits(making: &Making<'_>) -> Result<&'static [FinanceCap], Mistake> {
    let mut made = Vec::new();
    for def in &making.file.finance_limit {
        let one = at(def, |def| {
            if !making.in_force(def.from, def.to)? {
                return Ok(None);
            }
            if def.verified.unwrap_or(true) == def.reason.is_some() {
                return Err("`reason` goes with `verified = false`, and only with it".to_owned());
            }
            let kind = match def.kind.as_str() {
                "yearly_rate" => FinanceLimitKind::YearlyRate,
                "add_on" => FinanceLimitKind::AddOn,
                "markup" => FinanceLimitKind::Markup,
                other => return Err(format!("\"{other}\" is not a limit; use yearly_rate, add_on or markup")),
            };
            Ok(Some(FinanceCap {
                id: leak_str(&def.id),
                name: leak_str(&def.name),
                kind,
                when: making.when(def.when.as_ref(), Place::DEAL)?,
                limit: rate_at(making, &def.limit, "limit")?,
                alternative: def.alternative,
                verified: def.verified.unwrap_or(true),
                reason: def.reason.as_ref().map(|text| leak_str(text)),
                source: making.source(&def.source)?,
            }))
        })?;
        made.extend(one);
    }
    Ok(leak(made))
}

fn remarks(making: &Making<'_>) -> Result<&'static [Remark], Mistake> {
    let mut made = Vec::new();
    for def in &making.file.remark {
        let one = at(def, |def| {
            if !making.in_force(def.from, def.to)? {
                return Ok(None);
            }
            Ok(Some(Remark {
                code: leak_str(&def.id),
                words: leak_str(&def.words),
                warning: def.warning,
                when: making.when(def.when.as_ref(), Place::LEASE)?,
                pointer: def.pointer.as_ref().map(|text| leak_str(text)),
                source: making.source(&def.source)?,
            }))
        })?;
        made.extend(one);
    }
    Ok(leak(made))
}
