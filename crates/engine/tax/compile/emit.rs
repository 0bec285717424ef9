//! Rule values as Rust source, and the hash of a version's content.
//!
//! Both come from one walk. For the source, slices are interned: equal slices of any version or jurisdiction become one
//! static, so that a new rate next January costs the binary a few lines and not a second copy of the file. For the hash
//! they are written out in place, so that it depends on the content alone.

use crate::kinds::{
    BuyerKind, Condition, DealKind, Due, Fuel, Level, Occasion, PlaceRole, ProductKind, RebateKind, Residence,
    SectionKind, Seller, VehicleClass,
};
use crate::rule::{
    Band, BaseStep, Choice, ChoiceOption, Component, Credit, DocFeeCap, Exemption, Fee, FinanceCap, FinanceLimitKind,
    JurisdictionVersion, Line, Local, Matrix, Measure, Per, Range, RateRule, Remark, Row, Rows, Scope, Section, Source,
    Term, Test, TradeFilter,
};
use autolytiq_money::{Money, Rate, Rounding};
use jiff::civil::Date;
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// SHA-256 of a version's content as 64 hexadecimal digits; its own `hash` field does not count.
pub(crate) fn hash(version: &JurisdictionVersion) -> String {
    let own = format!("hash: {:?}", version.hash);
    let text = version.emit(&mut Writer { interned: None }).replacen(&own, "hash: \"\"", 1);
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Where slices go.
pub(crate) struct Writer {
    interned: Option<Interned>,
}

#[derive(Default)]
struct Interned {
    names: BTreeMap<String, String>,
    statics: String,
}

impl Writer {
    /// A writer that makes each slice a static of its own.
    pub(crate) fn interning() -> Self {
        Self { interned: Some(Interned::default()) }
    }

    /// The statics made so far, as Rust source.
    pub(crate) fn statics(&self) -> &str {
        self.interned.as_ref().map_or("", |interned| interned.statics.as_str())
    }

    fn slice<T: Emit>(&mut self, items: &[T]) -> String {
        if items.is_empty() {
            return "&[]".to_owned();
        }
        let parts: Vec<String> = items.iter().map(|item| T::emit(item, self)).collect();
        let text = format!("[{}]", parts.join(", "));
        self.place(&format!("[{}; {}]", T::name(), items.len()), &text)
    }

    fn reference<T: Emit>(&mut self, value: &T) -> String {
        let text = value.emit(self);
        self.place(&T::name(), &text)
    }

    fn place(&mut self, type_name: &str, text: &str) -> String {
        let Some(interned) = &mut self.interned else { return format!("&{text}") };
        let next = interned.names.len();
        let statics = &mut interned.statics;
        let name = interned.names.entry(format!("{type_name} = {text}")).or_insert_with(|| {
            let name = format!("S{next}");
            statics.push_str(&format!("static {name}: {type_name} = {text};\n"));
            name
        });
        format!("&{name}")
    }
}

/// A value that can be written as a Rust expression.
pub(crate) trait Emit {
    /// The type's name.
    fn name() -> String;
    /// The value as an expression.
    fn emit(&self, writer: &mut Writer) -> String;
}

macro_rules! emit_struct {
    ($($type:ident { $($field:ident),+ $(,)? })+) => { $(
        impl Emit for $type {
            fn name() -> String { stringify!($type).to_owned() }
            fn emit(&self, writer: &mut Writer) -> String {
                let fields = [$(format!("{}: {}", stringify!($field), Emit::emit(&self.$field, writer))),+];
                format!("{} {{ {} }}", stringify!($type), fields.join(", "))
            }
        }
    )+ };
}

/// Enums whose `Debug` form is the bare name of the variant.
macro_rules! emit_word {
    ($($type:ident),+ $(,)?) => { $(
        impl Emit for $type {
            fn name() -> String { stringify!($type).to_owned() }
            fn emit(&self, _: &mut Writer) -> String { format!("{}::{:?}", stringify!($type), self) }
        }
    )+ };
}

emit_word!(
    BuyerKind,
    Condition,
    DealKind,
    Due,
    FinanceLimitKind,
    Fuel,
    Level,
    Measure,
    Occasion,
    PlaceRole,
    ProductKind,
    RebateKind,
    Residence,
    Rounding,
    Scope,
    SectionKind,
    Seller,
    VehicleClass,
);

emit_struct! {
    Source { title, citation, url, publisher, checked }
    Section { kind, words, verified, reason, effective, sources }
    Choice { name, by, words, options, default }
    ChoiceOption { name, words }
    Exemption { id, name, when, source }
    Credit { id, name, when, of, against, verified, reason, source }
    Fee { line, taxable }
    DocFeeCap { line, binding, words }
    FinanceCap { id, name, kind, when, limit, alternative, verified, reason, source }
    Remark { code, words, warning, when, pointer, source }
    Line {
        id, signing_id, name, level, section, depends, due, when, base, signing, floor, ceiling, credits, base_step, band,
        over_term, rate, flat, per, tax_credits, times, min, max, max_of, rounding, group, on_itself, verified, reason, source,
    }
    Term { name, of, scope, negative, part, up_to, when, trades, or }
    TradeFilter { classes, taxed_here }
    BaseStep { unit, rounding }
    Band { from, to }
    Per { by, over, unit, amount, rounding }
    RateRule { fixed, local, tiers, tiers_by, matrix, lesser_of_home, pass_on_places }
    Local { levels, of, tax, each }
    Row { up_to, inclusive, rate, amount }
    Matrix { rows_by, rows, columns_by, columns, rates }
    Range { min, over, max, under }
    JurisdictionVersion {
        code, name, tax, effective, next, hash, sections, choices, exemptions, retail, lease, note, credits, fees,
        doc_fee_limits, finance_limits, remarks,
    }
}

impl Emit for Rows {
    fn name() -> String {
        "Rows".to_owned()
    }

    fn emit(&self, writer: &mut Writer) -> String {
        match self {
            Self::Measure(measure) => format!("Rows::Measure({})", measure.emit(writer)),
            Self::Sum(sum) => format!("Rows::Sum({})", sum.emit(writer)),
        }
    }
}

impl Emit for Component {
    fn name() -> String {
        "Component".to_owned()
    }

    fn emit(&self, writer: &mut Writer) -> String {
        match self {
            Self::Fee(code) => format!("Component::Fee({})", code.emit(writer)),
            Self::Product(kind) => format!("Component::Product({})", kind.emit(writer)),
            Self::Rebate(kind) => format!("Component::Rebate({})", kind.emit(writer)),
            Self::Line(index) => format!("Component::Line({index})"),
            plain => format!("Component::{plain:?}"),
        }
    }
}

impl Emit for Test {
    fn name() -> String {
        "Test".to_owned()
    }

    fn emit(&self, w: &mut Writer) -> String {
        let (variant, inside) = match self {
            Self::Vehicle(x) => ("Vehicle", x.emit(w)),
            Self::Class(x) => ("Class", x.emit(w)),
            Self::Fuel(x) => ("Fuel", x.emit(w)),
            Self::Measure(x, range) => ("Measure", format!("{}, {}", x.emit(w), range.emit(w))),
            Self::Amount(x, range) => ("Amount", format!("{}, {}", x.emit(w), range.emit(w))),
            Self::Deal(x) => ("Deal", x.emit(w)),
            Self::Seller(x) => ("Seller", x.emit(w)),
            Self::SellerFinanced(x) => ("SellerFinanced", x.emit(w)),
            Self::Occasion(x) => ("Occasion", x.emit(w)),
            Self::Buyer(x) => ("Buyer", x.emit(w)),
            Self::Residence(x) => ("Residence", x.emit(w)),
            Self::HomeState(x) => ("HomeState", x.emit(w)),
            Self::Exemption(x) => ("Exemption", x.emit(w)),
            Self::Chosen(choice, option) => ("Chosen", format!("{choice}, {option}")),
            Self::City(role, x) => ("City", format!("{}, {}", role.emit(w), x.emit(w))),
            Self::County(role, x) => ("County", format!("{}, {}", role.emit(w), x.emit(w))),
            Self::Lien(x) => ("Lien", x.emit(w)),
            Self::TransfersPlate(x) => ("TransfersPlate", x.emit(w)),
            Self::Any(x) => ("Any", x.emit(w)),
            Self::Not(x) => ("Not", x.emit(w)),
        };
        format!("Test::{variant}({inside})")
    }
}

impl<T: Emit> Emit for &'static [T] {
    fn name() -> String {
        format!("&[{}]", T::name())
    }

    fn emit(&self, writer: &mut Writer) -> String {
        writer.slice(self)
    }
}

