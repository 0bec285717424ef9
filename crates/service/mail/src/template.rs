//! Texts with places for values: `Hello {name}`.

use std::borrow::Cow;

use serde::Serialize;

/// A subject and a body as they are written, with names in braces where values go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Template {
    /// The subject, one line.
    pub subject: Cow<'static, str>,
    /// The body, plain text without the line break at its end.
    pub body: Cow<'static, str>,
}

/// A text that cannot be a template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateFault {
    /// A name in braces that the message does not have.
    #[error("this message has no {{{0}}}")]
    Unknown(String),
    /// The message is of no use without this value.
    #[error("the message is of no use without {{{0}}}: put it where its receiver needs it")]
    Missing(&'static str),
    /// A brace that is not closed.
    #[error("a brace is opened and not closed; write }} after the name")]
    Open,
    /// A value that is its receiver's alone, where everybody sees it.
    #[error("{{{0}}} is its receiver's alone; it may stand in the text, not in the subject, which lists of mail show")]
    Secret(&'static str),
    /// A value that is its receiver's alone, as part of something else.
    #[error(
        "leave a space or a line break before and after {{{0}}}, so that it is not read as part of another address"
    )]
    Joined(&'static str),
    /// More places than a text of its length can need.
    #[error("there are more than {0} names in braces")]
    TooMany(usize),
}

/// A fault with the line it is in, counted from 1; the whole text's without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) fault: TemplateFault,
    pub(crate) line: Option<usize>,
}

/// A name in braces where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Named<'a> {
    pub(crate) name: &'a str,
    /// Counted from 1.
    pub(crate) line: usize,
    /// Whether nothing but a space, a line break or the text's end touches it.
    pub(crate) apart: bool,
}

/// A text taken apart at its names: each with what comes before it, and what comes after the last.
struct Parts<'a> {
    named: Vec<(&'a str, &'a str)>,
    tail: &'a str,
}

fn parts(text: &str) -> Result<Parts<'_>, Found> {
    let (mut named, mut tail, mut line) = (Vec::new(), text, 1);
    while let Some((before, after)) = tail.split_once('{') {
        line += before.matches('\n').count();
        // A name stands on one line, and no brace is in it.
        let closed = after.split_once('}').filter(|(name, _)| !name.contains(['{', '\n']));
        let (name, behind) = closed.ok_or(Found { fault: TemplateFault::Open, line: Some(line) })?;
        named.push((before, name));
        tail = behind;
    }
    Ok(Parts { named, tail })
}

/// Puts the values in. A value is never read as a template itself, and stays on its line.
///
/// # Errors
/// [`TemplateFault`].
pub(crate) fn fill<'v>(text: &str, value: impl Fn(&str) -> Option<&'v str>) -> Result<String, TemplateFault> {
    let Parts { named, tail } = parts(text).map_err(|found| found.fault)?;
    let mut filled = String::with_capacity(text.len() * 2);
    for (before, name) in named {
        let value = value(name).ok_or_else(|| TemplateFault::Unknown(name.to_owned()))?;
        filled.push_str(before);
        filled.extend(value.chars().map(|c| if c.is_control() { ' ' } else { c }));
    }
    filled.push_str(tail);
    Ok(filled)
}

/// The names in braces, in order.
pub(crate) fn names(text: &str) -> Result<Vec<Named<'_>>, Found> {
    let Parts { named, tail } = parts(text)?;
    let behind = named.iter().map(|(before, _)| *before).skip(1).chain([tail]);
    let last = named.len().saturating_sub(1);
    let mut line = 1;
    let placed = named.iter().zip(behind).enumerate().map(|(place, (&(before, name), after))| {
        line += before.matches('\n').count();
        let begins = before.ends_with([' ', '\n']) || (place == 0 && before.is_empty());
        let ends = after.starts_with([' ', '\n']) || (place == last && after.is_empty());
        Named { name, line, apart: begins && ends }
    });
    Ok(placed.collect())
}

impl Template {
    /// A text of the product's own.
    pub(crate) const fn ours(subject: &'static str, body: &'static str) -> Self {
        Self { subject: Cow::Borrowed(subject), body: Cow::Borrowed(body) }
    }

    /// Subject and body with their values.
    pub(crate) fn fill<'v>(&self, value: impl Fn(&str) -> Option<&'v str>) -> Result<(String, String), TemplateFault> {
        let body = fill(&self.body, &value)?;
        Ok((one_line(&fill(&self.subject, &value)?), body + "\n"))
    }
}

/// A header has one line.
pub(crate) fn one_line(text: &str) -> String {
    let line = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    line.take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::{Found, Named, TemplateFault, fill, names};

    #[test]
    fn values_go_where_their_names_stand_and_are_not_read_again() {
        let value = |name: &str| (name == "name").then_some("{link}");
        assert_eq!(fill("Hello {name}, {name}", value).unwrap(), "Hello {link}, {link}");
        assert_eq!(fill("Hello {who}", value), Err(TemplateFault::Unknown("who".to_owned())));
        assert_eq!(fill("Hello {name", value), Err(TemplateFault::Open));
        let named: Vec<_> = names("{a} and {b}").unwrap().iter().map(|named| named.name).collect();
        assert_eq!(named, ["a", "b"]);
    }

    #[test]
    fn a_value_stays_on_its_line() {
        let filled = fill("Hello {name},\nwelcome.", |_| Some("Ada\r\n\r\nOpen http://elsewhere.example\n"));
        assert_eq!(filled.unwrap(), "Hello Ada    Open http://elsewhere.example ,\nwelcome.");
    }

    #[test]
    fn a_name_knows_its_line_and_whether_it_stands_apart() {
        let found = |text| -> Vec<(usize, bool)> {
            names(text).unwrap().iter().map(|Named { line, apart, .. }| (*line, *apart)).collect()
        };
        assert_eq!(found("{a}"), [(1, true)]);
        assert_eq!(found("x\n{a}\n\n{b} y"), [(2, true), (4, true)]);
        assert_eq!(found("https://elsewhere.example/?{a}"), [(1, false)]);
        assert_eq!(found("{a}.example"), [(1, false)]);
        assert_eq!(found("{a}{b}"), [(1, false), (1, false)]);
        assert_eq!(found("{a} {b}"), [(1, true), (1, true)]);
        let open = |line| Err(Found { fault: TemplateFault::Open, line: Some(line) });
        assert_eq!(names("a\nb {c\nd}"), open(2));
        assert_eq!(names("{a {b}"), open(1));
    }
}
