//! Making the store, in the order a store comes to life: founding, staff, desk defaults, stock, customers, deals.

use crate::staff::{ADMINISTRATOR, GROUP_ADMINISTRATOR, MANAGER, Member, PASSWORD, STAFF};
use crate::stage::{Crew, Plan, Stage, Tier, ago};
use crate::{DemoError, customers, deals, history, stock};
use autolytiq_identity::api::{
    ClientInfo, DeskDefaults, DeskFee, Email, Founded, Founding, Name, NewGroup, NewPerson, NewStore, StorePlace,
    TypedPassword, add_store, add_user, desk_defaults, found_group, mark_demo_people, prepare_user, sign_in,
    switch_store, write_desk_defaults,
};
use autolytiq_kernel::{DealershipId, Role, StoreZone, TenantCtx};
use autolytiq_money::Money;

/// Where the store stands.
pub(crate) const ZONE: &str = "America/Chicago";

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seeded {
    /// The store with the stock and the deals.
    pub store: DealershipId,
    /// How many of each.
    pub vehicles: usize,
    pub customers: usize,
    pub deals: usize,
}

/// Makes the demonstration group.
///
/// # Errors
/// [`DemoError`] names what was refused. Each step is a transaction of its own, as in real use; a failure leaves the
/// steps before it.
pub async fn seed(stage: &Stage<'_>, plan: Plan) -> Result<Seeded, DemoError> {
    if let Tier::Franchise(scale) = plan.tier {
        return history::make(stage, plan, scale).await;
    }
    let zone = StoreZone::named(ZONE)?;
    let mut dice = fastrand::Rng::with_seed(plan.seed);
    stage.hand.set(ago(plan.anchor, 60));
    let founded = found(stage, zone.clone()).await?;
    let administrator = enter(stage, ADMINISTRATOR).await?;
    set_up_desk(stage, &administrator).await?;
    let mut crew = Crew { members: vec![administrator] };
    for member in STAFF.iter().skip(1) {
        add_member(stage, crew.get(ADMINISTRATOR)?, member).await?;
    }
    for index in 1..STAFF.len() {
        crew.members.push(enter(stage, index).await?);
    }
    second_store(stage, &founded, crew.get(ADMINISTRATOR)?).await?;

    let vehicles = stock::take_in(stage, crew.get(ADMINISTRATOR)?, plan, &zone, &mut dice).await?;
    let people = customers::enter(stage, &crew, plan).await?;
    let count = deals::work(stage, &crew, plan, &vehicles, &people).await?;
    stage.hand.set(plan.anchor);
    Ok(Seeded { store: founded.dealership, vehicles: vehicles.len(), customers: people.len(), deals: count })
}

pub(crate) async fn found(stage: &Stage<'_>, zone: StoreZone) -> Result<Founded, DemoError> {
    let group = NewGroup {
        name: Name::parse("Prairie Auto Group")?,
        store: NewStore {
            name: Name::parse("Prairie Motors")?,
            zone,
            place: place("TX", "Dallas", "Dallas", "75204")?,
            street: Some(Name::parse("4100 Demonstration Way")?),
            demo: true,
        },
        administrator: person(ADMINISTRATOR)?,
    };
    Ok(found_group(stage.identity, group, Founding::Demo, stage.origin()).await?)
}

fn place(state: &str, county: &str, city: &str, zip: &str) -> Result<StorePlace, DemoError> {
    Ok(StorePlace {
        state: state.to_owned().try_into()?,
        county: Some(county.to_owned().try_into()?),
        city: Some(city.to_owned().try_into()?),
        zip: Some(zip.to_owned().try_into()?),
    })
}

fn person(index: usize) -> Result<NewPerson, DemoError> {
    let member = STAFF.get(index).ok_or(DemoError::Missing("such member of the staff"))?;
    Ok(NewPerson {
        name: Name::parse(member.name)?,
        email: Email::parse(member.email)?,
        password: TypedPassword::new(PASSWORD),
    })
}

