//! A mistake in a rule file stops the build and names the line it stands on.

use crate::compile;

/// A small file that compiles; the mistakes are made in it.
const SOUND: &str = r#"code = "ZZ"
name = "Nowhere"
tax = "Tax"
from = "2024-01-01"

[bases]
sale = ["price", "-trade:allowance"]

[choices.lease_tax]
by = "lessor"
words = "What is taxed"
default = "payments"
options = { payments = "The payments", price = "The price" }

[[retail]]
id = "state"
name = "State tax"
source = "statute"
base = "sale"
rate = { 2024-01-01 = "0.05", 2026-01-01 = "0.06" }

[[retail]]
id = "county"
name = "County tax"
source = "statute"
base = ["price", "line:state"]
rate = "0.01"

[[lease]]
id = "state"
name = "State tax"
source = "statute"
due = "payment"
when = { choice = { lease_tax = "payments" } }
base = ["payment"]
rate = "0.05"
"#;

fn complete(text: &str) -> String {
    let mut text = text.to_owned();
    text.push_str("\n[sources.statute]\ntitle = \"Statute\"\npublisher = \"P\"\nchecked = \"2026-01-01\"\n");
    for kind in crate::kinds::SectionKind::ALL {
        let section = format!("\n[sections.{}]\nwords = \"\"\nverified = true\nsources = [\"statute\"]\n", kind.word());
        text.push_str(&section);
    }
    text
}

/// Makes one change and answers what the compiler says, with the number of the line it blames.
fn say(find: &str, replace: &str) -> (usize, String) {
    assert!(SOUND.contains(find), "the sound file has no {find}");
    let text = complete(&SOUND.replacen(find, replace, 1));
    match compile::load("rules/ZZ.toml", &text) {
        Ok(_) => panic!("{replace} was accepted"),
        Err(problem) => {
            assert!(problem.to_string().starts_with("rules/ZZ.toml:"), "{problem}");
            (problem.line, problem.message)
        }
    }
}

#[test]
fn the_sound_file_compiles_into_one_version_per_change() {
    let loaded = compile::load("rules/ZZ.toml", &complete(SOUND)).unwrap();
    let dates: Vec<String> = loaded.versions.iter().map(|version| version.effective.to_string()).collect();
    assert_eq!(dates, ["2024-01-01", "2026-01-01"]);
    assert_eq!(loaded.versions[0].next, Some(loaded.versions[1].effective));
    assert_eq!(loaded.versions[0].retail[0].rate.fixed.unwrap().to_string(), "0.05");
    assert_eq!(loaded.versions[1].retail[0].rate.fixed.unwrap().to_string(), "0.06");
    assert_ne!(loaded.versions[0].hash, loaded.versions[1].hash);
}

#[test]
fn the_hash_follows_the_content_and_nothing_else() {
    let hash = |text: &str| compile::load("x", &complete(text)).unwrap().versions[1].hash;
    let sound = hash(SOUND);
    assert_eq!(sound.len(), 64);
    assert_eq!(sound, hash(&SOUND.replace("[[lease]]", "# a remark of the author\n\n[[lease]]")));
    assert_ne!(sound, hash(&SOUND.replace("0.01", "0.011")));
    assert_ne!(sound, hash(&SOUND.replace("County tax", "County taxes")));
}

#[test]
fn mistakes_are_named_with_their_line() {
    // (found, replaced, first line of the item that is blamed, part of the sentence)
    let mistakes: [(&str, &str, usize, &str); 27] = [
        ("tax = \"Tax\"", "tax = \"Tax\"\ncolour = \"red\"", 4, "unknown field"),
        ("rate = \"0.01\"", "rate = \"0.01\"\nbasis = \"x\"", 28, "unknown field"),
        ("rate = \"0.01\"", "rate = 0.01", 27, "number in quotes"),
        ("rate = \"0.01\"", "rate = \"1.5\"", 22, "between 0 and 1"),
        ("rate = \"0.01\"", "rate = \"one\"", 22, "rate \"one\""),
        ("2024-01-01 = \"0.05\"", "2024-02-01 = \"0.05\"", 15, "begins on 2024-02-01 but is needed on 2024-01-01"),
        ("2024-01-01 = \"0.05\", 2026", "2026-01-01 = \"0.05\", 2026", 20, "duplicate key"),
        ("base = \"sale\"", "base = \"sales\"", 15, "no list \"sales\""),
        ("base = \"sale\"", "base = [\"prize\"]", 15, "\"prize\" is not a component"),
        ("base = \"sale\"", "base = [\"payment\"]", 15, "exists only in a lease"),
        ("base = \"sale\"", "base = [\"line:county\"]", 15, "circle: state, county"),
        ("base = \"sale\"", "base = [\"price\", \"line:nowhere\"]", 15, "no line \"nowhere\""),
        ("\"price\", \"-trade:allowance\"", "\"sale\"", 7, "holds itself"),
        ("sale = [", "price = [", 7, "name of a component"),
        ("source = \"statute\"", "source = \"statutes\"", 15, "no source \"statutes\""),
        ("id = \"county\"", "id = \"state\"", 22, "two lines \"state\" are in force on 2024-01-01"),
        ("id = \"county\"", "id = \"county\"\nfrom = \"2025-01-01\"\nto = \"2024-01-01\"", 22, "before it begins"),
        ("rate = \"0.01\"", "rate = \"0.01\"\nmin = \"5\"\nmax = \"4\"", 22, "min is above max"),
        ("rate = \"0.01\"", "band = { from = \"10\", to = \"5\" }\nrate = \"0.01\"", 22, "ends before it begins"),
        (
            "rate = \"0.01\"",
            "tiers = { by = [\"price\"], rows = [{ up_to = \"5\", rate = \"0.1\" }] }",
            22,
            "must be open",
        ),
        ("rate = \"0.01\"", "", 22, "needs at least one of"),
        ("rate = \"0.01\"", "rate = \"0.01\"\nverified = false", 22, "`reason` goes with"),
        ("rate = \"0.01\"", "rate = \"0.01\"\ndue = \"payment\"", 22, "only a lease has payments"),
        ("lease_tax = \"payments\" }", "lease_tax = \"rent\" }", 29, "\"rent\" is not an option"),
        ("default = \"payments\"", "default = \"rent\"", 9, "the default \"rent\""),
        ("base = [\"payment\"]", "base = [\"payment\"]\nmin = \"5\"", 29, "a line due with payments has no"),
        ("when = { choice = { lease_tax = \"payments\" } }", "when = { }", 29, "empty condition"),
    ];
    for (find, replace, line, words) in mistakes {
        let (at, message) = say(find, replace);
        assert!(message.contains(words), "{replace}: {message}");
        assert_eq!(at, line, "{replace}: {message}");
    }
}

#[test]
fn a_missing_section_and_an_unused_source_are_mistakes() {
    let text = complete(SOUND).replace("[sections.finance]", "[sections.fine]");
    assert!(compile::load("x", &text).err().unwrap().message.contains("fine"));
    let text = complete(SOUND) + "\n[sources.other]\ntitle = \"O\"\npublisher = \"P\"\nchecked = \"2026-01-01\"\n";
    assert!(compile::load("x", &text).err().unwrap().message.contains("source \"other\" is never used"));
}
