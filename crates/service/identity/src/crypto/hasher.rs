//! Argon2id behind a bounded queue.
//!
//! One hash takes tens of milliseconds of a core and 19 MiB. Under a flood of log-ins the queue fills, and whoever does
//! not fit in is turned away at once. What does fit in runs in threads of its own, which give way to everybody else's and,
//! while the queue stays full for longer than a burst of people, rest between two hashes: a hash slows what runs beside
//! it by the cache and the memory it takes, whatever its priority. Each runner's memory is used again by the next hash: given back to the
//! allocator it would stay behind in the arenas of whichever threads had it, many times over.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::phc::{Output, ParamsString, PasswordHash, Salt},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::domain::password::{NewPassword, TypedPassword};

/// OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, 2 passes, 1 lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// How many may wait for each hash that runs; with hashes of 20 to 40 ms that is a third of a second, or a second and a
/// half behind a flood.
const QUEUE_PER_RUNNER: usize = 8;

/// Under a flood a runner hashes for one part of the time in so many.
const SHARE: u32 = 4;

/// How long a runner hashes without a pause while others wait: the people of a shift who sign in at the same moment.
const BURST: Duration = Duration::from_secs(1);

/// How far the runners give way: a thread of nice 10 gets a tenth of a core that an ordinary one wants as well, and all
/// of one that nobody wants.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Hashes and verifies passwords, a bounded number at a time.
#[derive(Clone)]
pub(crate) struct PasswordHasher {
    /// One for each hash that runs or waits.
    admitted: Arc<Semaphore>,
    /// To the runners, which end with the last sender.
    work: mpsc::Sender<Work>,
    /// The hash of no password, for accounts that do not exist.
    decoy: Arc<str>,
}

/// What a hash works in.
type Memory = Vec<Block>;

/// One hash, and whom to tell.
type Work = Box<dyn FnOnce(&mut Memory) + Send>;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HashError {
    /// The queue is full.
    #[error("too many passwords are being checked at the moment")]
    Busy,
    /// Argon2 refused, or the stored hash is no hash.
    #[error("a password could not be hashed: {0}")]
    Broken(String),
}

impl PasswordHasher {
    /// A hasher that leaves half of the cores, and at least one, to other work.
    pub(crate) fn new() -> Result<Self, HashError> {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Self::sized((cores / 2).max(1), QUEUE_PER_RUNNER)
    }

    fn sized(runners: usize, queue_per_runner: usize) -> Result<Self, HashError> {
        let decoy = hash(&TypedPassword::new("the password of nobody"), &mut Memory::new())?.into();
        let (work, waiting) = mpsc::channel();
        let waiting = Arc::new(Mutex::new(waiting));
        let places = runners * (1 + queue_per_runner);
        let admitted = Arc::new(Semaphore::new(places));
        for _ in 0..runners {
            let (waiting, admitted) = (Arc::clone(&waiting), Arc::clone(&admitted));
            let crowded = move || admitted.available_permits() <= places / 2;
            thread::Builder::new().name("password".to_owned()).spawn(move || run(&waiting, crowded)).map_err(broken)?;
        }
        Ok(Self { admitted, work, decoy })
    }

    /// Room for one hash. Whoever has other work to do before it asks first: a flood is then turned away at no cost.
    pub(crate) fn room(&self) -> Result<Room<'_>, HashError> {
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(|_| HashError::Busy)?;
        Ok(Room { hasher: self, admitted })
    }

    /// The PHC string to store for a new password, with a salt of its own.
    pub(crate) async fn hash(&self, password: &NewPassword) -> Result<String, HashError> {
        let typed = password.typed().clone();
        self.room()?.run(move |memory| hash(&typed, memory)).await
    }
}

/// A place among the hashes that run or wait.
pub(crate) struct Room<'a> {
    hasher: &'a PasswordHasher,
    admitted: OwnedSemaphorePermit,
}

