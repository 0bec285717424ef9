//! `autolytiq audit verify`: walks the chain of every store.

use std::io::{self, Write};

use autolytiq_audit::{AuditError, Head, Report, Scope, verify};
use autolytiq_config::Config;
use autolytiq_kernel::DealershipId;

use crate::database::{OpenError, Server};

/// The chains could not be walked.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The database cannot be opened.
    #[error(transparent)]
    Database(#[from] OpenError),
    /// A query failed.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// The result could not be written.
    #[error("cannot write the result")]
    Write(#[from] io::Error),
}

/// Walks the chains, prints a line for each store, and tells whether all are whole. `heads` are ends of chains that
/// were noted elsewhere earlier; each must still be part of its store's chain.
///
/// # Errors
/// [`VerifyError`].
pub async fn verify_chains(
    config: &Config,
    heads: Vec<(DealershipId, Head)>,
    out: &mut (dyn Write + Send),
) -> Result<bool, VerifyError> {
    let server = Server::visit(config).await?;
    let report = walk(&server, config, heads).await;
    server.stop().await?;
    let report = report?;
    write(&report, out)?;
    Ok(report.is_whole())
}

async fn walk(server: &Server, config: &Config, heads: Vec<(DealershipId, Head)>) -> Result<Report, VerifyError> {
    let db = server.connect(config).await?;
    let report = verify(&db, &Scope { dealership: None, heads }).await;
    db.close().await;
    Ok(report?)
}

pub(crate) fn write(report: &Report, out: &mut (dyn Write + Send)) -> io::Result<()> {
    for chain in &report.chains {
        let head = chain.head.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string);
        let (store, links, unsealed) = (chain.dealership, chain.links, chain.unsealed);
        match &chain.flaw {
            None => writeln!(out, "whole   {store} {links} links, {unsealed} waiting, head {head}")?,
            Some(flaw) => writeln!(out, "BROKEN  {store} after {links} links, head {head}: {flaw}")?,
        };
    }
    if report.chains.is_empty() {
        writeln!(out, "there is nothing in the audit trail yet")?;
    }
    out.flush()
}
