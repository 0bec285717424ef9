//! A whole run: everybody signs in, the load warms up, the load is measured.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use tokio::sync::Mutex;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::{LocalSet, spawn_blocking};

use crate::Options;
use crate::book::{Book, Work};
use crate::connection::Connection;
use crate::figures::{Flood, Interval, Report, Summary, Times};
use crate::flood::flood;
use crate::log_in::log_in;
use crate::mix::{Operation, errand};
use crate::pace::moments;
use crate::watch;

/// Requests of one person a minute: the product's own limit is a hundred.
const PER_PERSON: u32 = 60;
/// Everybody signs in anew once in this time; an access token is good for fifteen minutes.
const RENEWAL: Duration = Duration::from_secs(600);
/// How often a line of the course is written.
const INTERVAL: Duration = Duration::from_secs(10);
/// Deals that are opened before the load, so that there is something to work at.
const DEALS_AT_WORK: usize = 200;

/// Somebody who is signed in.
struct Signed {
    store: usize,
    person: usize,
    token: Rc<str>,
}

/// What all workers share; there is one thread.
struct State {
    book: Book,
    people: Vec<Signed>,
    work: Work,
    from: Instant,
    operations: BTreeMap<Operation, Times>,
    interval: Times,
    interval_failures: u64,
    failures: BTreeMap<String, u64>,
    log_in: Times,
}

type Shared = Rc<RefCell<State>>;
type Moments = Rc<Mutex<UnboundedReceiver<Instant>>>;

pub(crate) async fn drive(options: &Options, book: Book) -> Result<Report> {
    let idle = watch::resident(&options.processes);
    let mut alone = Times::new()?;
    let people = sign_in(options, &book, &mut alone).await?;
    let before_load = watch::resident(&options.processes);
    let start = Instant::now() + Duration::from_millis(100);
    let from = start + options.warming();
    let until = from + options.measured();
    let work = Work { cursors: vec![None; people.len()], only: options.only.clone(), ..Work::default() };
    let shared: Shared = Rc::new(RefCell::new(State {
        book,
        people,
        work,
        from,
        operations: Operation::all().map(|operation| Ok((operation, Times::new()?))).collect::<Result<_>>()?,
        interval: Times::new()?,
        interval_failures: 0,
        failures: BTreeMap::new(),
        log_in: Times::new()?,
    }));
    if options.only.is_none() {
        open_deals(options, &shared).await?;
    }
    let due: Moments = Rc::new(Mutex::new(moments(f64::from(options.rate), start, until)?));
    let pace = if options.flat_out { Pace::FlatOut { until } } else { Pace::Due(due) };
    let people = shared.borrow().people.len();
    #[expect(clippy::cast_precision_loss, reason = "some hundred people")]
    let renewals = people as f64 / RENEWAL.as_secs_f64();
    let renewals = moments(renewals, start, until)?;
    let set = LocalSet::new();
    for _ in 0..options.connections {
        set.spawn_local(worker(Connection::to(options.address), pace.clone(), Rc::clone(&shared)));
    }
    // Beside a flood a log-in may be turned away; nobody's token ends within such a run.
    if options.flood.is_none() {
        set.spawn_local(renew(Connection::to(options.address), renewals, Rc::clone(&shared)));
    }
    let flood = match options.flood {
        Some(rate) => Some(set.spawn_local(flood(options.address, moments(f64::from(rate), start, until)?, from))),
        None => None,
    };
    let course = set.run_until(watch_course(options, &shared, until)).await;
    set.await;
    let flood = match flood {
        Some(flood) => Some(flood.await??),
        None => None,
    };
    let state = shared.borrow();
    report(options, &state, Known { idle, before_load, alone: &alone, flood, course })
}

