//! Opening the port.

use std::io;
use std::net::{IpAddr, SocketAddr};

use autolytiq_config::Config;
use autolytiq_http::Platform;
use autolytiq_http::connections::{Gate, serve};
use axum::Router;
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use tokio::net::TcpListener;

use crate::serve::ServeError;
use crate::settings;

/// Open files that are not connections of clients: the database's, logs, keys, listeners.
const OTHER_FILES: u64 = 200;

/// Opens the port on every address and answers until the process is asked to stop. The loopback of a protocol that this
/// machine does not have is left out. Returns the port.
pub(crate) async fn listen(platform: &Platform, config: &Config, router: &Router) -> Result<u16, ServeError> {
    let gate = Gate::new(settings::connections(config, room()));
    let mut port = config.server.port;
    let mut listening = 0_usize;
    for ip in &config.server.listen {
        let address = SocketAddr::new(*ip, port);
        let listener = match bind(address).await {
            Ok(listener) => listener,
            Err(error) if listening > 0 && *ip == IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]) => {
                tracing::info!(%address, %error, "not listening on the IPv6 loopback");
                continue;
            }
            Err(source) => return Err(ServeError::Listen { address, source }),
        };
        // Port 0 asks the system for one, which the other addresses then share.
        port = listener.local_addr().map_or(port, |bound| bound.port());
        listening = listening.saturating_add(1);
        let (shutdown, tasks) = (platform.shutdown.clone(), platform.tasks.clone());
        platform.tasks.spawn(serve(listener, router.clone(), gate.clone(), shutdown, tasks));
    }
    Ok(port)
}

async fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address).await?;
    tracing::info!(address = %listener.local_addr()?, "listening");
    Ok(listener)
}

/// Connections that fit into this process, after its limit of open files was raised as far as it may be.
fn room() -> usize {
    let raised = getrlimit(Resource::RLIMIT_NOFILE)
        .and_then(|(soft, hard)| setrlimit(Resource::RLIMIT_NOFILE, hard, hard).map_or(Ok(soft), |()| Ok(hard)));
    match raised {
        Ok(files) => usize::try_from(files.saturating_sub(OTHER_FILES).max(16)).unwrap_or(usize::MAX),
        Err(error) => {
            tracing::warn!(%error, "the limit of open files cannot be read");
            512
        }
    }
}
