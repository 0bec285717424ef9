//! Whether a text of a store's own can be a message.

use autolytiq_kernel::{Form, problem::FieldError};

use crate::{
    kind::{Kind, Secrecy},
    template::{self, Found, Template, TemplateFault},
};

/// In characters.
pub(crate) const LONGEST_SUBJECT: usize = 120;
/// In characters.
pub(crate) const LONGEST_BODY: usize = 4_000;
/// With the longest values a message stays within what the table of messages holds.
const MOST_NAMES: usize = 20;
/// Of a name that is not one, as much as is repeated.
const REPEATED: usize = 30;

impl Template {
    /// Reads a text as somebody of the store typed it.
    ///
    /// # Errors
    /// Everything that is wrong with it, at its field.
    pub(crate) fn read(kind: Kind, subject: &str, body: &str) -> Result<Self, Vec<FieldError>> {
        let mut form = Form::new();
        let subject = form.line("/subject", subject, LONGEST_SUBJECT);
        let lines = body.replace("\r\n", "\n").replace('\r', "\n");
        let body = form.optional_prose("/body", Some(&lines), LONGEST_BODY);
        if body.is_none() {
            form.refuse("/body", "required", "this must not be empty");
        }
        let read = Self { subject: subject.into(), body: body.unwrap_or_default().into() };
        let read = form.finish(read)?;
        let faults = read.faults(kind);
        if faults.is_empty() { Ok(read) } else { Err(faults) }
    }

    /// What keeps it from being this message.
    pub(crate) fn faults(&self, kind: Kind) -> Vec<FieldError> {
        let subject = check(kind, &self.subject, Part::Subject).err().map(|found| told(kind, "/subject", &found));
        let body = check(kind, &self.body, Part::Body).err().map(|found| told(kind, "/body", &found));
        subject.into_iter().chain(body).collect()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Subject,
    Body,
}

/// The first thing that is wrong.
fn check(kind: Kind, text: &str, part: Part) -> Result<(), Found> {
    let names = template::names(text)?;
    if names.len() > MOST_NAMES {
        return Err(Found { fault: TemplateFault::TooMany(MOST_NAMES), line: None });
    }
    for named in &names {
        let fault = match kind.variable(named.name) {
            None => TemplateFault::Unknown(named.name.to_owned()),
            Some(variable) if variable.secrecy == Secrecy::Open => continue,
            // A subject is shown in clear wherever mail is listed.
            Some(variable) if part == Part::Subject => TemplateFault::Secret(variable.name),
            // Behind an address of somebody else's it would be handed to them with a click.
            Some(variable) if !named.apart => TemplateFault::Joined(variable.name),
            Some(_) => continue,
        };
        return Err(Found { fault, line: Some(named.line) });
    }
    let missing = |name: &'static str| Found { fault: TemplateFault::Missing(name), line: None };
    let mut needed = kind.variables().filter(|variable| variable.needed && part == Part::Body);
    match needed.find(|variable| names.iter().all(|named| named.name != variable.name)) {
        Some(variable) => Err(missing(variable.name)),
        None => Ok(()),
    }
}

/// A fault as the one who typed the text reads it: where, what, and the way out.
fn told(kind: Kind, pointer: &'static str, Found { fault, line }: &Found) -> FieldError {
    let (code, detail) = match fault {
        TemplateFault::Unknown(name) => {
            let shown: String = name.chars().take(REPEATED).collect();
            let known: Vec<_> = kind.variables().map(|variable| format!("{{{}}}", variable.name)).collect();
            ("unknown-name", format!("{}; it has {}", TemplateFault::Unknown(shown), known.join(", ")))
        }
        TemplateFault::Missing(_) => ("missing-name", fault.to_string()),
        TemplateFault::Open => ("open-brace", fault.to_string()),
        TemplateFault::Secret(_) => ("secret-in-subject", fault.to_string()),
        TemplateFault::Joined(_) => ("joined-name", fault.to_string()),
        TemplateFault::TooMany(_) => ("too-many-names", fault.to_string()),
    };
    // A subject has one line.
    let place = line.filter(|_| pointer == "/body").map(|line| format!("line {line}: ")).unwrap_or_default();
    FieldError::new(pointer, code, place + &detail)
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_BODY, LONGEST_SUBJECT, MOST_NAMES};
    use crate::{
        kind::{Kind, Secrecy},
        template::Template,
    };

    fn refused(kind: Kind, subject: &str, body: &str) -> Vec<(String, String)> {
        let faults = Template::read(kind, subject, body).unwrap_err();
        faults.into_iter().map(|fault| (fault.pointer, fault.code.into_owned())).collect()
    }

