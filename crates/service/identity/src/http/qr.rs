//! A QR code as the client draws it.

use autolytiq_kernel::problem::Problem;
use qrcodegen::QrCodeEcc;
use serde::Serialize;
use utoipa::ToSchema;

/// A QR code: a square of modules, for an SVG whose view box is `0 0 size size`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct QrCode {
    /// Modules of a side, without the quiet zone of four.
    size: i32,
    /// The dark modules, as the `d` of an SVG path.
    path: String,
}

impl QrCode {
    /// The code of a text.
    pub(super) fn of(text: &str) -> Result<Self, Problem> {
        let code = qrcodegen::QrCode::encode_text(text, QrCodeEcc::Medium).map_err(Problem::internal)?;
        let mut path = String::new();
        for y in 0..code.size() {
            let mut x = 0;
            while x < code.size() {
                let dark = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
                if dark > 0 {
                    path.push_str(&format!("M{x} {y}h{dark}v1h-{dark}z"));
                }
                x += i32::try_from(dark).unwrap_or(0) + 1;
            }
        }
        Ok(Self { size: code.size(), path })
    }
}

#[cfg(test)]
mod tests {
    use super::QrCode;

    /// ISO/IEC 18004: a finder pattern of seven modules stands in three corners, one light module between it and the
    /// rest.
    #[test]
    fn finder_patterns_stand_in_three_corners() {
        let code = QrCode::of("otpauth://totp/Autolytiq:a?secret=GEZDGNBVGY3TQOJQ").unwrap();
        assert!(code.size >= 21 && (code.size - 17) % 4 == 0, "{}", code.size);
        let far = code.size - 7;
        for corner in ["M0 0h7v1h-7z".to_owned(), format!("M{far} 0h7v1h-7z"), format!("M0 {far}h7v1h-7z")] {
            assert!(code.path.contains(&corner), "{corner}");
        }
    }
}
