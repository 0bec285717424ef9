//! Reading a backup.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Component, Path, PathBuf};

use tar::{Archive, EntryType};
use zstd::stream::read::Decoder;

use crate::error::{ArchiveError, damaged, io_at};
use crate::sums::{self, Hashing, Sum};
use crate::{About, FORMAT, POSTGRES};

/// `about.json` and `sums.json` are small; a member that says otherwise is none of ours.
const SMALL_BYTES: u64 = 64 * 1024 * 1024;

/// What a whole backup held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// What it says about itself.
    pub about: About,
    /// Files in it.
    pub files: usize,
    /// Their sizes together.
    pub bytes: u64,
    /// The size of the backup itself.
    pub archive_bytes: u64,
}

/// Is handed what a backup holds, in order. Whether that was whole is known only after [`read`] has returned.
pub trait Visitor {
    /// Decides, before anything else, whether to go on.
    ///
    /// # Errors
    /// The reason why not, in words for the person who asked.
    fn about(&mut self, about: &About) -> Result<(), String>;

    /// A folder. The path is relative and stays below.
    ///
    /// # Errors
    /// When it cannot be made.
    fn folder(&mut self, path: &Path) -> io::Result<()>;

    /// A file. What is left of it unread is checked all the same.
    ///
    /// # Errors
    /// When it cannot be written.
    fn file(&mut self, path: &Path, content: &mut dyn Read) -> io::Result<()>;
}

/// Reads a backup and checks every byte of it.
///
/// # Errors
/// As [`read`].
pub fn verify(path: &Path, progress: &mut dyn FnMut(u64)) -> Result<Contents, ArchiveError> {
    struct Nobody;
    impl Visitor for Nobody {
        fn about(&mut self, _: &About) -> Result<(), String> {
            Ok(())
        }
        fn folder(&mut self, _: &Path) -> io::Result<()> {
            Ok(())
        }
        fn file(&mut self, _: &Path, _: &mut dyn Read) -> io::Result<()> {
            Ok(())
        }
    }
    read(path, &mut Nobody, progress)
}

/// Hands every member to the visitor and checks it. `progress` is told how many bytes of members have been read.
///
/// # Errors
/// [`ArchiveError::Damaged`] when anything is missing, added, changed or cut off; [`ArchiveError::Refused`] and
/// [`ArchiveError::Target`] when the visitor said so.
pub fn read(path: &Path, visitor: &mut dyn Visitor, progress: &mut dyn FnMut(u64)) -> Result<Contents, ArchiveError> {
    let file = File::open(path).map_err(io_at("opening", path))?;
    let archive_bytes = file.metadata().map_err(io_at("reading", path))?.len();
    let decoder =
        Decoder::with_buffer(BufReader::with_capacity(1 << 20, file)).map_err(|error| damaged(path, error))?;
    let mut tar = Archive::new(decoder);
    let mut walk = Walk { path, visitor, about: None, found: Vec::new(), noted: None };
    let mut bytes = 0_u64;
    for entry in tar.entries().map_err(|error| damaged(path, error))? {
        let entry = entry.map_err(|error| damaged(path, error))?;
        bytes = bytes.saturating_add(entry.size());
        walk.entry(entry)?;
        progress(bytes);
    }
    // To the end of the frame, where the checksum of the whole stands.
    io::copy(&mut tar.into_inner(), &mut io::sink()).map_err(|error| damaged(path, error))?;
    walk.end(bytes, archive_bytes)
}

struct Walk<'a> {
    path: &'a Path,
    visitor: &'a mut dyn Visitor,
    about: Option<About>,
    found: Vec<Sum>,
    /// What `sums.json` says there must be.
    noted: Option<Vec<Sum>>,
}

