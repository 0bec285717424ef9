//! Compiling for `wasm32-unknown-unknown`, wherever the compiler for it can be had.
//!
//! 1. The target is already in the toolchain.
//! 2. `rustup target add`, which needs rustup and its server.
//! 3. Debian's `rustc-web` packages, unpacked privately: they carry the source of the standard library, which cargo then
//!    builds for the target. Nothing on PATH changes, no root is needed, only Debian's package server.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::{cmd, tools};

const TARGET: &str = "wasm32-unknown-unknown";
const PACKAGE: &str = "autolytiq-wasm";
/// The hash of the rates is computed once a deal: its small form will do.
const SMALL: &str = r#"--cfg sha2_backend_soft="compact""#;

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Choice {
    /// The first that works
    #[default]
    Auto,
    /// Only the installed toolchain
    Installed,
    /// Only Debian's packages
    Debian,
}

/// What compiling made: the module, and the packed rules that it is handed at run time.
pub(crate) struct Compiled {
    pub(crate) module: PathBuf,
    pub(crate) rules: PathBuf,
}

/// Compiles the engine, with its named operations or with no more than the calculation of a deal.
pub(crate) fn compile(choice: Choice, operations: bool) -> Result<Compiled> {
    let target_dir = cmd::target_dir().join("wasm");
    let mut build = cmd::cargo();
    build.args(["build", "--locked", "--package", PACKAGE, "--target", TARGET, "--profile", "wasm"]);
    if !operations {
        build.arg("--no-default-features");
    }
    build.env("CARGO_TARGET_DIR", &target_dir).env("RUSTFLAGS", SMALL);
    let mut reasons = Vec::new();
    let installed = choice != Choice::Debian
        && (has_target()
            || (choice == Choice::Auto && add_target().map_err(|e| reasons.push(e)).is_ok() && has_target()));
    let folder = if installed {
        rules_folder(&mut build)?
    } else if choice == Choice::Installed {
        bail!("the toolchain has no {TARGET}: rustup target add {TARGET}");
    } else {
        let sysroot = match debian_sysroot() {
            Ok(sysroot) => sysroot,
            Err(error) => {
                for reason in &reasons {
                    eprintln!("rustup: {reason:#}");
                }
                return Err(error.context(format!(
                    "no compiler for {TARGET}: install it with `rustup target add {TARGET}`, or make Debian's package rustc-web reachable"
                )));
            }
        };
        drive_with(&mut build, &sysroot)?;
        rules_folder(&mut build)?
    };
    let module = target_dir.join(TARGET).join("wasm").join("autolytiq_wasm.wasm");
    Ok(Compiled { module, rules: folder.join("rules.bin") })
}

/// Builds, and answers the folder into which the build script of the tax rules wrote.
fn rules_folder(build: &mut Command) -> Result<PathBuf> {
    build.arg("--message-format=json-render-diagnostics");
    let folder = cmd::messages(build)?.into_iter().rev().find_map(|message| {
        let executed = message["reason"] == "build-script-executed";
        let of_rules = message["package_id"].as_str().is_some_and(|id| id.contains("crates/engine/tax#"));
        (executed && of_rules).then(|| message["out_dir"].as_str().map(PathBuf::from)).flatten()
    });
    folder.context("cargo did not say where the rules were packed")
}

fn has_target() -> bool {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]).current_dir(cmd::root());
    cmd::output(&mut rustc)
        .is_ok_and(|path| fs::read_dir(path.trim()).is_ok_and(|mut entries| entries.next().is_some()))
}

fn add_target() -> Result<()> {
    if cmd::on_path("rustup").is_none() {
        bail!("not installed");
    }
    // Without a way to rustup's server its own patience would be minutes.
    let mut rustup = cmd::program("timeout", cmd::root());
    rustup.args(["90", "rustup", "target", "add", TARGET]);
    cmd::quiet(&mut rustup)
}