impl Room<'_> {
    /// Whether the password is the one of `stored`. Without a stored hash the answer is no, after the same work.
    pub(crate) async fn verify(self, password: &TypedPassword, stored: Option<&str>) -> Result<bool, HashError> {
        let (typed, known) = (password.clone(), stored.is_some());
        let against: Arc<str> = stored.map_or_else(|| Arc::clone(&self.hasher.decoy), Arc::from);
        let matches = self.run(move |memory| verify(&typed, &against, memory)).await?;
        Ok(matches && known)
    }

    /// Hands one piece of work to the runners. The place goes with it: a client that hangs up does not make room for
    /// another hash while its own still runs.
    async fn run<T: Send + 'static>(
        self,
        work: impl FnOnce(&mut Memory) -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, HashError> {
        let (tell, told) = oneshot::channel();
        let admitted = self.admitted;
        let one = move |memory: &mut Memory| {
            if !tell.is_closed() {
                // Whoever asked may have gone in the meantime.
                let _ = tell.send(work(memory));
            }
            drop(admitted);
        };
        self.hasher.work.send(Box::new(one)).map_err(broken)?;
        told.await.map_err(broken)?
    }
}

/// Hashes until nobody is left who could ask.
fn run(waiting: &Mutex<mpsc::Receiver<Work>>, crowded: impl Fn() -> bool) {
    // Only Linux has it by thread; and hashes at ordinary priority are right too, only less polite.
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, NICE) {
        tracing::warn!(%error, "identity.hasher.ordinary_priority");
    }
    let mut memory = Memory::new();
    let mut pace = Pace::rested(Instant::now());
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(next) = next else { return };
        let begun = Instant::now();
        // A hash that fails this way tells nobody, who reads it as broken; the next one starts in fresh memory.
        if catch_unwind(AssertUnwindSafe(|| next(&mut memory))).is_err() {
            memory = Memory::new();
        }
        if crowded() {
            thread::sleep(pace.after(begun, Instant::now()));
        } else {
            pace = Pace::rested(Instant::now());
        }
    }
}

/// How much a runner may still hash before it has to rest.
struct Pace {
    left: Duration,
    since: Instant,
}

impl Pace {
    fn rested(now: Instant) -> Self {
        Self { left: BURST, since: now }
    }

    /// The pause that is due after a hash that ran from `begun` to `ended`.
    fn after(&mut self, begun: Instant, ended: Instant) -> Duration {
        // The pause itself pays for what was owed; what came on top of it counts.
        let rested = begun.saturating_duration_since(self.since) / (SHARE - 1);
        self.left = (self.left + rested).min(BURST);
        let took = ended.duration_since(begun);
        let pause = took.saturating_sub(self.left) * (SHARE - 1);
        self.left = self.left.saturating_sub(took);
        self.since = ended + pause;
        pause
    }
}

#[expect(clippy::needless_pass_by_value, reason = "handed to `map_err` as it is")]
fn broken(error: impl ToString) -> HashError {
    HashError::Broken(error.to_string())
}

fn hash(password: &TypedPassword, memory: &mut Memory) -> Result<String, HashError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, Some(Params::DEFAULT_OUTPUT_LEN)).map_err(broken)?;
    let salt = Salt::generate();
    let (algorithm, version) = (Algorithm::Argon2id, Version::V0x13);
    let written = ParamsString::try_from(&params).map_err(broken)?;
    let output = derive(&Argon2::new(algorithm, version, params), password, &salt, memory)?;
    let hash = PasswordHash {
        algorithm: algorithm.ident(),
        version: Some(version.into()),
        params: written,
        salt: Some(salt),
        hash: Some(output),
    };
    Ok(hash.to_string())
}

fn verify(password: &TypedPassword, stored: &str, memory: &mut Memory) -> Result<bool, HashError> {
    let stored = PasswordHash::new(stored).map_err(broken)?;
    let (Some(salt), Some(expected)) = (&stored.salt, &stored.hash) else { return Err(broken("no salt or no hash")) };
    let algorithm = Algorithm::try_from(stored.algorithm.as_str()).map_err(broken)?;
    let version = stored.version.map(Version::try_from).transpose().map_err(broken)?.unwrap_or_default();
    // Those it was made with, the length of the hash among them.
    let params = Params::try_from(&stored).map_err(broken)?;
    let output = derive(&Argon2::new(algorithm, version, params), password, salt, memory)?;
    // `Output` compares in constant time.
    Ok(output == *expected)
}

