//! The customer file: invented people in real places, some of them from other states.

use crate::DemoError;
use crate::stage::{Crew, Plan, Stage, ago};
use autolytiq_crm::api::{CustomerForm, Keep, create_customer};
use autolytiq_kernel::CustomerId;
use autolytiq_tax::Place;
use jiff::SignedDuration;
use jiff::civil::date;

/// A person and where they live.
#[derive(Clone, Copy)]
struct Person {
    first: &'static str,
    last: &'static str,
    /// Area code; the number is one of those reserved for fiction.
    area: u16,
    city: &'static str,
    county: &'static str,
    state: &'static str,
    zip: &'static str,
    street: &'static str,
    notes: Option<&'static str>,
}

#[rustfmt::skip]
macro_rules! person {
    ($first:literal, $last:literal, $area:literal, $street:literal, $city:literal, $county:literal, $state:literal, $zip:literal) => {
        Person { first: $first, last: $last, area: $area, city: $city, county: $county, state: $state, zip: $zip, street: $street, notes: None }
    };
}

const fn noted(person: Person, notes: &'static str) -> Person {
    Person { notes: Some(notes), ..person }
}

#[rustfmt::skip]
const PEOPLE: [Person; 30] = [
    noted(person!("Elena", "Rivera", 214, "1812 Fictional Ave", "Dallas", "Dallas", "TX", "75204"), "Be-back from last Saturday. Wants the Outback, undecided between buying and leasing."),
    person!("Thomas", "Whitaker", 972, "77 Sample St", "Plano", "Collin", "TX", "75023"),
    person!("Grace", "Nakamura", 214, "4 Placeholder Ct", "Dallas", "Dallas", "TX", "75206"),
    noted(person!("Andre", "Bellamy", 817, "920 Invented Rd", "Fort Worth", "Tarrant", "TX", "76102"), "Owes more on the Altima than it is worth; knows it."),
    person!("Sofia", "Castaneda", 469, "31 Example Ln", "Frisco", "Collin", "TX", "75034"),
    person!("Raymond", "Oduya", 972, "615 Sample Blvd", "Irving", "Dallas", "TX", "75039"),
    person!("Megan", "Thornbury", 940, "208 Fictional Dr", "Denton", "Denton", "TX", "76201"),
    noted(person!("Victor", "Palanca", 214, "1400 Invented Pkwy", "Garland", "Dallas", "TX", "75040"), "Comparing with a store in Plano. Payment buyer, 72 months at most."),
    person!("Hannah", "Strand", 972, "53 Example Way", "McKinney", "Collin", "TX", "75069"),
    person!("Isaac", "Mbeki", 817, "2210 Sample Ave", "Arlington", "Tarrant", "TX", "76010"),
    noted(person!("Claire", "Donovan", 213, "650 Fictional St", "Los Angeles", "Los Angeles", "CA", "90012"), "Moving back to Los Angeles; registers there."),
    person!("Peter", "Lindgren", 865, "18 Invented Hill", "Knoxville", "Knox", "TN", "37902"),
    person!("Monica", "Ferrara", 904, "440 Sample Beach Rd", "Jacksonville", "Duval", "FL", "32202"),
    person!("Darnell", "Hobbs", 404, "95 Example Peach St", "Atlanta", "Fulton", "GA", "30303"),
    person!("Yuki", "Arakawa", 312, "1200 Fictional Shore Dr", "Chicago", "Cook", "IL", "60601"),
    person!("Walter", "Brandt", 614, "27 Sample High St", "Columbus", "Franklin", "OH", "43215"),
    person!("Nadia", "Petrov", 503, "810 Invented Park Ave", "Portland", "Multnomah", "OR", "97204"),
    person!("Curtis", "Langley", 919, "66 Example Oak Rd", "Raleigh", "Wake", "NC", "27601"),
    person!("Rosa", "Mendez", 718, "302 Fictional Pl", "Brooklyn", "Kings", "NY", "11201"),
    person!("Ben", "Achterberg", 214, "9 Sample Row", "Dallas", "Dallas", "TX", "75201"),
    person!("Leila", "Haddad", 972, "1733 Example Ridge", "Richardson", "Dallas", "TX", "75080"),
    person!("Gordon", "Pike", 817, "508 Invented Creek", "Keller", "Tarrant", "TX", "76248"),
    person!("Tanya", "Sorensen", 469, "82 Sample Field", "Allen", "Collin", "TX", "75013"),
    person!("Miguel", "Ybarra", 214, "2904 Fictional Blvd", "Dallas", "Dallas", "TX", "75211"),
    person!("Olivia", "Prentiss", 940, "11 Example Square", "Denton", "Denton", "TX", "76205"),
    person!("Hugo", "Beaumont", 972, "390 Invented Lake Dr", "Lewisville", "Denton", "TX", "75067"),
    person!("Aisha", "Rahman", 214, "46 Sample Terrace", "Mesquite", "Dallas", "TX", "75149"),
    person!("Donald", "Kessler", 817, "700 Example Mill", "Euless", "Tarrant", "TX", "76039"),
    person!("Bianca", "Moretti", 469, "15 Fictional Vista", "Frisco", "Collin", "TX", "75035"),
    person!("Samuel", "Greer", 972, "261 Invented Green", "Carrollton", "Dallas", "TX", "75006"),
];

/// Enters the people, over the weeks before the anchor, by the salespeople in turn; their ids in the order of the list.
pub(crate) async fn enter(stage: &Stage<'_>, crew: &Crew, plan: Plan) -> Result<Vec<CustomerId>, DemoError> {
    let mut ids = Vec::with_capacity(PEOPLE.len());
    for (index, (person, minutes)) in PEOPLE.iter().zip((0..).step_by(13)).enumerate() {
        stage.hand.set(ago(plan.anchor, 35) + SignedDuration::from_mins(minutes));
        let id = stage.db.ids().next();
        let mut tx = stage.begin(crew.get(3 + index % 4)?).await?;
        create_customer(&mut tx, stage.vault, id, &form(person, id, index))
            .await
            .map_err(|error| DemoError::Customer(error, person.last))?;
        tx.commit().await?;
        ids.push(id);
    }
    Ok(ids)
}

fn form(person: &Person, id: CustomerId, index: usize) -> CustomerForm {
    // One in three has given a date of birth, which is stored encrypted.
    let year = i16::try_from(1_958 + index).unwrap_or(1_970);
    let born = index.is_multiple_of(3).then(|| date(year, 5, 14));
    CustomerForm {
        id: Some(id),
        first_name: person.first.to_owned(),
        last_name: person.last.to_owned(),
        email: Some(format!("{}.{}@example.com", person.first, person.last).to_lowercase()),
        phone: Some(format!("({}) 555-{:04}", person.area, 100 + index)),
        street: Some(person.street.to_owned()),
        place: Some(Place {
            state: person.state.to_owned(),
            county: Some(person.county.to_owned()),
            city: Some(person.city.to_owned()),
            zip: Some(person.zip.to_owned()),
            district: None,
        }),
        notes: person.notes.map(ToOwned::to_owned),
        date_of_birth: born.map_or(Keep::Keep, Keep::Set),
    }
}
