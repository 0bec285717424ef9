//! The engine over lines of JSON: one request a line in, one answer a line out, in constant memory.
//!
//! A line is `{"op": "apr", …}` with the fields of that operation's request, or a bare deal, or `{"input": …, "rates": …}`.
//! A line that fails answers a problem document with its line number, and the next line is read all the same.

use crate::surface::{self, Problem};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

/// The longest line that is read. A deal with every list full stays far below it.
pub const MOST_BYTES: usize = 1 << 20;

/// How many lines were answered, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub answered: u64,
    pub failed: u64,
}

/// Answers every line of `input` on `output`. Blank lines are skipped.
///
/// # Errors
/// Only those of reading and writing.
pub fn answer_lines(input: &mut impl BufRead, output: &mut impl Write) -> io::Result<Tally> {
    let (mut tally, mut number) = (Tally::default(), 0_u64);
    let mut line = Vec::new();
    loop {
        line.clear();
        let complete = match read_line(input, &mut line)? {
            Read::End => break,
            Read::Line => true,
            Read::TooLong => false,
        };
        number += 1;
        let answer = if complete {
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            answer_line(&line)
        } else {
            Err(Problem::line_too_long(MOST_BYTES))
        };
        match answer {
            Ok(text) => {
                tally.answered += 1;
                output.write_all(text.as_bytes())?;
            }
            Err(problem) => {
                tally.failed += 1;
                output.write_all(Problem { line: Some(number), ..problem }.to_json().as_bytes())?;
            }
        }
        output.write_all(b"\n")?;
    }
    output.flush()?;
    Ok(tally)
}

enum Read {
    Line,
    TooLong,
    End,
}

/// Reads up to a line feed, keeping at most [`MOST_BYTES`]; of a longer line the rest is passed over.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Read> {
    let (mut any, mut too_long) = (false, false);
    loop {
        let buffer = match input.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            break;
        }
        any = true;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let (part, used) = match end {
            Some(end) => (buffer.get(..end).unwrap_or_default(), end + 1),
            None => (buffer, buffer.len()),
        };
        too_long |= line.len() + part.len() > MOST_BYTES;
        if !too_long {
            line.extend_from_slice(part);
        }
        input.consume(used);
        if end.is_some() {
            break;
        }
    }
    Ok(match (any, too_long) {
        (false, _) => Read::End,
        (true, true) => Read::TooLong,
        (true, false) => Read::Line,
    })
}

/// A line, taken apart no further than its outermost fields.
type Fields<'a> = BTreeMap<&'a str, &'a RawValue>;

/// Operations whose request carries a deal under `input`; their line may also be the deal itself.
const OF_DEALS: [&str; 5] =
    ["deal", "calculate_tax", "calculate_cash_deal", "calculate_finance_deal", "calculate_lease_deal"];

fn answer_line(line: &[u8]) -> Result<String, Problem> {
    let text = std::str::from_utf8(line).map_err(|_| Problem::not_text())?;
    let mut fields: Fields<'_> = serde_json::from_str(text).map_err(|error| Problem::malformed(&error))?;
    let op = match fields.remove("op") {
        Some(op) => serde_json::from_str(op.get()).map_err(|error| Problem::malformed(&error))?,
        None => "deal",
    };
    let request = object(&fields);
    if OF_DEALS.contains(&op) && !fields.contains_key("input") {
        return surface::run(op, &["{\"input\":", &request, "}"].concat());
    }
    surface::run(op, &request)
}

/// The fields as a JSON object again. Their names were borrowed from the text, so none contains an escape.
fn object(fields: &Fields<'_>) -> String {
    let mut text = String::from("{");
    for (name, value) in fields {
        if text.len() > 1 {
            text.push(',');
        }
        text.push('"');
        text.push_str(name);
        text.push_str("\":");
        text.push_str(value.get());
    }
    text.push('}');
    text
}
