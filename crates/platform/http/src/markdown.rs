//! The few forms of Markdown that our own pages use: headings, paragraphs, lists, `code`, **strong**. Everything is escaped.

use std::mem;

/// A whole page around a body. The style sheet is the one of the API's page.
#[must_use]
pub fn document(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{title} · Autolytiq</title>\
         <link rel=\"stylesheet\" href=\"/api/v1/docs/docs.css\"></head><body><main>{body}</main></body></html>"
    )
}

/// Text as HTML text.
#[must_use]
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Markdown as HTML.
#[must_use]
pub fn render(markdown: &str) -> String {
    let mut html = String::new();
    let mut block = Block::default();
    for line in markdown.lines().map(str::trim) {
        if let Some(heading) = line.strip_prefix("## ") {
            block.close(&mut html);
            html.push_str(&format!("<h2>{}</h2>", inline(heading)));
        } else if let Some(heading) = line.strip_prefix("# ") {
            block.close(&mut html);
            html.push_str(&format!("<h1>{}</h1>", inline(heading)));
        } else if let Some(item) = line.strip_prefix("- ") {
            block.item(item, &mut html);
        } else if line.is_empty() {
            block.close(&mut html);
        } else {
            block.text(line);
        }
    }
    block.close(&mut html);
    html
}

/// The paragraph or list that is being read.
#[derive(Default)]
struct Block {
    paragraph: String,
    items: Vec<String>,
}

impl Block {
    fn item(&mut self, text: &str, html: &mut String) {
        if !self.paragraph.is_empty() {
            self.close(html);
        }
        self.items.push(text.to_owned());
    }

    fn text(&mut self, line: &str) {
        let target = self.items.last_mut().unwrap_or(&mut self.paragraph);
        if !target.is_empty() {
            target.push(' ');
        }
        target.push_str(line);
    }

    fn close(&mut self, html: &mut String) {
        let paragraph = mem::take(&mut self.paragraph);
        if !paragraph.is_empty() {
            html.push_str(&format!("<p>{}</p>", inline(&paragraph)));
        }
        let items = mem::take(&mut self.items);
        if !items.is_empty() {
            let items: String = items.iter().map(|item| format!("<li>{}</li>", inline(item))).collect();
            html.push_str(&format!("<ul>{items}</ul>"));
        }
    }
}

/// Every other piece between backticks is code, and every other one between double asterisks is strong.
fn inline(text: &str) -> String {
    alternate(text, "`", "code", |piece| alternate(piece, "**", "strong", escape))
}

/// Wraps the second, fourth, … piece between `marks` into an element; the others go on to `rest`.
fn alternate(text: &str, marks: &str, element: &str, rest: impl Fn(&str) -> String) -> String {
    let mut html = String::new();
    for (i, piece) in text.split(marks).enumerate() {
        if i % 2 == 1 {
            html.push_str(&format!("<{element}>{}</{element}>", escape(piece)));
        } else {
            html.push_str(&rest(piece));
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::render;

    #[test]
    fn headings_paragraphs_lists_and_code() {
        let html = render("# A\n\n**one**\ntwo `x<y`\n\n## B\n- first\n  goes on\n- second\n");
        assert_eq!(
            html,
            "<h1>A</h1><p><strong>one</strong> two <code>x&lt;y</code></p><h2>B</h2><ul><li>first goes on</li><li>second</li></ul>"
        );
    }

    #[test]
    fn markup_in_the_text_stays_text() {
        assert_eq!(render("<script>alert(1)</script>"), "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
    }
}