impl Walk<'_> {
    fn entry(&mut self, mut entry: tar::Entry<'_, impl Read>) -> Result<(), ArchiveError> {
        let wrong = |why: String| damaged(self.path, why);
        let member = entry.path().map_err(|error| wrong(error.to_string()))?.into_owned();
        if !member.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(wrong(format!("it names {}, which is not below its folder", member.display())));
        }
        if self.noted.is_some() {
            return Err(wrong(format!("{} stands behind its end", member.display())));
        }
        let kind = entry.header().entry_type();
        if self.about.is_none() {
            if member != Path::new("about.json") || kind != EntryType::Regular {
                return Err(wrong("it does not begin with about.json".to_owned()));
            }
            return self.begin(&mut entry);
        }
        match kind {
            EntryType::Directory => {
                self.visitor.folder(&member).map_err(|source| ArchiveError::Target { member, source })
            }
            EntryType::Regular if member == Path::new(sums::NAME) => {
                let text = small(&mut entry).map_err(|error| wrong(error.to_string()))?;
                self.noted = Some(serde_json::from_slice(&text).map_err(|error| wrong(error.to_string()))?);
                Ok(())
            }
            EntryType::Regular => self.file(&member, &mut entry),
            other => Err(wrong(format!("{} is a {other:?}", member.display()))),
        }
    }

    fn begin(&mut self, entry: &mut impl Read) -> Result<(), ArchiveError> {
        let wrong = |why: &dyn ToString| damaged(self.path, why.to_string());
        let mut content = Hashing::new(entry);
        let text = small(&mut content).map_err(|error| wrong(&error))?;
        let about: About = serde_json::from_slice(&text).map_err(|error| wrong(&error))?;
        if about.format > FORMAT {
            let why = format!("it was written by a newer program ({}): restore it with that one", about.product);
            return Err(ArchiveError::Refused { why });
        }
        self.visitor.about(&about).map_err(|why| ArchiveError::Refused { why })?;
        self.found.push(content.sum("about.json".to_owned()));
        self.about = Some(about);
        Ok(())
    }

    fn file(&mut self, member: &Path, entry: &mut impl Read) -> Result<(), ArchiveError> {
        let mut content = Hashing::new(Watched { inner: entry, failed: None });
        let written = self.visitor.file(member, &mut content);
        // What the visitor did not want is checked all the same.
        let rest = io::copy(&mut content, &mut io::sink());
        let (watched, sum) = content.take_apart(member.display().to_string());
        match (watched.failed, rest, written) {
            // The backup's own fault, and not that of the place it is restored to.
            (Some(why), ..) => Err(damaged(self.path, format!("{}: {why}", member.display()))),
            (None, Err(error), _) => Err(damaged(self.path, error)),
            (None, Ok(_), Err(source)) => Err(ArchiveError::Target { member: member.to_owned(), source }),
            (None, Ok(_), Ok(())) => {
                self.found.push(sum);
                Ok(())
            }
        }
    }

    fn end(self, bytes: u64, archive_bytes: u64) -> Result<Contents, ArchiveError> {
        let wrong = |why: String| damaged(self.path, why);
        let Some(about) = self.about else { return Err(wrong("it is empty".to_owned())) };
        let noted = self.noted.ok_or_else(|| wrong("it is cut off: its end is missing".to_owned()))?;
        if let Some((_, noted)) = self.found.iter().zip(&noted).find(|(found, noted)| found != noted) {
            return Err(wrong(format!("{} is not what was written", noted.name)));
        }
        if self.found.len() != noted.len() {
            return Err(wrong(format!("it holds {} of {} files", self.found.len(), noted.len())));
        }
        for needed in ["backup_manifest", "PG_VERSION", "backup_label"] {
            let needed = PathBuf::from(POSTGRES).join(needed);
            if !noted.iter().any(|sum| Path::new(&sum.name) == needed) {
                return Err(wrong(format!("{} is missing", needed.display())));
            }
        }
        Ok(Contents { about, files: noted.len(), bytes, archive_bytes })
    }
}

fn small(content: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    content.take(SMALL_BYTES).read_to_end(&mut text)?;
    Ok(text)
}

/// Remembers that reading failed, so that it is not taken for a failure of writing.
struct Watched<R> {
    inner: R,
    failed: Option<String>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer).inspect_err(|error| self.failed = Some(error.to_string()))
    }
}
