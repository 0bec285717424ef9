//! The page behind the link in a mail: plain HTML that needs no script, no style and no sign-in.

use axum::response::Html;

/// A whole page. `title` and `text` are plain text; `form` is markup of ours.
fn page(title: &str, text: &str, form: &str) -> Html<String> {
    let (title, text) = (escaped(title), escaped(text));
    Html(format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <title>{title}</title>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{text}</p>\n{form}</main>\n</body>\n</html>\n"
    ))
}

/// Asks whether mail shall end. The form posts to the address of the page.
pub(super) fn ask(store: &str) -> Html<String> {
    let text = format!("{store} will send you no more advertising by mail or e-mail.");
    page("Unsubscribe", &text, "<form method=\"post\">\n<button type=\"submit\">Unsubscribe</button>\n</form>\n")
}

/// Says that it has ended.
pub(super) fn done(store: &str) -> Html<String> {
    let text = format!(
        "{store} will send you no more advertising by mail or e-mail. Messages about a purchase of yours still reach you."
    );
    page("You are unsubscribed", &text, "")
}

/// Says that the link is not whole.
pub(super) fn unknown() -> Html<String> {
    page(
        "This link does not work",
        "Perhaps a part of it is missing. Open it from the mail again, or answer the mail and ask to be taken off the list.",
        "",
    )
}

/// Text as it stands in markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_is_never_markup() {
        let page = super::ask("<script>alert(1)</script> & \"Sons\"").0;
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Sons&quot;"));
        assert!(!page.contains("<script"));
    }
}
