//! Texts with places for values: `Hello {name}`.

use std::fmt::Write as _;

/// A subject and a body as they are written, with names in braces where values go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template<'a> {
    /// The subject, one line.
    pub subject: &'a str,
    /// The body, plain text.
    pub body: &'a str,
}

/// A text that cannot be a template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateFault {
    /// A name in braces that the message does not have.
    #[error("there is no {{{0}}} in this message")]
    Unknown(String),
    /// The message is of no use without this value.
    #[error("the message needs {{{0}}}")]
    Missing(&'static str),
    /// A brace that is not closed.
    #[error("a brace is opened and not closed")]
    Open,
}

enum Piece<'a> {
    Text(&'a str),
    Name(&'a str),
}

fn pieces(text: &str) -> Result<Vec<Piece<'_>>, TemplateFault> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}').ok_or(TemplateFault::Open)?;
        pieces.push(Piece::Text(before));
        pieces.push(Piece::Name(name));
        rest = behind;
    }
    pieces.push(Piece::Text(rest));
    Ok(pieces)
}

/// Puts the values in. A value is never read as a template itself.
///
/// # Errors
/// [`TemplateFault`].
pub(crate) fn fill<'v>(text: &str, value: impl Fn(&str) -> Option<&'v str>) -> Result<String, TemplateFault> {
    let mut filled = String::with_capacity(text.len() * 2);
    for piece in pieces(text)? {
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Name(name) => {
                let value = value(name).ok_or_else(|| TemplateFault::Unknown(name.to_owned()))?;
                // Writing to a String cannot fail.
                let _ = filled.write_str(value);
            }
        }
    }
    Ok(filled)
}

/// The names in braces, in order.
pub(crate) fn names(text: &str) -> Result<Vec<&str>, TemplateFault> {
    let named = |piece| match piece {
        Piece::Name(name) => Some(name),
        Piece::Text(_) => None,
    };
    Ok(pieces(text)?.into_iter().filter_map(named).collect())
}

#[cfg(test)]
mod tests {
    use super::{TemplateFault, fill, names};

    #[test]
    fn values_go_where_their_names_stand_and_are_not_read_again() {
        let value = |name: &str| (name == "name").then_some("{link}");
        assert_eq!(fill("Hello {name}, {name}", value).unwrap(), "Hello {link}, {link}");
        assert_eq!(fill("Hello {who}", value), Err(TemplateFault::Unknown("who".to_owned())));
        assert_eq!(fill("Hello {name", value), Err(TemplateFault::Open));
        assert_eq!(names("{a} and {b}").unwrap(), ["a", "b"]);
    }
}
