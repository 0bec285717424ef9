//! A list of people as text: comma-, semicolon- or tab-separated, with a header.

use autolytiq_kernel::problem::FieldError;

use super::{email::Email, name::Name};

/// The columns of a list.
pub(crate) const COLUMNS: [&str; 3] = ["name", "email", "role"];

/// People in one list.
pub(crate) const MOST: usize = 500;

/// What is wrong with a field of a row, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowFault {
    pub(crate) column: &'static str,
    pub(crate) code: &'static str,
    pub(crate) detail: String,
}

impl RowFault {
    pub(crate) fn new(column: &'static str, code: &'static str, detail: impl Into<String>) -> Self {
        Self { column, code, detail: detail.into() }
    }
}

/// A row as it is written, and as it was read.
#[derive(Debug)]
pub(crate) struct Row {
    /// The line of the text it begins on.
    pub(crate) line: u64,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) role: String,
    /// Name and address, if both can be accepted.
    pub(crate) who: Option<(Name, Email)>,
    pub(crate) faults: Vec<RowFault>,
}

/// Reads a list. Rows keep their faults; a text that is no list is refused as a whole.
///
/// # Errors
/// What is wrong with the header or the size.
pub(crate) fn read(text: &str) -> Result<Vec<Row>, Vec<FieldError>> {
    let refuse = |code, detail: String| vec![FieldError::new("/text", code, detail)];
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(text))
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut records =
        reader.records().map_while(Result::ok).filter(|record| record.iter().any(|field| !field.is_empty()));
    let header = records.next().ok_or_else(|| refuse("empty", "the list is empty".to_owned()))?;
    let mut places = [usize::MAX; COLUMNS.len()];
    for (place, column) in places.iter_mut().zip(COLUMNS) {
        let found = header.iter().position(|field| field.eq_ignore_ascii_case(column));
        *place = found.ok_or_else(|| {
            refuse(
                "column-missing",
                format!("the first line names the columns name, email and role; {column} is missing"),
            )
        })?;
    }
    let [name, email, role] = places;
    let mut rows = Vec::new();
    for record in records {
        if rows.len() == MOST {
            return Err(refuse("too-many", format!("a list has at most {MOST} people; split it")));
        }
        let field = |place: usize| record.get(place).unwrap_or_default();
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(row(line, [field(name), field(email), field(role)], record.len() == header.len()));
    }
    if rows.is_empty() {
        return Err(refuse("empty", "nobody stands below the first line".to_owned()));
    }
    Ok(rows)
}

/// What the first line separates its columns with.
fn separator(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: u8| header.bytes().filter(|byte| *byte == separator).count();
    // The last of equals wins, and that is the comma.
    b"\t;,".iter().copied().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

fn row(line: u64, [name, email, role]: [&str; 3], whole: bool) -> Row {
    let mut faults = Vec::new();
    if !whole {
        let detail = "the row has more or fewer fields than the first line; put fields with a separator in quotes";
        faults.push(RowFault::new("name", "wrong-width", detail));
    }
    for (column, text) in COLUMNS.into_iter().zip([name, email, role]) {
        // Spreadsheets compute what begins so, in this list and in every export that would carry it on.
        if text.starts_with(['=', '+', '-', '@']) {
            faults.push(RowFault::new(column, "formula", "it begins like a formula; take the first character away"));
        }
    }
    let mut taken = |column, error: String| faults.push(RowFault::new(column, "malformed", error));
    let read_name = Name::parse(name).map_err(|error| taken("name", error.to_string())).ok();
    let read_email = Email::parse(email).map_err(|error| taken("email", error.to_string())).ok();
    if role.is_empty() {
        faults.push(RowFault::new("role", "required", "write a role"));
    }
    // Whatever came is shown, but no more of it than fits a row.
    let shown = |text: &str| text.chars().filter(|c| !c.is_control()).take(254).collect();
    let who = read_name.zip(read_email);
    Row { line, name: shown(name), email: shown(email), role: shown(role), who, faults }
}

/// A role as people write it, without case, blanks and signs: `F&I manager`, `fni_manager` and `FNI Manager` are one.
pub(crate) fn plain(role: &str) -> String {
    let letters: String = role.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match letters.as_str() {
        "fimanager" | "fandimanager" => "fnimanager".to_owned(),
        // As the client calls them.
        "deskmanager" => "salesmanager".to_owned(),
        "auditorreadonly" => "auditor".to_owned(),
        _ => letters,
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, RowFault, plain, read};

    fn codes(text: &str) -> Vec<Vec<(&'static str, &'static str)>> {
        let told = |fault: &RowFault| (fault.column, fault.code);
        read(text).unwrap().iter().map(|row| row.faults.iter().map(told).collect()).collect()
    }

    #[test]
    fn columns_stand_in_any_order_with_any_separator() {
        for text in [
            "name,email,role\nAda Byron,ada@example.com,bdc\n",
            "\u{feff}Role;Email;Name;Phone\r\n\r\nbdc;ada@example.com;Ada Byron;5\r\n",
            "EMAIL\tNAME\trole\nada@example.com\t\" Ada Byron\"\tbdc",
        ] {
            let rows = read(text).unwrap();
            assert_eq!(rows.len(), 1, "{text}");
            let (name, email) = rows[0].who.clone().unwrap();
            assert_eq!((name.as_str(), email.as_str(), rows[0].role.as_str()), ("Ada Byron", "ada@example.com", "bdc"));
            assert!(rows[0].faults.is_empty(), "{text}: {:?}", rows[0].faults);
        }
    }

    #[test]
    fn each_fault_names_its_column_and_its_line() {
        let text = "name,email,role\nAda,ada@example.com,bdc\n,nobody,\n\"=cmd|' /C calc'!A0\",+a@example.com,@bdc\nAda,a@b.co\n";
        assert_eq!(
            codes(text),
            [
                vec![],
                vec![("name", "malformed"), ("email", "malformed"), ("role", "required")],
                vec![("name", "formula"), ("email", "formula"), ("role", "formula")],
                vec![("name", "wrong-width"), ("role", "required")],
            ]
        );
        assert_eq!(read(text).unwrap().iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3, 4, 5]);
    }

    #[test]
    fn what_is_no_list_is_refused() {
        let code = |text: &str| read(text).unwrap_err()[0].code.to_string();
        assert_eq!(code(" \n"), "empty");
        assert_eq!(code("name,email,role\n"), "empty");
        assert_eq!(code("name,role\nAda,bdc"), "column-missing");
        let people = |count: usize| format!("name,email,role\n{}", "Ada,ada@example.com,bdc\n".repeat(count));
        assert_eq!(read(&people(MOST)).unwrap().len(), 500);
        assert_eq!(code(&people(MOST + 1)), "too-many");
    }

    #[test]
    fn roles_are_read_as_people_write_them() {
        assert_eq!(plain("F&I Manager"), plain("fni_manager"));
        assert_eq!(plain("Desk manager"), plain("sales_manager"));
        assert_ne!(plain("general manager"), plain("sales manager"));
    }
}
