//! `autolytiq calc`: the engine over a file of JSON lines, in constant memory, with its progress on a terminal.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use autolytiq_finance::lines::{Tally, answer_lines};

/// How often the line on the terminal changes.
const EVERY: Duration = Duration::from_millis(250);

/// Answers every line of the input on the output; absent, they are the standard ones.
pub(crate) fn run(input: Option<&Path>, output: Option<&Path>) -> anyhow::Result<Tally> {
    let (source, size): (Box<dyn Read>, _) = match input {
        Some(path) => {
            let file = File::open(path).with_context(|| format!("reading {}", path.display()))?;
            let size = file.metadata().ok().filter(std::fs::Metadata::is_file).map(|data| data.len());
            (Box::new(file), size)
        }
        None => (Box::new(io::stdin().lock()), None),
    };
    let sink: Box<dyn Write> = match output {
        Some(path) => Box::new(File::create(path).with_context(|| format!("writing {}", path.display()))?),
        None => Box::new(io::stdout().lock()),
    };
    // With the answers on the same terminal a line of progress would stand among them.
    let shown = io::stderr().is_terminal() && (output.is_some() || !io::stdout().is_terminal());
    let mut lines = Watched { inner: BufReader::new(source), progress: shown.then(|| Progress::new(size)) };
    let mut out = BufWriter::new(sink);
    let tally = answer_lines(&mut lines, &mut out)?;
    out.flush()?;
    if let Some(progress) = &lines.progress {
        progress.end(tally);
    }
    Ok(tally)
}

/// A reader that tells how far it is.
struct Watched<R> {
    inner: R,
    progress: Option<Progress>,
}

impl<R: BufRead> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Watched<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
        if let Some(progress) = &mut self.progress {
            progress.advance(amount);
        }
    }
}

struct Progress {
    /// Bytes in all, where that is known.
    size: Option<u64>,
    read: u64,
    begun: Instant,
    shown: Instant,
}

impl Progress {
    fn new(size: Option<u64>) -> Self {
        let now = Instant::now();
        Self { size, read: 0, begun: now, shown: now }
    }

    fn advance(&mut self, bytes: usize) {
        self.read = self.read.saturating_add(u64::try_from(bytes).unwrap_or_default());
        if self.shown.elapsed() < EVERY {
            return;
        }
        self.shown = Instant::now();
        let seconds = self.begun.elapsed().as_secs().max(1);
        let speed = self.read / seconds;
        let line = match self.size.filter(|size| *size > 0) {
            Some(size) => {
                let left = size.saturating_sub(self.read) / speed.max(1);
                format!("{} % read, {} kB/s, about {left} s left", self.read.saturating_mul(100) / size, speed / 1000)
            }
            None => format!("{} kB read, {} kB/s", self.read / 1000, speed / 1000),
        };
        show(&format!("\r\x1b[K{line}"));
    }

    fn end(&self, tally: Tally) {
        let seconds = self.begun.elapsed().as_secs_f64();
        show(&format!("\r\x1b[K{} answered, {} failed in {seconds:.1} s\n", tally.answered, tally.failed));
    }
}

/// A terminal that has gone away is no reason to stop.
fn show(text: &str) {
    let mut terminal = io::stderr().lock();
    let _ = terminal.write_all(text.as_bytes()).and_then(|()| terminal.flush());
}