    fn one(pointer: &str, code: &str) -> Vec<(String, String)> {
        vec![(pointer.to_owned(), code.to_owned())]
    }

    #[test]
    fn every_text_of_ours_can_be_its_message() {
        for kind in Kind::ALL {
            let ours = kind.template();
            assert_eq!(Template::read(kind, &ours.subject, &ours.body), Ok(ours.clone()), "{kind:?}");
            let sample = |name: &str| kind.variable(name).map(|variable| variable.sample);
            let (subject, body) = ours.fill(sample).unwrap();
            assert!(!subject.contains('\n') && !body.contains('{'), "{subject}: {body}");
            assert_eq!(Kind::of(kind.id()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.id());
        }
    }

    #[test]
    fn a_text_without_its_link_or_with_a_secret_in_the_subject_is_refused() {
        let reset = Kind::ResetPassword;
        assert_eq!(refused(reset, "New password", "Hello {name}"), one("/body", "missing-name"));
        assert_eq!(refused(reset, "{link}", "{link}"), one("/subject", "secret-in-subject"));
        assert_eq!(refused(reset, "New password", "{link} {cost}"), one("/body", "unknown-name"));
        assert!(Template::read(reset, "New password at {store}", "{link}").is_ok());
        let account = |kind: &Kind| kind.variables().any(|variable| variable.secrecy == Secrecy::Account);
        assert!(Kind::ALL.iter().filter(|kind| account(kind)).count() >= 1);
    }

    #[test]
    fn what_is_the_receivers_alone_is_not_carried_elsewhere() {
        for body in
            ["https://elsewhere.example/?{link}", "https://elsewhere.example/#{link} now", "{name}{link}", "({link})"]
        {
            assert_eq!(refused(Kind::ResetPassword, "New password", body), one("/body", "joined-name"), "{body}");
        }
        assert_eq!(refused(Kind::SignInCode, "Code", "https://elsewhere.example/{code}"), one("/body", "joined-name"));
        // Where the sign-in page is, everybody may know.
        assert!(Template::read(Kind::RegisteredAlready, "Welcome back", "Sign in ({link}).").is_ok());
    }

    #[test]
    fn a_fault_says_where_it_is_and_the_way_out() {
        let body = "Hello {name},\n\nyou have {cost}\n{link}";
        let fault = Template::read(Kind::Invitation, "Welcome", body).unwrap_err().remove(0);
        assert_eq!(fault.detail, "line 3: this message has no {cost}; it has {name}, {store}, {by}, {link}");
        let fault = Template::read(Kind::Invitation, "Welcome {name", "{link}").unwrap_err().remove(0);
        assert_eq!((fault.pointer.as_str(), fault.code.as_ref()), ("/subject", "open-brace"));
        assert!(fault.detail.contains("write } after the name"), "{}", fault.detail);
        assert_eq!(refused(Kind::Invitation, "{cost}", "{price}").len(), 2, "both fields are told");
    }

    #[test]
    fn a_subject_is_one_line_and_lengths_end_somewhere() {
        let declined = Kind::AccessDeclined;
        assert_eq!(
            refused(declined, "Your request\r\nBcc: eve@example.com", "No."),
            one("/subject", "control-character")
        );
        assert_eq!(refused(declined, " ", "\n \n").len(), 2, "neither is empty");
        assert_eq!(refused(declined, "Your request", "No.\u{1b}[2J"), one("/body", "control-character"));
        let (subject, body) = ("s".repeat(LONGEST_SUBJECT), "b".repeat(LONGEST_BODY));
        assert!(Template::read(declined, &subject, &body).is_ok());
        assert_eq!(refused(declined, &format!("{subject}s"), &body), one("/subject", "too-long"));
        assert_eq!(refused(declined, &subject, &format!("{body}b")), one("/body", "too-long"));
        let names = |count| "{name}".repeat(count);
        assert!(Template::read(declined, "Your request", &names(MOST_NAMES)).is_ok());
        assert_eq!(refused(declined, "Your request", &names(MOST_NAMES + 1)), one("/body", "too-many-names"));
    }

    #[test]
    fn line_breaks_of_every_browser_are_one() {
        let read = Template::read(Kind::AccessDeclined, "  Your request ", "\r\nNo.\r\n\r\nSorry.\r\n").unwrap();
        assert_eq!((read.subject.as_ref(), read.body.as_ref()), ("Your request", "No.\n\nSorry."));
    }
}
