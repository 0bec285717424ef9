//! Backups that are written, and what happens to those that are harmed.
#![expect(clippy::unwrap_used, reason = "helper functions of tests")]

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use autolytiq_backup::{About, ArchiveError, Contents, FORMAT, Visitor, Writer, read, verify};
use tempfile::TempDir;

fn about() -> About {
    About {
        format: FORMAT,
        product: "0.1.0".to_owned(),
        taken_at: "2026-11-14T21:00:00Z".parse().unwrap(),
        postgres_major: 18,
        migration: 60,
        holds_keys: false,
    }
}

/// A tar stream as `pg_basebackup` writes it, in small.
fn copy(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    let mut folder = tar::Header::new_ustar();
    folder.set_entry_type(tar::EntryType::Directory);
    folder.set_size(0);
    tar.append_data(&mut folder, "base/", io::empty()).unwrap();
    for (name, content) in files {
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len().try_into().unwrap());
        tar.append_data(&mut header, name, *content).unwrap();
    }
    tar.into_inner().unwrap()
}

fn server() -> Vec<u8> {
    let table: Vec<u8> = (0..300_000_u32).flat_map(|number| (number % 251).to_le_bytes()).collect();
    copy(&[("PG_VERSION", b"18\n"), ("backup_label", b"x"), ("base/16384", &table), ("backup_manifest", b"{}")])
}

fn written(folder: &TempDir) -> (std::path::PathBuf, Contents) {
    let path = folder.path().join("a.backup");
    let mut writer = Writer::create(&path, &about()).unwrap();
    writer.add("keys.sealed", b"sealed").unwrap();
    let mut told = Vec::new();
    writer.add_postgres(server().as_slice(), &mut |bytes| told.push(bytes)).unwrap();
    assert_eq!(told.last(), Some(&(3 + 1 + 1_200_000 + 2)));
    let contents = writer.finish(&mut |_| {}).unwrap();
    (path, contents)
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[derive(Default)]
struct Seen(Vec<(String, usize)>);

impl Visitor for Seen {
    fn about(&mut self, _: &About) -> Result<(), String> {
        Ok(())
    }
    fn folder(&mut self, path: &Path) -> io::Result<()> {
        self.0.push((path.display().to_string(), 0));
        Ok(())
    }
    fn file(&mut self, path: &Path, content: &mut dyn Read) -> io::Result<()> {
        let mut bytes = Vec::new();
        content.read_to_end(&mut bytes)?;
        self.0.push((path.display().to_string(), bytes.len()));
        Ok(())
    }
}

#[test]
fn what_was_written_comes_back_in_order() {
    let folder = TempDir::new().unwrap();
    let (path, contents) = written(&folder);
    assert_eq!(names(folder.path()), ["a.backup"], "nothing is left under another name");
    assert_eq!((contents.about.clone(), contents.files), (about(), 6));
    let mut seen = Seen::default();
    assert_eq!(read(&path, &mut seen, &mut |_| {}).unwrap(), contents);
    let expected = [
        ("keys.sealed", 6),
        ("postgres/base/", 0),
        ("postgres/PG_VERSION", 3),
        ("postgres/backup_label", 1),
        ("postgres/base/16384", 1_200_000),
        ("postgres/backup_manifest", 2),
    ];
    assert_eq!(seen.0, expected.map(|(name, bytes)| (name.to_owned(), bytes)));
}

#[test]
fn a_flipped_bit_is_found_wherever_it_is() {
    let folder = TempDir::new().unwrap();
    let (path, _) = written(&folder);
    let whole = fs::read(&path).unwrap();
    let harmed = folder.path().join("harmed");
    for position in (0..whole.len()).step_by(97).chain([whole.len() - 1]) {
        let mut bytes = whole.clone();
        bytes[position] ^= 0x10;
        fs::write(&harmed, bytes).unwrap();
        let found = verify(&harmed, &mut |_| {});
        assert!(
            matches!(found, Err(ArchiveError::Damaged { .. } | ArchiveError::Refused { .. })),
            "byte {position}: {found:?}"
        );
    }
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_refused() {
    let folder = TempDir::new().unwrap();
    let (path, _) = written(&folder);
    let whole = fs::read(&path).unwrap();
    let cut = folder.path().join("cut");
    for length in (0..whole.len()).step_by(101).chain([whole.len() - 1]) {
        fs::write(&cut, &whole[..length]).unwrap();
        let found = verify(&cut, &mut |_| {});
        assert!(matches!(found, Err(ArchiveError::Damaged { .. })), "{length} bytes: {found:?}");
    }
    let mut longer = whole;
    longer.extend_from_slice(b"more");
    fs::write(&cut, longer).unwrap();
    assert!(matches!(verify(&cut, &mut |_| {}), Err(ArchiveError::Damaged { .. })));
}

#[test]
fn a_copy_that_ends_early_leaves_no_file() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.backup");
    let server = server();
    {
        let mut writer = Writer::create(&path, &about()).unwrap();
        assert!(writer.add_postgres(&server[..700_000], &mut |_| {}).is_err());
    }
    assert_eq!(names(folder.path()), Vec::<String>::new());
    // A copy that is a whole tar and lacks the manifest is no backup either.
    let mut writer = Writer::create(&path, &about()).unwrap();
    writer.add_postgres(copy(&[("PG_VERSION", b"18\n")]).as_slice(), &mut |_| {}).unwrap();
    assert!(matches!(writer.finish(&mut |_| {}), Err(ArchiveError::Damaged { .. })));
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn a_backup_never_replaces_another() {
    let folder = TempDir::new().unwrap();
    let (path, _) = written(&folder);
    let before = fs::read(&path).unwrap();
    assert!(matches!(Writer::create(&path, &about()), Err(ArchiveError::Exists { .. })));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_path_that_leaves_its_folder_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("evil");
    let mut tar = tar::Builder::new(zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap());
    let text = serde_json::to_vec(&serde_json::json!({
        "format": 1, "product": "0", "takenAt": "2026-11-14T21:00:00Z", "postgresMajor": 18, "migration": 60,
        "holdsKeys": false,
    }))
    .unwrap();
    for (name, content) in [("about.json", text.as_slice()), ("postgres/../../evil", b"x")] {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len().try_into().unwrap());
        // `append_data` refuses such a name by itself.
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        tar.append(&header, content).unwrap();
    }
    fs::write(&path, tar.into_inner().unwrap().finish().unwrap()).unwrap();
    let found = read(&path, &mut Seen::default(), &mut |_| {});
    assert!(matches!(&found, Err(ArchiveError::Damaged { why, .. }) if why.contains("not below")), "{found:?}");
}

#[test]
fn what_the_visitor_refuses_is_not_read_further() {
    struct No;
    impl Visitor for No {
        fn about(&mut self, about: &About) -> Result<(), String> {
            Err(format!("not migration {}", about.migration))
        }
        fn folder(&mut self, _: &Path) -> io::Result<()> {
            Err(io::Error::other("reached"))
        }
        fn file(&mut self, _: &Path, _: &mut dyn Read) -> io::Result<()> {
            Err(io::Error::other("reached"))
        }
    }
    let folder = TempDir::new().unwrap();
    let (path, _) = written(&folder);
    assert_eq!(read(&path, &mut No, &mut |_| {}).unwrap_err().to_string(), "not migration 60");
}
