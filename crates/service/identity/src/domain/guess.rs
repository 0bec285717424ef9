//! How soon a password would be guessed by somebody who knows how people make them: zxcvbn's estimate.

use zxcvbn::{Score, feedback::Warning, zxcvbn};

use super::{email::Email, name::Name, password::WeakPassword};

/// At least this many guesses, by their order: ten to the eighth, which no online attack reaches and which costs weeks
/// against a stolen Argon2id hash.
const LEAST: Score = Score::Three;

/// Refuses what would soon be guessed, with the reason where the estimate has one.
pub(super) fn check(text: &str, email: &Email, name: &Name) -> Result<(), WeakPassword> {
    let own: Vec<&str> =
        email.as_str().split(['@', '.', '+', '-', '_']).chain(name.as_str().split_whitespace()).collect();
    let estimate = zxcvbn(text, &own);
    if estimate.score() >= LEAST {
        return Ok(());
    }
    let warning = estimate.feedback().and_then(zxcvbn::feedback::Feedback::warning);
    Err(WeakPassword::Guessable(words(warning)))
}

/// The reason in our words.
fn words(warning: Option<Warning>) -> &'static str {
    match warning {
        Some(Warning::StraightRowsOfKeysAreEasyToGuess | Warning::ShortKeyboardPatternsAreEasyToGuess) => {
            "it follows the keyboard"
        }
        Some(Warning::RepeatsLikeAaaAreEasyToGuess | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess) => {
            "it repeats itself"
        }
        Some(Warning::SequencesLikeAbcAreEasyToGuess) => "it is a sequence",
        Some(Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess) => "it is a year or a date",
        Some(Warning::NamesAndSurnamesByThemselvesAreEasyToGuess | Warning::CommonNamesAndSurnamesAreEasyToGuess) => {
            "it is a name"
        }
        _ => "it is close to a password that many people use; take three or four unrelated words",
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::domain::{email::Email, name::Name, password::WeakPassword};

    fn checked(text: &str) -> Result<(), WeakPassword> {
        check(text, &Email::parse("ada.byron@prairie.example").unwrap(), &Name::parse("Ada Byron").unwrap())
    }

    #[test]
    fn what_people_take_for_strong_is_refused_and_unrelated_words_are_not() {
        for weak in ["password1234", "qwertyuiop12", "iloveyou1234", "P@ssw0rd2026", "abcdefghijkl"] {
            assert!(matches!(checked(weak), Err(WeakPassword::Guessable(_))), "{weak}");
        }
        for strong in ["correct horse battery", "saturday-on-the-lot", "mauve tripod cactus", "kV9#mQz2!pLw"] {
            assert_eq!(checked(strong), Ok(()), "{strong}");
        }
    }

    #[test]
    fn the_reason_is_told() {
        let told = checked("qwertyuiop12").unwrap_err().to_string();
        assert!(told.starts_with("this is too easy to guess: it "), "{told}");
    }
}
