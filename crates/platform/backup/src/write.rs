//! Writing a backup: whole or not at all.

use std::fs::{self, File};
use std::io::{BufWriter, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use tar::{Archive, Builder, EntryType, Header};
use zstd::stream::write::Encoder;

use crate::error::{ArchiveError, damaged, io_at};
use crate::read::{Contents, verify};
use crate::sums::{self, Hashing, Sum};
use crate::{About, POSTGRES};

/// Quick, and about a tenth of a database's size.
const LEVEL: i32 = 3;

type Compressed = Encoder<'static, BufWriter<File>>;

/// A backup that is being written, under its name with `.part` behind it. Dropped before [`Writer::finish`] has
/// succeeded, it removes the file.
pub struct Writer {
    path: PathBuf,
    part: PathBuf,
    tar: Option<Builder<Compressed>>,
    sums: Vec<Sum>,
}

impl Writer {
    /// Begins a file that only its owner may read.
    ///
    /// # Errors
    /// [`ArchiveError::Exists`]; [`ArchiveError::Io`] when the folder cannot be written.
    pub fn create(path: &Path, about: &About) -> Result<Self, ArchiveError> {
        if path.exists() {
            return Err(ArchiveError::Exists { path: path.to_owned() });
        }
        let mut name = path.as_os_str().to_owned();
        name.push(".part");
        let part = PathBuf::from(name);
        let file = File::options()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&part)
            .map_err(io_at("creating", &part))?;
        // Held until the end: what carries such a name and is not locked belongs to nobody any more.
        file.lock().map_err(io_at("locking", &part))?;
        let encoder = Encoder::new(BufWriter::with_capacity(1 << 20, file), LEVEL).and_then(|mut encoder| {
            encoder.include_checksum(true)?;
            Ok(encoder)
        });
        let encoder = encoder.map_err(io_at("compressing", &part))?;
        let mut writer = Self { path: path.to_owned(), part, tar: Some(Builder::new(encoder)), sums: Vec::new() };
        let about = serde_json::to_vec_pretty(about).map_err(|error| ArchiveError::Source(error.into()))?;
        writer.add("about.json", &about)?;
        Ok(writer)
    }

    /// Adds a member from memory.
    ///
    /// # Errors
    /// [`ArchiveError::Io`], of which a full disk is the usual one.
    pub fn add(&mut self, name: &str, content: &[u8]) -> Result<(), ArchiveError> {
        let bytes = u64::try_from(content.len()).unwrap_or_default();
        self.append(name.to_owned(), bytes, content)
    }

    /// Adds the server's folder from the tar stream of its copy. `progress` is told how many bytes have been read.
    ///
    /// # Errors
    /// [`ArchiveError::Source`] when the stream ends early or is no tar; [`ArchiveError::Io`] as above.
    pub fn add_postgres(&mut self, copy: impl Read, progress: &mut dyn FnMut(u64)) -> Result<(), ArchiveError> {
        let mut copy = Archive::new(Hashing::new(copy));
        let mut done = 0_u64;
        for entry in copy.entries().map_err(ArchiveError::Source)? {
            let entry = entry.map_err(ArchiveError::Source)?;
            let path = entry.path().map_err(ArchiveError::Source)?.into_owned();
            let name = format!("{POSTGRES}/{}", path.display());
            match entry.header().entry_type() {
                EntryType::Directory => self.append_folder(&name)?,
                EntryType::Regular => {
                    let bytes = entry.size();
                    self.append(name, bytes, entry)?;
                    done = done.saturating_add(bytes);
                    progress(done);
                }
                other => {
                    // Tablespaces are the only links a server's folder has, and ours has none.
                    let why = format!("{name} is a {other:?}, which a backup cannot hold");
                    return Err(ArchiveError::Source(std::io::Error::other(why)));
                }
            }
        }
        // The zeros at the end, or the copying process would find its pipe closed.
        std::io::copy(&mut copy.into_inner(), &mut std::io::sink()).map_err(ArchiveError::Source)?;
        Ok(())
    }

    /// Closes the file, brings it to the disk, reads it from beginning to end, and gives it its name. What does not
    /// verify is removed.
    ///
    /// # Errors
    /// [`ArchiveError::Damaged`] when what was read is not what was written; [`ArchiveError::Io`].
    pub fn finish(mut self, progress: &mut dyn FnMut(u64)) -> Result<Contents, ArchiveError> {
        let sums = serde_json::to_vec(&self.sums).map_err(|error| ArchiveError::Source(error.into()))?;
        self.add(sums::NAME, &sums)?;
        let written = self.tar.take().ok_or_else(|| damaged(&self.part, "it is closed already"))?.into_inner();
        let file = written
            .and_then(Encoder::finish)
            .and_then(|buffered| buffered.into_inner().map_err(std::io::IntoInnerError::into_error))
            .map_err(io_at("writing", &self.part))?;
        file.sync_all().map_err(io_at("writing", &self.part))?;
        let contents = verify(&self.part, progress)?;
        fs::rename(&self.part, &self.path).map_err(io_at("renaming", &self.part))?;
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(io_at("writing", folder))?;
        Ok(contents)
    }

    fn append(&mut self, name: String, bytes: u64, content: impl Read) -> Result<(), ArchiveError> {
        let mut header = header(EntryType::Regular, bytes);
        let mut content = Hashing::new(content);
        let failed = io_at("writing", &self.part);
        let Some(tar) = &mut self.tar else { return Ok(()) };
        tar.append_data(&mut header, &name, &mut content).map_err(failed)?;
        if content.passed() != bytes {
            let why = format!("{name} ended after {} of {bytes} bytes", content.passed());
            return Err(ArchiveError::Source(std::io::Error::other(why)));
        }
        self.sums.push(content.sum(name));
        Ok(())
    }

    fn append_folder(&mut self, name: &str) -> Result<(), ArchiveError> {
        let failed = io_at("writing", &self.part);
        let Some(tar) = &mut self.tar else { return Ok(()) };
        tar.append_data(&mut header(EntryType::Directory, 0), name, std::io::empty()).map_err(failed)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // Renamed when it is whole; what is left under this name never is.
        drop(self.tar.take());
        let _ = fs::remove_file(&self.part);
    }
}

/// Removes what killed predecessors left in a folder: files named `autolytiq-….part` that nobody writes any more.
pub fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("autolytiq-")
            && name.ends_with(".part")
            && File::open(&path).is_ok_and(|file| file.try_lock().is_ok())
        {
            let _ = fs::remove_file(&path);
        }
    }
}

/// Whoever unpacks it by hand gets files that PostgreSQL accepts.
fn header(kind: EntryType, bytes: u64) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(kind);
    header.set_size(bytes);
    header.set_mode(if kind == EntryType::Directory { 0o700 } else { 0o600 });
    header
}
