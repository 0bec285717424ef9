//! What people type into a search box, made comparable with what is stored.
//!
//! Stored text and query go through the same [`fold`], so that `O'Brien`, `obrien` and `Óbrien` are one, and a phone
//! number is found however it is punctuated. Folded text contains neither `%` nor `_`, so it can stand in a `LIKE`.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Most words of a query that count; the rest is ignored. The search functions of the migrations take as many.
pub const MAX_TERMS: usize = 4;

/// Lower case without accents and punctuation: letters, digits, `@` and `.`, words apart by one blank.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        if c.is_whitespace() {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else if c.is_alphanumeric() || matches!(c, '@' | '.') {
            folded.push(c);
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// A query's words, each of which must be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchTerms(Vec<String>);

impl SearchTerms {
    /// The words of a query; nothing when no letter or digit was typed.
    ///
    /// A query of digits and phone punctuation alone is one word, so that `(214) 555-0123` is a number and not three.
    #[must_use]
    pub fn parse(query: &str) -> Option<Self> {
        let phone = query.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "()+-./".contains(c));
        let mut words: Vec<String> = if phone {
            vec![query.chars().filter(char::is_ascii_digit).collect()]
        } else {
            fold(query).split(' ').take(MAX_TERMS).map(str::to_owned).collect()
        };
        words.retain(|word| word.chars().any(char::is_alphanumeric));
        words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        if words.is_empty() { None } else { Some(Self(words)) }
    }

    /// The longest word.
    #[must_use]
    pub fn longest(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    /// Whether even the longest word is too short for a trigram index, so that only beginnings are looked up.
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.longest().chars().count() < 3
    }

    /// `LIKE` patterns of all words anywhere in the text, the longest first, at most [`MAX_TERMS`].
    #[must_use]
    pub fn patterns(&self) -> Vec<String> {
        self.0.iter().map(|word| format!("%{word}%")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{SearchTerms, fold};

    #[test]
    fn folding_makes_spellings_one() {
        assert_eq!(fold("  Óscar  O’Brien-Núñez "), "oscar obriennunez");
        assert_eq!(fold("Rivera.Ana@Example.com"), "rivera.ana@example.com");
        assert_eq!(fold("100%_off"), "100off");
    }

    #[test]
    fn a_phone_number_is_one_word_and_a_name_is_several() {
        let phone = SearchTerms::parse("(214) 555-01").unwrap();
        assert_eq!(phone.patterns(), ["%21455501%"]);
        let name = SearchTerms::parse("ana rivera").unwrap();
        assert_eq!((name.longest(), name.patterns()), ("rivera", vec!["%rivera%".to_owned(), "%ana%".to_owned()]));
    }

    #[test]
    fn nothing_typed_is_no_search() {
        for query in ["", "  ", "%%%", "--", "' \" ;", "."] {
            assert_eq!(SearchTerms::parse(query), None, "{query}");
        }
        assert!(SearchTerms::parse("jo").unwrap().is_short());
    }
}
