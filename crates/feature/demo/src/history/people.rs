//! Who works in the store and who buys there: invented names, real places.

use crate::DemoError;
use crate::staff::STAFF;
use autolytiq_crm::api::{CustomerForm, Keep};
use autolytiq_kernel::{CustomerId, Role};
use autolytiq_places::zip;
use autolytiq_tax::Place;
use fastrand::Rng;

#[rustfmt::skip]
const FIRST: [&str; 48] = [
    "Aaron", "Beatriz", "Caleb", "Denise", "Emmett", "Farah", "Gabriel", "Hazel", "Ivan", "Joanna", "Keith", "Lorena",
    "Malik", "Nora", "Omar", "Paige", "Quentin", "Rachel", "Silas", "Teresa", "Ulises", "Vera", "Wesley", "Ximena",
    "Yolanda", "Zane", "Adela", "Bryce", "Carmen", "Dexter", "Esther", "Felix", "Gloria", "Harvey", "Ingrid", "Julian",
    "Kiara", "Leon", "Maya", "Nathan", "Opal", "Pablo", "Renata", "Stuart", "Tamika", "Valerie", "Warren", "Yasmin",
];

#[rustfmt::skip]
const LAST: [&str; 53] = [
    "Abernathy", "Barrera", "Calloway", "Delgado", "Eastman", "Figueroa", "Granger", "Holloway", "Ibarra", "Jessup",
    "Kowalski", "Lockhart", "Maddox", "Navarro", "Osborne", "Pruitt", "Quintana", "Rutledge", "Saldana", "Tillman",
    "Underhill", "Villarreal", "Winslow", "Yarbrough", "Zamora", "Ashworth", "Blevins", "Cantrell", "Dunaway", "Escobedo",
    "Fairchild", "Gallegos", "Hendricks", "Ingersoll", "Jaramillo", "Kimbrough", "Langford", "Montoya", "Nesbitt",
    "Ochoa", "Pemberton", "Ramsey", "Stockton", "Trevino", "Upchurch", "Vaughan", "Whitlock", "Yeager", "Zapata",
    "Nguyen", "Patel", "Okonkwo", "Lindholm",
];

/// Where customers live: postal codes of the store's own state, with an area code in use there.
#[rustfmt::skip]
const HOMES: [(&str, u16); 20] = [
    ("75204", 214), ("75206", 214), ("75201", 469), ("75211", 214), ("75023", 972), ("75034", 469), ("75035", 972),
    ("75013", 469), ("75069", 972), ("75039", 972), ("75040", 214), ("75149", 972), ("75080", 972), ("75006", 972),
    ("75067", 972), ("76201", 940), ("76205", 940), ("76102", 817), ("76010", 817), ("76248", 817),
];

const STREETS: [&str; 8] = [
    "Fictional Ave",
    "Sample St",
    "Invented Rd",
    "Example Ln",
    "Placeholder Ct",
    "Sample Blvd",
    "Example Way",
    "Fictional Dr",
];

/// A person of the staff.
pub(super) struct Worker {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: Role,
}

/// Those of the small store, so that its log-ins are good here too, and as many more as there are to be. The last is the new
/// hire.
pub(super) fn staff(count: usize) -> Vec<Worker> {
    let known = STAFF.iter().map(|member| Worker {
        name: member.name.to_owned(),
        email: member.email.to_owned(),
        role: member.role,
    });
    let more = (STAFF.len()..count).map(|index| {
        let role = match index - STAFF.len() {
            _ if index + 1 == count => Role::Salesperson,
            0 => Role::Administrator,
            1 | 2 => Role::SalesManager,
            3..=5 => Role::FniManager,
            _ => Role::Salesperson,
        };
        let (first, last) = name(index, index * 11);
        let email = format!("{first}.{last}@prairie.example.com").to_lowercase();
        Worker { name: format!("{first} {last}"), email, role }
    });
    known.chain(more).collect()
}

fn name(first: usize, last: usize) -> (&'static str, &'static str) {
    let of = |names: &[&'static str], at: usize| names.get(at % names.len().max(1)).copied().unwrap_or("Sample");
    (of(&FIRST, first), of(&LAST, last))
}

/// A customer's record. The county and the city are those of the postal code.
pub(super) fn customer(id: CustomerId, index: usize, dice: &mut Rng) -> Result<CustomerForm, DemoError> {
    let (first, last) = name(dice.usize(..), dice.usize(..));
    let (code, area) = *dice.choice(HOMES.iter()).ok_or(DemoError::Missing("home of a customer"))?;
    let home = zip(code).ok_or(DemoError::Missing("place of a postal code"))?;
    let city = home.cities.first().ok_or(DemoError::Missing("city of a postal code"))?;
    let street = dice.choice(STREETS.iter()).copied().unwrap_or("Sample St");
    Ok(CustomerForm {
        id: Some(id),
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        email: Some(format!("{first}.{last}.{index}@example.com").to_lowercase()),
        phone: Some(format!("({area}) 555-{:04}", dice.u32(100..200))),
        street: Some(format!("{} {street}", dice.u32(10..4_000))),
        place: Some(Place {
            state: home.state.to_owned(),
            county: Some(home.county.to_owned()),
            city: Some((*city).to_owned()),
            zip: Some(code.to_owned()),
            district: None,
        }),
        notes: None,
        date_of_birth: Keep::Keep,
    })
}
