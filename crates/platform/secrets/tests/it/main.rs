//! Data keys in the database: made once, of one store, destroyed for good, brought under new master keys.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod rotation;
mod subjects;

use autolytiq_secrets::{MasterKeys, Vault};

/// Three keys of 32 bytes, in base64.
pub(crate) const KEYS: [&str; 3] = [
    "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
    "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=",
    "AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=",
];

/// A vault with these lines of master keys, newest first, and always the same index key.
pub(crate) fn vault(masters: &[&str]) -> Vault {
    let text = masters.iter().map(|line| format!("{line}\n")).collect::<String>();
    Vault::new(MasterKeys::parse(&format!("{text}index {}", KEYS[2])).unwrap())
}

/// A vault with one master key.
pub(crate) fn simple() -> Vault {
    vault(&[&format!("k1 {}", KEYS[0])])
}