/// As many people as the rate needs, a few for one address, evenly from all stores, one after the other.
async fn sign_in(options: &Options, book: &Book, times: &mut Times) -> Result<Vec<Signed>> {
    let wanted = if options.only.is_some() { 20 } else { usize::try_from(options.rate * 60 / PER_PERSON)?.max(20) };
    let mut connection = Connection::to(options.address);
    let mut people = Vec::new();
    let most = book.stores.iter().map(|store| store.people.len()).max().unwrap_or(0);
    let all = (0..most).flat_map(|person| (0..book.stores.len()).map(move |store| (store, person)));
    for (store, person) in all {
        if people.len() == wanted {
            break;
        }
        let Some(found) = book.stores.get(store).and_then(|store| store.people.get(person)) else { continue };
        let begun = Instant::now();
        let token = log_in(&mut connection, &found.email, &book.password).await?;
        times.record(begun.elapsed());
        people.push(Signed { store, person, token });
    }
    if people.len() < wanted {
        bail!("{wanted} people are needed, and the stores have {}", people.len());
    }
    Ok(people)
}

/// Opens some deals, so that pencils and calculations have something to begin with.
async fn open_deals(options: &Options, shared: &Shared) -> Result<()> {
    let mut connection = Connection::to(options.address);
    let people = shared.borrow().people.len();
    for by in (0..people).take(DEALS_AT_WORK) {
        let Some(sent) = next(shared, Operation::CreateDeal, by) else { bail!("a store has nothing to sell") };
        let answer = connection.call(sent.call.clone()).await?;
        if !answer.status.is_success() {
            bail!("no deal was opened: {} {}", answer.status, String::from_utf8_lossy(&answer.body));
        }
        sent.done(&answer, &mut shared.borrow_mut().work)?;
    }
    Ok(())
}

/// A request of somebody, with their token.
fn next(shared: &Shared, operation: Operation, by: usize) -> Option<crate::mix::Errand> {
    let mut state = shared.borrow_mut();
    let State { book, people, work, .. } = &mut *state;
    let signed = people.get(by)?;
    let store = book.stores.get(signed.store)?;
    let mut sent = errand(operation, by, store.people.get(signed.person)?, store, work)?;
    // A pencil is its deal's salesperson's.
    sent.call.token = Some(Rc::clone(&people.get(sent.by)?.token));
    Some(sent)
}

/// When a worker sends its next request.
#[derive(Clone)]
enum Pace {
    /// When it is due.
    Due(Moments),
    /// When the last one was answered.
    FlatOut { until: Instant },
}

impl Pace {
    async fn next(&self) -> Option<Instant> {
        match self {
            Self::Due(due) => due.lock().await.recv().await,
            Self::FlatOut { until } => Some(Instant::now()).filter(|now| now < until),
        }
    }
}

/// Sends what is due, one after the other.
async fn worker(mut connection: Connection, pace: Pace, shared: Shared) {
    while let Some(moment) = pace.next().await {
        let by = fastrand::usize(..shared.borrow().people.len());
        let drawn = if shared.borrow().work.only.is_some() { Operation::Only } else { Operation::draw() };
        let Some(sent) = next(&shared, drawn, by) else {
            shared.borrow_mut().failed(moment, "nothing to ask for".to_owned());
            continue;
        };
        let operation = sent.operation;
        let answer = connection.call(sent.call.clone()).await;
        let took = moment.elapsed();
        let mut state = shared.borrow_mut();
        let outcome = match answer {
            Ok(answer) if answer.status.is_success() => {
                sent.done(&answer, &mut state.work).map_err(|error| error.to_string())
            }
            Ok(answer) => Err(format!("{} {}", answer.status.as_u16(), code(&answer.body))),
            Err(error) => Err(error.to_string()),
        };
        state.answered(moment, operation, took);
        if let Err(why) = outcome {
            state.failed(moment, format!("{}: {why}", operation.name()));
        }
    }
}

/// What a problem says.
fn code(body: &[u8]) -> String {
    let problem: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    let text = |name: &str| problem[name].as_str().unwrap_or("?").to_owned();
    format!("{}: {}", text("code"), text("detail"))
}

/// Signs one person after the other in anew, at a fixed rate.
async fn renew(mut connection: Connection, mut due: UnboundedReceiver<Instant>, shared: Shared) {
    let mut at = 0;
    while let Some(moment) = due.recv().await {
        let found = {
            let state = shared.borrow();
            let signed = state.people.get(at);
            let person = signed.and_then(|signed| state.book.stores.get(signed.store)?.people.get(signed.person));
            person.map(|person| (person.email.clone(), state.book.password.clone()))
        };
        let Some((email, password)) = found else { return };
        let token = log_in(&mut connection, &email, &password).await;
        let mut state = shared.borrow_mut();
        if moment >= state.from {
            state.log_in.record(moment.elapsed());
        }
        match token {
            Ok(token) => {
                if let Some(signed) = state.people.get_mut(at) {
                    signed.token = token;
                }
            }
            Err(error) => state.failed(moment, format!("log-in: {error}")),
        }
        at = (at + 1) % state.people.len().max(1);
    }
}

