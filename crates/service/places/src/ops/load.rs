//! Reading the body of an import into the tables, in the import's transaction.

use crate::error::ImportError;
use crate::import::{
    Addresses, Boundaries, Faults, Format, Levy, Lines, Plain, Range, Record, Skipped, Split, Streamlined, overlaps,
};
use crate::progress::Progress;
use crate::store::import::RateImportId;
use crate::store::{address, levy, range};
use autolytiq_db::TenantTx;
use axum::body::Body;
use futures::StreamExt as _;
use jiff::civil::Date;
use std::time::Duration;

/// Largest file.
pub(crate) const MOST_BYTES: usize = 200 * 1024 * 1024;
/// Most rates in one file; the largest states have a few thousand. They are held in memory, ranges are not.
const MOST_LEVIES: usize = 100_000;
/// Ranges written in one statement.
const BATCH: usize = 5_000;
/// How long the next part of the body may be awaited.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is to be imported.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    pub(crate) id: RateImportId,
    pub(crate) state: String,
    /// The state's FIPS number.
    pub(crate) number: u8,
    pub(crate) format: Format,
    pub(crate) source: String,
    pub(crate) file_name: Option<String>,
    pub(crate) as_of: Date,
    pub(crate) first_day: Option<Date>,
}

/// What a file held.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// Lines read, the empty ones not counted.
    pub(crate) lines: u64,
    /// Rows stored.
    pub(crate) rows: u64,
    pub(crate) skipped: Skipped,
    /// The earliest first day.
    pub(crate) first_day: Option<Date>,
    pub(crate) faults: Faults,
    /// Of a file of rates.
    pub(crate) levies: Vec<Levy>,
}

enum Reader {
    Plain(Plain),
    Streamlined(Streamlined),
    Boundaries(Boundaries),
}

struct Load<'a> {
    reader: Reader,
    split: Split,
    line: u64,
    loaded: Loaded,
    ranges: Vec<Range>,
    houses: Vec<Addresses>,
    progress: &'a Progress,
}

impl Load<'_> {
    fn line(&mut self, bytes: &[u8]) {
        self.line += 1;
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return;
        }
        self.loaded.lines += 1;
        let (line, reader, loaded) = (self.line, &mut self.reader, &mut self.loaded);
        let (ranges, houses) = (&mut self.ranges, &mut self.houses);
        let faults = &mut loaded.faults;
        let read = self.split.line(bytes, |fields| match reader {
            Reader::Plain(plain) => loaded.levies.extend(plain.line(line, fields, faults)),
            Reader::Streamlined(file) => loaded.levies.extend(file.line(line, fields, faults)),
            Reader::Boundaries(file) => match file.line(line, fields, faults) {
                Some(Record::Zips(range)) => ranges.push(range),
                Some(Record::Houses(stretch)) => houses.push(stretch),
                None => {}
            },
        });
        if let Err(why) = read {
            let (code, detail) = why.code_and_detail();
            faults.add(line, "", code, detail);
        }
        if loaded.levies.len() > MOST_LEVIES {
            faults.add(line, "", "too-many-rows", format!("more than {MOST_LEVIES} rates are no state's table"));
            loaded.levies.clear();
        }
    }

    /// Writes the ranges that have come in; of a file with faults nothing more is written.
    async fn store(&mut self, tx: &mut TenantTx, id: RateImportId) -> Result<(), ImportError> {
        let days = self.ranges.iter().map(|range| range.first).chain(self.houses.iter().map(|stretch| stretch.first));
        self.loaded.first_day = self.loaded.first_day.into_iter().chain(days).min();
        self.loaded.rows += u64::try_from(self.ranges.len() + self.houses.len()).unwrap_or_default();
        if self.loaded.faults.none() {
            for batch in self.ranges.chunks(BATCH) {
                range::insert(tx, id, batch).await?;
            }
            for batch in self.houses.chunks(BATCH) {
                address::insert(tx, id, batch).await?;
            }
        }
        self.ranges.clear();
        self.houses.clear();
        Ok(())
    }
}

/// Reads the file to its end, and writes what it holds while nothing was wrong with it.
pub(super) async fn load(
    tx: &mut TenantTx,
    order: &Order,
    body: Body,
    progress: &Progress,
) -> Result<Loaded, ImportError> {
    let reader = match order.format {
        Format::Csv => Reader::Plain(Plain::default()),
        Format::SstRate => Reader::Streamlined(Streamlined::new(order.number)),
        Format::SstBoundary => Reader::Boundaries(Boundaries::new(order.number)),
    };
    let (skipped, faults) = (Skipped::default(), Faults::default());
    let loaded = Loaded { lines: 0, rows: 0, skipped, first_day: None, faults, levies: Vec::new() };
    let mut load =
        Load { reader, split: Split::default(), line: 0, loaded, ranges: Vec::new(), houses: Vec::new(), progress };
    let mut bytes = 0_usize;
    let (mut lines, mut chunks) = (Lines::default(), body.into_data_stream());
    loop {
        let next = tokio::time::timeout(PATIENCE, chunks.next()).await;
        let Some(chunk) = next.map_err(|_| ImportError::Cut("no more of the file came for a minute"))? else { break };
        let chunk = chunk.map_err(|_| ImportError::Cut("the connection broke before the file ended"))?;
        bytes += chunk.len();
        if bytes > MOST_BYTES {
            return Err(ImportError::TooLarge);
        }
        // Small pieces, so that a large chunk neither holds the thread nor fills the memory.
        for piece in chunk.chunks(256 * 1024) {
            if lines.feed(piece, |line| load.line(line)).is_err() {
                load.loaded.faults.add(load.line + 1, "", "too-long", "the line is too long to be a record");
                return Ok(load.loaded);
            }
            if load.ranges.len() + load.houses.len() >= BATCH {
                load.store(tx, order.id).await?;
            }
        }
        progress.tell(u64::try_from(bytes).unwrap_or_default(), load.loaded.lines, load.loaded.faults.total);
    }
    if let Some(line) = lines.rest() {
        load.line(line);
    }
    load.progress.check();
    load.store(tx, order.id).await?;
    finish(tx, order, load).await
}

async fn finish(tx: &mut TenantTx, order: &Order, load: Load<'_>) -> Result<Loaded, ImportError> {
    let Load { reader, line, mut loaded, .. } = load;
    let empty = match reader {
        Reader::Plain(plain) => !plain.began() || loaded.levies.is_empty(),
        Reader::Streamlined(file) => {
            loaded.skipped = file.skipped;
            loaded.levies.is_empty()
        }
        Reader::Boundaries(file) => {
            loaded.skipped = file.skipped;
            if loaded.faults.none() {
                range::insert_areas(tx, order.id, &file.into_areas()).await?;
            }
            loaded.rows == 0
        }
    };
    if empty && loaded.faults.none() {
        loaded.faults.add(line.max(1), "", "empty", "the file has no row that could be used");
    }
    overlaps(&loaded.levies, &mut loaded.faults);
    if order.format != Format::SstBoundary {
        loaded.rows = u64::try_from(loaded.levies.len()).unwrap_or_default();
        loaded.first_day = loaded.levies.iter().map(|levy| levy.row.effective).min();
        if loaded.faults.none() {
            levy::insert(tx, order.id, &loaded.levies).await?;
        }
    }
    Ok(loaded)
}
