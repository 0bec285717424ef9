//! Recovery codes: ten texts to print and lock away, each good once.

use autolytiq_kernel::PersonId;
use aws_lc_rs::rand;
use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};

use crate::crypto::refresh::NoRandomness;

/// How many a person has.
pub(crate) const COUNT: usize = 10;
/// 80 random bits: nobody guesses one, nor finds one behind its hash.
const BYTES: usize = 10;

/// A new code, as it is shown: four groups of four.
pub(crate) fn generate() -> Result<String, NoRandomness> {
    let mut bytes = [0; BYTES];
    rand::fill(&mut bytes).map_err(|_| NoRandomness)?;
    let text = BASE32_NOPAD.encode(&bytes);
    let groups: Vec<&str> = (0..4).filter_map(|group| text.get(group * 4..group * 4 + 4)).collect();
    Ok(groups.join("-"))
}

/// What is stored of a code, whichever way it was typed.
pub(crate) fn digest(person: PersonId, code: &str) -> [u8; 32] {
    let typed: String = code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    let mut hash = Sha256::new();
    hash.update(person.uuid().as_bytes());
    hash.update(typed.as_bytes());
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use autolytiq_kernel::{Ids, PersonId};

    use super::{digest, generate};

    #[test]
    fn a_code_is_read_as_people_type_it_and_is_one_persons() {
        let ids = Ids::sequence(1);
        let (ada, bob): (PersonId, PersonId) = (ids.next(), ids.next());
        let code = generate().unwrap();
        assert_eq!((code.len(), code.matches('-').count()), (19, 3));
        assert_ne!(code, generate().unwrap());
        let typed = format!(" {} ", code.to_lowercase().replace('-', " "));
        assert_eq!(digest(ada, &typed), digest(ada, &code));
        assert_ne!(digest(bob, &code), digest(ada, &code));
    }
}