/// Signs a member in; the context is what acts for them from then on.
async fn enter(stage: &Stage<'_>, index: usize) -> Result<TenantCtx, DemoError> {
    let member = STAFF.get(index).ok_or(DemoError::Missing("such member of the staff"))?;
    enter_as(stage, member.email).await
}

/// Signs in the person with this address.
pub(crate) async fn enter_as(stage: &Stage<'_>, email: &str) -> Result<TenantCtx, DemoError> {
    let client = ClientInfo { user_agent: Some("Demonstration".to_owned()) };
    let signed_in = sign_in(stage.identity, email, &TypedPassword::new(PASSWORD), &client, stage.origin()).await?;
    Ok(signed_in.open()?.ctx)
}

async fn add_member(stage: &Stage<'_>, who: &TenantCtx, member: &Member) -> Result<(), DemoError> {
    add_person(stage, who, member.name, member.email, member.role).await
}

/// Adds a person to the store of `who`.
pub(crate) async fn add_person(
    stage: &Stage<'_>,
    who: &TenantCtx,
    name: &str,
    email: &str,
    role: Role,
) -> Result<(), DemoError> {
    let new =
        NewPerson { name: Name::parse(name)?, email: Email::parse(email)?, password: TypedPassword::new(PASSWORD) };
    let prepared = prepare_user(stage.identity, new).await?;
    let mut tx = stage.begin(who).await?;
    add_user(&mut tx, &prepared, role).await?;
    tx.commit().await?;
    // Their password is printed: no second factor would make them safer.
    Ok(mark_demo_people(stage.identity, who.acting()).await?)
}

/// The desk defaults of the store: its own fees and the terms a first pencil shows.
pub(crate) async fn set_up_desk(stage: &Stage<'_>, who: &TenantCtx) -> Result<(), DemoError> {
    let mut tx = stage.begin(who).await?;
    let (_, version) = desk_defaults(&mut tx).await?;
    let defaults = DeskDefaults {
        doc_fee: "150.00".parse()?,
        fees: vec![DeskFee {
            code: "nitrogen".to_owned(),
            name: Name::parse("Nitrogen and wheel locks")?,
            amount: "99.00".parse()?,
            taxable: true,
        }],
        pack: Money::from_dollars(500),
        finance_term_months: Some(72),
        finance_rate: Some("0.0649".parse()?),
        lease_term_months: Some(36),
        lease_money_factor: Some("0.00185".parse()?),
        lease_residual_percent: Some("0.58".parse()?),
        acquisition_fee: Some("695.00".parse()?),
        annual_miles: Some(12_000),
        ..DeskDefaults::default()
    };
    write_desk_defaults(&mut tx, &defaults, version).await?;
    Ok(tx.commit().await?)
}

/// A second rooftop of the group, empty as on its first day, in which the administrator and the sales manager work too;
/// and the group's own administrator, who works in both.
pub(crate) async fn second_store(
    stage: &Stage<'_>,
    founded: &Founded,
    administrator: &TenantCtx,
) -> Result<(), DemoError> {
    // While the group has one store, its administrator administers all of the group, and may appoint who does so from now on.
    add_member(stage, administrator, &GROUP_ADMINISTRATOR).await?;
    let store = NewStore {
        name: Name::parse("Prairie Motors Knoxville")?,
        zone: StoreZone::named("America/New_York")?,
        place: place("TN", "Knox", "Knoxville", "37902")?,
        street: Some(Name::parse("200 Demonstration Pike")?),
        demo: true,
    };
    let id = add_store(stage.identity, founded.group, &store, founded.administrator, stage.origin()).await?;
    let there = switch_store(stage.identity, administrator, id).await?.ctx;
    add_member(stage, &there, STAFF.get(MANAGER).ok_or(DemoError::Missing("such member of the staff"))?).await?;
    add_member(stage, &there, &GROUP_ADMINISTRATOR).await
}
