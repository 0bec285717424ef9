//! The picture on a store's papers.

use sha2::{Digest, Sha256};

/// The largest picture, in bytes.
pub(crate) const LARGEST: usize = 256 * 1024;

/// A picture that may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Logo {
    /// Its media type, from what it is and not from what somebody calls it.
    pub(crate) kind: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// Why something is no picture for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotALogo {
    #[error("take a PNG, JPEG or WebP picture")]
    Kind,
    #[error("the picture has at most 256 KB")]
    TooLarge,
}

impl NotALogo {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Kind => "not-a-picture",
            Self::TooLarge => "too-large",
        }
    }
}

impl Logo {
    /// Takes a picture of one of the kinds that browsers draw and that can hold no script. What it is, its first bytes say.
    pub(crate) fn accept(bytes: Vec<u8>) -> Result<Self, NotALogo> {
        if bytes.len() > LARGEST {
            return Err(NotALogo::TooLarge);
        }
        // PNG: ISO/IEC 15948 section 5.2, with the IHDR chunk that comes first. JPEG: ITU-T T.81 B.1.1.3, SOI and the next
        // marker. WebP: RFC 9649 section 2.4.
        let riff = bytes.starts_with(b"RIFF") && bytes.get(8..15) == Some(b"WEBPVP8");
        let kind = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.get(12..16) == Some(b"IHDR") {
            "image/png"
        } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) && bytes.ends_with(&[0xff, 0xd9]) {
            "image/jpeg"
        } else if riff {
            "image/webp"
        } else {
            return Err(NotALogo::Kind);
        };
        Ok(Self { kind, bytes })
    }

    /// What names it.
    pub(crate) fn digest(&self) -> String {
        data_encoding::HEXLOWER.encode(&Sha256::digest(&self.bytes))
    }

    /// As a text that a page can show.
    pub(crate) fn data_url(&self) -> String {
        format!("data:{};base64,{}", self.kind, data_encoding::BASE64.encode(&self.bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::{LARGEST, Logo, NotALogo};

    #[test]
    fn what_it_is_its_bytes_say() {
        let kind = |bytes: &[u8]| Logo::accept(bytes.to_vec()).map(|logo| logo.kind);
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0"), Ok("image/png"));
        assert_eq!(kind(b"\xff\xd8\xff\xe0\0\x10JFIF\xff\xd9"), Ok("image/jpeg"));
        assert_eq!(kind(b"RIFF\x10\0\0\0WEBPVP8L"), Ok("image/webp"));
        for wrong in [
            &b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"[..],
            b"GIF89a",
            b"RIFF\x10\0\0\0WAVEfmt ",
            b"\x89PNG",
            b"<html>",
            b"",
        ] {
            assert_eq!(kind(wrong), Err(NotALogo::Kind));
        }
        let mut large = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        large.resize(LARGEST + 1, 0);
        assert_eq!(kind(&large), Err(NotALogo::TooLarge));
    }
}
