//! Splitting a stream of bytes into lines, and a line into its fields.

/// Longest line that is accepted, in bytes. A boundary record has 89 fields and some 250 bytes.
const LONGEST: usize = 16 * 1024;

/// Cuts what arrives into lines. Holds no more than one of them.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    rest: Vec<u8>,
}

impl Lines {
    /// Calls `each` with every line that `chunk` completes, without its end.
    ///
    /// # Errors
    /// Nothing to say when a line is too long to be one.
    pub(crate) fn feed(&mut self, chunk: &[u8], mut each: impl FnMut(&[u8])) -> Result<(), ()> {
        let mut parts = chunk.split(|byte| *byte == b'\n').peekable();
        while let Some(part) = parts.next() {
            let whole = parts.peek().is_some();
            if whole && self.rest.is_empty() {
                each(without_return(part));
                continue;
            }
            self.rest.extend_from_slice(part);
            if self.rest.len() > LONGEST {
                return Err(());
            }
            if whole {
                each(without_return(&self.rest));
                self.rest.clear();
            }
        }
        Ok(())
    }

    /// The line without an end that is left when nothing more comes.
    pub(crate) fn rest(&self) -> Option<&[u8]> {
        (!self.rest.is_empty()).then(|| without_return(&self.rest))
    }
}

fn without_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Splits lines at commas as RFC 4180 says, one line a record: a quoted line break is refused, since then the lines of a
/// message could not be counted.
pub(crate) struct Split {
    reader: csv_core::Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
}

/// Why a line is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoRecord {
    TooLong,
    Quotes,
    NotText,
    Nul,
}

impl NoRecord {
    pub(crate) const fn code_and_detail(self) -> (&'static str, &'static str) {
        match self {
            Self::TooLong => ("too-long", "the line is too long, or has too many fields"),
            Self::Quotes => ("quotes", "a quoted text does not end on this line"),
            Self::NotText => ("not-utf8", "the line is not UTF-8 text"),
            Self::Nul => ("nul", "the line has a NUL character"),
        }
    }
}

impl Default for Split {
    fn default() -> Self {
        Self { reader: csv_core::Reader::new(), text: vec![0; LONGEST + 1], ends: vec![0; 256] }
    }
}

impl Split {
    /// Calls `with` with the fields of a line, blanks around them taken off.
    ///
    /// # Errors
    /// [`NoRecord`].
    pub(crate) fn line<T>(&mut self, line: &[u8], with: impl FnOnce(&[&str]) -> T) -> Result<T, NoRecord> {
        if line.len() > LONGEST {
            return Err(NoRecord::TooLong);
        }
        if line.contains(&0) {
            return Err(NoRecord::Nul);
        }
        if line.iter().filter(|byte| **byte == b'"').count() % 2 == 1 {
            return Err(NoRecord::Quotes);
        }
        let line = std::str::from_utf8(line).map_err(|_| NoRecord::NotText)?;
        self.reader.reset();
        let (_, _, written, ended) = self.reader.read_record(line.as_bytes(), &mut self.text, &mut self.ends);
        let (text, ends) = (self.text.get_mut(written..), self.ends.get_mut(ended..));
        let (Some(text), Some(ends)) = (text, ends) else { return Err(NoRecord::TooLong) };
        // No more input: this ends the last field.
        let (result, _, _, last) = self.reader.read_record(&[], text, ends);
        if !matches!(result, csv_core::ReadRecordResult::Record) {
            return Err(NoRecord::TooLong);
        }
        let mut start = 0;
        let mut fields = Vec::with_capacity(96);
        for end in self.ends.get(..ended + last).unwrap_or_default() {
            let field = self.text.get(start..*end).and_then(|bytes| std::str::from_utf8(bytes).ok());
            fields.push(field.ok_or(NoRecord::NotText)?.trim());
            start = *end;
        }
        Ok(with(&fields))
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, NoRecord, Split};

    #[test]
    fn lines_are_whole_whatever_the_chunks() {
        let text = b"one\r\ntwo\n\nthree,\"a, b\"\nlast";
        for size in 1..text.len() {
            let (mut lines, mut seen) = (Lines::default(), Vec::new());
            for chunk in text.chunks(size) {
                lines.feed(chunk, |line| seen.push(line.to_vec())).unwrap();
            }
            seen.extend(lines.rest().map(<[u8]>::to_vec));
            assert_eq!(seen, [&b"one"[..], b"two", b"", b"three,\"a, b\"", b"last"], "chunks of {size}");
        }
        assert!(Lines::default().feed(&[b'x'; 20_000], |_| ()).is_err());
    }

    #[test]
    fn fields_as_rfc_4180_has_them() {
        let mut split = Split::default();
        let owned = |fields: &[&str]| fields.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(split.line(b"a, b ,\"c, \"\"d\"\"\",", owned).unwrap(), ["a", "b", "c, \"d\"", ""]);
        assert_eq!(split.line(b"x", owned).unwrap(), ["x"]);
        assert_eq!(split.line(b"a,\"b", owned), Err(NoRecord::Quotes));
        assert_eq!(split.line(b"a,\xff", owned), Err(NoRecord::NotText));
        assert_eq!(split.line(&[b','; 400], owned), Err(NoRecord::TooLong));
    }
}