/// Makes our cargo drive Debian's compiler, which builds the standard library first.
fn drive_with(build: &mut Command, sysroot: &Path) -> Result<()> {
    let ours = cmd::output(Command::new("rustc").args(["--print", "sysroot"]))?;
    let host = host()?;
    build
        .arg("-Zbuild-std=std,panic_abort")
        .env("RUSTC", sysroot.join("usr/bin/rustc"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("LD_LIBRARY_PATH", sysroot.join("usr/lib").join(format!("{}-linux-gnu", std::env::consts::ARCH)))
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER",
            Path::new(ours.trim()).join("lib/rustlib").join(host).join("bin/rust-lld"),
        );
    Ok(())
}

fn host() -> Result<String> {
    let version = cmd::output(Command::new("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc does not name its host")
}

/// Debian's compiler in the cache folder, fetched when it is not there yet.
fn debian_sysroot() -> Result<PathBuf> {
    let cache = tools::cache()?;
    let apt = Apt::with_lists(&cache)?;
    let (version, packages) = apt.compiler_packages()?;
    let folder = cache.join(format!("rustc-web-{}", version.replace(['/', ':', '~', '+'], "-")));
    if folder.join("usr/bin/rustc").exists() {
        return Ok(folder);
    }
    println!("engine: fetching Debian's rustc-web {version} into {} (once, 140 MB)", folder.display());
    let unfinished = folder.with_extension("unfinished");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).with_context(|| format!("removing {}", unfinished.display()))?;
    }
    let downloads = unfinished.join("packages");
    fs::create_dir_all(&downloads).with_context(|| format!("creating {}", downloads.display()))?;
    let mut download = apt.command("apt-get");
    download.current_dir(&downloads).arg("download").args(&packages);
    cmd::quiet(&mut download)?;
    let unpacked = unfinished.join("unpacked");
    for entry in fs::read_dir(&downloads)? {
        let mut dpkg = cmd::program("dpkg-deb", &downloads);
        dpkg.arg("--extract").arg(entry?.path()).arg(&unpacked);
        cmd::quiet(&mut dpkg)?;
    }
    fs::rename(&unpacked, &folder).with_context(|| format!("creating {}", folder.display()))?;
    fs::remove_dir_all(&unfinished).with_context(|| format!("removing {}", unfinished.display()))?;
    Ok(folder)
}

/// apt, with package lists of our own when the system has none: a fresh machine's are empty, and filling them is root's
/// business.
struct Apt {
    options: Vec<String>,
}

impl Apt {
    fn with_lists(cache: &Path) -> Result<Self> {
        if cmd::on_path("apt-get").is_none() || cmd::on_path("dpkg-deb").is_none() {
            bail!("this is no Debian system (no apt-get, no dpkg-deb)");
        }
        let system = Self { options: Vec::new() };
        if system.show("rustc-web").is_ok() {
            return Ok(system);
        }
        let state = cache.join("apt");
        fs::create_dir_all(state.join("lists/partial"))?;
        fs::create_dir_all(state.join("cache/archives/partial"))?;
        let own = Self {
            options: vec![
                format!("-oDir::State::Lists={}", state.join("lists").display()),
                format!("-oDir::Cache={}", state.join("cache").display()),
                // As root apt drops to a user that may not write here.
                "-oAPT::Sandbox::User=root".to_owned(),
            ],
        };
        let mut update = own.command("apt-get");
        update.args(["-qq", "update"]);
        cmd::quiet(&mut update)?;
        Ok(own)
    }

    fn command(&self, program: &str) -> Command {
        let mut command = cmd::program(program, cmd::root());
        command.args(&self.options).env("LC_ALL", "C");
        command
    }

    /// The newest version's record of a package.
    fn show(&self, package: &str) -> Result<Record> {
        let mut show = self.command("apt-cache");
        show.args(["show", "--no-all-versions", package]);
        Record::parse(&cmd::output(&mut show)?).with_context(|| format!("apt knows no package {package}"))
    }

    /// The compiler's version, and the packages it is made of; the numbers in their names follow the version.
    fn compiler_packages(&self) -> Result<(String, Vec<String>)> {
        let compiler = self.show("rustc-web")?;
        let development = self.show("libstd-rust-web-dev")?;
        let library = development.depends_on("libstd-rust-web-").context("libstd-rust-web-dev names no library")?;
        let llvm = self.show(&library)?.depends_on("libllvm").context("the compiler names no libllvm")?;
        let fixed = ["rustc-web", "libstd-rust-web-dev", "rust-web-src"].map(str::to_owned);
        Ok((compiler.version, fixed.into_iter().chain([library, llvm]).collect()))
    }
}

/// What we read of apt's record of a package.
struct Record {
    version: String,
    depends: Vec<String>,
}

impl Record {
    fn parse(text: &str) -> Option<Self> {
        let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let names = field("Depends:").unwrap_or_default().split(',');
        let depends = names.filter_map(|one| one.split_whitespace().next()).map(str::to_owned).collect();
        Some(Self { version: field("Version:")?.to_owned(), depends })
    }

    fn depends_on(&self, start: &str) -> Option<String> {
        self.depends.iter().find(|name| name.starts_with(start)).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::Record;

    #[test]
    fn a_record_names_its_version_and_what_it_stands_on() {
        let record = Record::parse(
            "Package: libstd-rust-web-1.96\nVersion: 1.96.0+dfsg1-1\nDepends: libc6 (>= 2.34), libllvm22, libstdc++6 (>= 11)\n",
        )
        .unwrap();
        assert_eq!(record.version, "1.96.0+dfsg1-1");
        assert_eq!(record.depends_on("libllvm").as_deref(), Some("libllvm22"));
        assert_eq!(record.depends_on("libssl"), None);
        assert!(Record::parse("").is_none());
    }
}