impl Emit for &'static Source {
    fn name() -> String {
        "&Source".to_owned()
    }

    fn emit(&self, writer: &mut Writer) -> String {
        writer.reference(*self)
    }
}

impl Emit for &'static Matrix {
    fn name() -> String {
        "&Matrix".to_owned()
    }

    fn emit(&self, writer: &mut Writer) -> String {
        writer.reference(*self)
    }
}

impl Emit for &'static TradeFilter {
    fn name() -> String {
        "&TradeFilter".to_owned()
    }

    fn emit(&self, writer: &mut Writer) -> String {
        writer.reference(*self)
    }
}

impl Emit for &'static str {
    fn name() -> String {
        "&str".to_owned()
    }

    fn emit(&self, _: &mut Writer) -> String {
        format!("{self:?}")
    }
}

impl<T: Emit> Emit for Option<T> {
    fn name() -> String {
        format!("Option<{}>", T::name())
    }

    fn emit(&self, writer: &mut Writer) -> String {
        self.as_ref().map_or_else(|| "None".to_owned(), |value| format!("Some({})", value.emit(writer)))
    }
}

macro_rules! emit_plain {
    ($($type:ty => |$value:ident| $text:expr;)+) => { $(
        impl Emit for $type {
            fn name() -> String { stringify!($type).to_owned() }
            fn emit(&self, _: &mut Writer) -> String { let $value = self; $text }
        }
    )+ };
}

emit_plain! {
    bool => |value| value.to_string();
    u8 => |value| value.to_string();
    u16 => |value| value.to_string();
    Money => |value| format!("Money::from_cents({})", value.cents());
    Rate => |value| format!("Rate::from_units({})", value.units());
    Date => |value| format!("date({}, {}, {})", value.year(), value.month(), value.day());
    Decimal => |value| {
        let parts = value.unpack();
        format!("Decimal::from_parts({}, {}, {}, {}, {})", parts.lo, parts.mid, parts.hi, parts.negative, parts.scale)
    };
}
