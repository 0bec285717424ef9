//! Sizes and hashes of the members.

use std::io::{self, Read};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The name of the last member.
pub(crate) const NAME: &str = "sums.json";

/// One member that is a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sum {
    /// Its name inside the backup.
    pub(crate) name: String,
    pub(crate) bytes: u64,
    /// SHA-256, hexadecimal.
    pub(crate) sha256: String,
}

/// A reader that hashes and counts what passes.
pub(crate) struct Hashing<R> {
    inner: R,
    hash: Sha256,
    bytes: u64,
}

impl<R: Read> Hashing<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { inner, hash: Sha256::new(), bytes: 0 }
    }

    pub(crate) fn passed(&self) -> u64 {
        self.bytes
    }

    pub(crate) fn sum(self, name: String) -> Sum {
        self.take_apart(name).1
    }

    /// The reader within, and the sum of what has passed.
    pub(crate) fn take_apart(self, name: String) -> (R, Sum) {
        (self.inner, Sum { name, bytes: self.bytes, sha256: hex::encode(self.hash.finalize()) })
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hash.update(buffer.get(..read).unwrap_or_default());
        self.bytes = self.bytes.saturating_add(u64::try_from(read).unwrap_or_default());
        Ok(read)
    }
}