/// The hash, worked out in this memory, which grows when it is too small.
fn derive(
    argon2: &Argon2<'_>,
    password: &TypedPassword,
    salt: &[u8],
    memory: &mut Memory,
) -> Result<Output, HashError> {
    let (blocks, length) =
        (argon2.params().block_count(), argon2.params().output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN));
    if memory.len() < blocks {
        memory.resize(blocks, Block::new());
    }
    let mut output = vec![0; length];
    let memory = memory.get_mut(..blocks).unwrap_or_default();
    argon2.hash_password_into_with_memory(password.expose().as_bytes(), salt, &mut output, memory).map_err(broken)?;
    Output::new(&output).map_err(broken)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{HashError, Pace, PasswordHasher};
    use crate::domain::{
        email::Email,
        name::Name,
        password::{NewPassword, TypedPassword},
    };

    fn new_password(text: &str) -> NewPassword {
        let (email, name) = (Email::parse("ada@example.com").unwrap(), Name::parse("Ada").unwrap());
        NewPassword::accept(TypedPassword::new(text), &email, &name).unwrap()
    }

    #[tokio::test]
    async fn a_password_is_known_again_and_no_two_hashes_are_alike() {
        let hasher = PasswordHasher::sized(1, 1).unwrap();
        let first = hasher.hash(&new_password("correct horse battery")).await.unwrap();
        let second = hasher.hash(&new_password("correct horse battery")).await.unwrap();
        assert!(first.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{first}");
        assert_ne!(first, second);
        assert!(
            hasher.room().unwrap().verify(&TypedPassword::new("correct horse battery"), Some(&first)).await.unwrap()
        );
        assert!(
            !hasher.room().unwrap().verify(&TypedPassword::new("correct horse batterz"), Some(&first)).await.unwrap()
        );
        assert!(!hasher.room().unwrap().verify(&TypedPassword::new("the password of nobody"), None).await.unwrap());
        assert!(matches!(
            hasher.room().unwrap().verify(&TypedPassword::new("x"), Some("plain")).await,
            Err(HashError::Broken(_))
        ));
    }

    /// From the tests of the reference implementation (phc-winner-argon2, src/test.c): argon2id, 2 passes, 64 MiB, 1 lane.
    #[test]
    fn a_hash_of_another_program_with_other_parameters_is_known() {
        let theirs = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        let mut memory = Vec::new();
        assert!(super::verify(&TypedPassword::new("password"), theirs, &mut memory).unwrap());
        assert!(!super::verify(&TypedPassword::new("Password"), theirs, &mut memory).unwrap());
        // In memory that another hash has used, and that is larger than needed.
        let ours = super::hash(&TypedPassword::new("password"), &mut memory).unwrap();
        assert!(super::verify(&TypedPassword::new("password"), &ours, &mut Vec::new()).unwrap());
    }

    #[test]
    fn a_runner_works_a_burst_at_once_and_then_its_share() {
        let start = Instant::now();
        let hash = Duration::from_millis(50);
        let (mut pace, mut now, mut pauses) = (Pace::rested(start), start, Vec::new());
        for _ in 0..120 {
            let pause = pace.after(now, now + hash);
            now += hash + pause;
            pauses.push(pause);
        }
        // A second of hashes, twenty of them, without a pause; then three parts of rest for each part of work.
        assert!(pauses.iter().take(20).all(Duration::is_zero), "{pauses:?}");
        assert_eq!(now - start, Duration::from_secs(1) + 100 * 4 * hash);
        // Three seconds of rest are a second of work again.
        now += Duration::from_secs(3);
        for _ in 0..20 {
            assert_eq!(pace.after(now, now + hash), Duration::ZERO);
            now += hash;
        }
        assert!(!pace.after(now, now + hash).is_zero());
    }

    #[tokio::test]
    async fn a_flood_is_turned_away_at_once() {
        let hasher = PasswordHasher::sized(1, 2).unwrap();
        let attempts = (0..20).map(|_| {
            let hasher = hasher.clone();
            async move { hasher.room()?.verify(&TypedPassword::new("a guess"), None).await }
        });
        let answers = futures::future::join_all(attempts).await;
        assert_eq!(answers.iter().filter(|answer| matches!(answer, Err(HashError::Busy))).count(), 17);
        assert!(
            hasher.room().unwrap().verify(&TypedPassword::new("a guess"), None).await.is_ok(),
            "room again afterwards"
        );
    }
}
