//! Where a customer lives, as far as it can be checked without a table of places.

use autolytiq_kernel::{Form, is_state};
use autolytiq_tax::Place;

/// Reads a place. Whether the county exists in the state is the business of the tables of places.
pub(crate) fn read(form: &mut Form, place: &Place) -> Place {
    let state = place.state.trim().to_uppercase();
    if !is_state(&state) {
        form.refuse("/place/state", "unknown-state", "give the two letters of a state, such as TX");
    }
    let zip = form.optional_line("/place/zip", place.zip.as_deref(), 10);
    if zip.as_deref().is_some_and(|zip| !is_zip(zip)) {
        form.refuse("/place/zip", "zip", "a ZIP code has five digits, or nine as 75204-1234");
    }
    Place {
        state,
        county: form.optional_line("/place/county", place.county.as_deref(), 80),
        city: form.optional_line("/place/city", place.city.as_deref(), 80),
        zip,
        district: form.optional_line("/place/district", place.district.as_deref(), 80),
    }
}

fn is_zip(text: &str) -> bool {
    let digits = |text: &str, n: usize| text.len() == n && text.bytes().all(|b| b.is_ascii_digit());
    match text.split_once('-') {
        Some((five, four)) => digits(five, 5) && digits(four, 4),
        None => digits(text, 5),
    }
}

#[cfg(test)]
mod tests {
    use autolytiq_kernel::Form;
    use autolytiq_tax::Place;

    use super::read;

    fn refusals(state: &str, zip: &str) -> Vec<String> {
        let mut form = Form::new();
        read(&mut form, &Place { state: state.to_owned(), zip: Some(zip.to_owned()), ..Place::default() });
        form.finish(()).err().unwrap_or_default().into_iter().map(|e| e.pointer).collect()
    }

    #[test]
    fn states_and_zips() {
        assert!(refusals(" tx", "75204").is_empty());
        assert!(refusals("DC", "20001-1234").is_empty());
        assert_eq!(refusals("ZZ", "75204"), ["/place/state"]);
        for zip in ["7520", "752044", "75204-", "ABCDE", "75204-123", "75204-12345"] {
            assert_eq!(refusals("TX", zip).first().map(String::as_str), Some("/place/zip"), "{zip}");
        }
    }
}