impl State {
    fn answered(&mut self, moment: Instant, operation: Operation, took: Duration) {
        if moment >= self.from {
            if let Some(times) = self.operations.get_mut(&operation) {
                times.record(took);
            }
            self.interval.record(took);
        }
    }

    fn failed(&mut self, moment: Instant, why: String) {
        // Nothing may fail while it warms up either.
        let why = if moment >= self.from { why } else { format!("{why} (while warming up)") };
        *self.failures.entry(why).or_default() += 1;
        self.interval_failures += 1;
    }
}

/// Once in so many lines the server's memory is looked at: walking the pages of all its processes takes some tenths of a
/// second, which on this thread would hold up every request, and elsewhere takes a core.
const LOOK_EVERY: usize = 6;

/// A line for each ten seconds.
async fn watch_course(options: &Options, shared: &Shared, until: Instant) -> Vec<Interval> {
    let from = shared.borrow().from;
    tokio::time::sleep_until(from.into()).await;
    let mut course: Vec<Interval> = Vec::new();
    let (mut end, mut postgres, mut look) = (from, 0.0, None);
    while end < until {
        if let Some(postmaster) = options.postmaster.filter(|_| course.len().is_multiple_of(LOOK_EVERY)) {
            look = Some(spawn_blocking(move || watch::proportional(postmaster)));
        }
        end = (end + INTERVAL).min(until);
        tokio::time::sleep_until(end.into()).await;
        if let Some(found) = look.take() {
            postgres = found.await.unwrap_or(postgres);
        }
        let mut state = shared.borrow_mut();
        let line = Interval {
            second: end.duration_since(from).as_secs(),
            times: state.interval.summary(),
            failures: state.interval_failures,
            product: watch::resident(&options.processes),
            postgres,
        };
        state.interval.clear();
        state.interval_failures = 0;
        drop(state);
        eprintln!(
            "{:>5} s  {:>6} answers  p95 {:>7.1} ms  p99 {:>7.1} ms  {} failures  product {:.0} MB  PostgreSQL {:.0} MB",
            line.second, line.times.count, line.times.p95, line.times.p99, line.failures, line.product, line.postgres
        );
        course.push(line);
    }
    course
}

/// What is known beside the state.
struct Known<'a> {
    idle: f64,
    before_load: f64,
    alone: &'a Times,
    flood: Option<Flood>,
    course: Vec<Interval>,
}

fn report(options: &Options, state: &State, known: Known<'_>) -> Result<Report> {
    let total = |wanted: &dyn Fn(Operation) -> bool| -> Result<Summary> {
        let mut times = Times::new()?;
        state.operations.iter().filter(|(operation, _)| wanted(**operation)).for_each(|(_, more)| times.add(more));
        Ok(times.summary())
    };
    let all = total(&|_| true)?;
    // Within the time: what was due is sent to its end even behind time.
    let within: u64 = known.course.iter().map(|interval| interval.times.count).sum();
    #[expect(clippy::cast_precision_loss, reason = "some million requests")]
    let answered = within as f64 / options.measured().as_secs_f64();
    Ok(Report {
        rate: options.rate,
        seconds: options.seconds,
        people: state.people.len(),
        stores: state.book.stores.len(),
        idle: known.idle,
        before_load: known.before_load,
        answered,
        all,
        reads: total(&|operation| !operation.writes())?,
        writes: total(&|operation| operation.writes())?,
        operations: state
            .operations
            .iter()
            .map(|(operation, times)| (operation.name(), times.summary()))
            .filter(|(_, times)| times.count > 0)
            .collect(),
        log_in_alone: known.alone.summary(),
        log_in: state.log_in.summary(),
        flood: known.flood,
        failures: state.failures.clone(),
        intervals: known.course,
    })
}
