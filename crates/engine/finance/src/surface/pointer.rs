//! From the position at which reading JSON failed to the JSON pointer of the value there.
//!
//! `serde_json` knows the line and column of a fault but not its path. Finding the path afterwards costs nothing on the good
//! way and a tenth of the code that tracking it while reading would.

/// The RFC 6901 pointer of the value (or the key) whose text is the last to begin before `line` and `column`, both counted
/// from 1 as `serde_json` does.
pub(super) fn at(text: &str, line: usize, column: usize) -> String {
    let start = match line.checked_sub(2) {
        Some(breaks) => text.bytes().enumerate().filter(|(_, b)| *b == b'\n').nth(breaks).map_or(0, |(at, _)| at + 1),
        None => 0,
    };
    let limit = start.saturating_add(column).min(text.len());
    let mut walk = Walk { bytes: text.as_bytes(), at: 0, open: Vec::new() };
    let mut found = String::new();
    while let Some(pointer) = walk.token(limit) {
        found = pointer;
    }
    found
}

/// An open object or array on the way to the position.
enum Open<'a> {
    /// The key whose value is being read, and whether it has been read already.
    Object {
        key: &'a [u8],
        value: bool,
    },
    Array {
        index: usize,
    },
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    open: Vec<Open<'a>>,
}

impl<'a> Walk<'a> {
    /// Reads one token that begins before `limit`, and names what it belongs to.
    fn token(&mut self, limit: usize) -> Option<String> {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
        if self.at >= limit {
            return None;
        }
        match self.peek()? {
            b'{' => {
                self.at += 1;
                let pointer = self.pointer();
                self.open.push(Open::Object { key: &[], value: false });
                Some(pointer)
            }
            b'[' => {
                self.at += 1;
                let pointer = self.pointer();
                self.open.push(Open::Array { index: 0 });
                Some(pointer)
            }
            b'}' | b']' => {
                self.at += 1;
                self.open.pop();
                Some(self.pointer())
            }
            b',' => {
                self.at += 1;
                match self.open.last_mut() {
                    Some(Open::Array { index }) => *index += 1,
                    Some(Open::Object { value, .. }) => *value = false,
                    None => {}
                }
                Some(self.pointer())
            }
            b':' => {
                self.at += 1;
                if let Some(Open::Object { value, .. }) = self.open.last_mut() {
                    *value = true;
                }
                Some(self.pointer())
            }
            b'"' => {
                let read = self.string();
                if let Some(Open::Object { key, value: false }) = self.open.last_mut() {
                    *key = read;
                }
                Some(self.pointer())
            }
            _ => {
                // A number or a literal runs to the next delimiter.
                let rest = self.bytes.get(self.at..).unwrap_or_default();
                let length =
                    rest.iter().position(|b| b.is_ascii_whitespace() || b",:]}".contains(b)).unwrap_or(rest.len());
                self.at += length.max(1);
                Some(self.pointer())
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The content of the string that begins here, escapes as they stand.
    fn string(&mut self) -> &'a [u8] {
        let start = self.at + 1;
        let mut end = start;
        while let Some(byte) = self.bytes.get(end) {
            match byte {
                b'"' => break,
                b'\\' => end += 2,
                _ => end += 1,
            }
        }
        self.at = end + 1;
        self.bytes.get(start..end.min(self.bytes.len())).unwrap_or_default()
    }

    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for open in &self.open {
            match open {
                Open::Array { index } => {
                    pointer.push('/');
                    pointer.push_str(&index.to_string());
                }
                Open::Object { key: [], .. } => {}
                Open::Object { key, .. } => {
                    let key = crate::error::token(&String::from_utf8_lossy(key));
                    pointer.push('/');
                    pointer.push_str(&key);
                }
            }
        }
        pointer
    }
}

#[cfg(test)]
mod tests {
    use crate::deal::input::DealInput;
    use crate::surface::parse;

    fn pointer_of(json: &str) -> String {
        let problem = parse::<DealInput>(json).unwrap_err();
        problem.errors.first().map_or_else(|| problem.code.to_owned(), |error| error.pointer.clone())
    }

    const DEAL: &str = r#"{"dealDate":"2026-01-31","vehicle":{"condition":"new"},"dealerPlace":{"state":"TX"},
        "buyerPlace":{"state":"TX"},"price":"1","trades":[{"description":"a \"b\" {[,:","allowance":"1"}, {"description":"","allowance":"2"}],
        "columns":[{"kind":"cash","id":"a"},{"kind":"finance","id":"b","rate":"0.05","termMonths":60}]}"#;

    #[test]
    fn the_deal_itself_is_fine() {
        assert!(parse::<DealInput>(DEAL).is_ok());
    }

    #[test]
    fn a_wrong_value_is_found_where_it_stands() {
        let table = [
            (r#""price":"1""#, r#""price":1"#, "/price"),
            (r#""price":"1""#, r#""price":-1.5e9"#, "/price"),
            (r#""price":"1""#, r#""price":null"#, "/price"),
            (r#""price":"1""#, r#""price":{"a":1}"#, "/price"),
            (r#""price":"1""#, r#""price":"1.005""#, "/price"),
            (r#""price":"1""#, r#""prize":"1""#, "/prize"),
            (r#""price":"1","#, "", ""),
            (r#""condition":"new""#, r#""condition":"newish""#, "/vehicle/condition"),
            (r#""allowance":"2""#, r#""allowance":2"#, "/trades/1/allowance"),
            (r#","allowance":"2""#, "", "/trades/1"),
            (r#""termMonths":60"#, r#""termMonths":400000"#, "/columns/1/termMonths"),
            (r#""termMonths":60"#, r#""termMonths":"60""#, "/columns/1/termMonths"),
            (r#","termMonths":60"#, "", "/columns/1"),
            (r#""kind":"cash""#, r#""kind":"barter""#, "/columns/0/kind"),
            (r#""kind":"cash""#, r#""kind":"cash","rate":"0.01""#, "/columns/0"),
            (r#""dealDate":"2026-01-31""#, r#""dealDate":"2026-02-31""#, "/dealDate"),
            (r#""columns":["#, r#""columns":[7,"#, "/columns/0"),
            (r#""columns":["#, r#""co/l~s":["#, "/co~1l~0s"),
            (r#""columns":["#, r#""columns":"#, "/columns"),
        ];
        for (from, to, pointer) in table {
            let json = DEAL.replacen(from, to, 1);
            assert_ne!(json, DEAL, "{from}");
            assert_eq!(pointer_of(&json), pointer, "{to} in place of {from}");
        }
        assert_eq!(pointer_of(""), "malformed-json");
        assert_eq!(pointer_of("[]x"), "");
        assert_eq!(pointer_of(&format!("{DEAL}x")), "malformed-json");
    }
}
