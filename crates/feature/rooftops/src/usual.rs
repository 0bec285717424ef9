//! What is usual in a group, and who does otherwise.

/// Of each value, whether it is another than the usual one, which more have than have any other. Where two are equally
/// frequent none is usual, and every value is an exception: somebody should look.
pub(crate) fn unusual<T: PartialEq>(values: &[T]) -> Vec<bool> {
    let holders = |value: &T| values.iter().filter(|other| *other == value).count();
    let most = values.iter().map(holders).max().unwrap_or(0);
    let mut usual = values.iter().filter(|value| holders(value) == most);
    let first = usual.next();
    let divided = usual.any(|value| Some(value) != first);
    values.iter().map(|value| divided || Some(value) != first).collect()
}

#[cfg(test)]
mod tests {
    use super::unusual;

    #[test]
    fn the_exception_stands_out_and_where_there_is_no_usual_value_all_do() {
        assert!(unusual::<u8>(&[]).is_empty());
        assert_eq!(unusual(&["150"]), [false]);
        assert_eq!(unusual(&["150", "150"]), [false, false]);
        assert_eq!(unusual(&["150", "699"]), [true, true]);
        assert_eq!(unusual(&["150", "699", "150"]), [false, true, false]);
        assert_eq!(unusual(&["1", "2", "1", "2", "3"]), [true; 5]);
        assert_eq!(unusual(&["3", "2", "1", "1"]), [true, true, false, false]);
    }
}
