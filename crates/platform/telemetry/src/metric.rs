//! The Prometheus recorder.

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// Seconds. Our targets are 15 and 40 ms, so most of the steps lie below 100 ms.
const BUCKETS: &[f64] =
    &[0.001, 0.0025, 0.005, 0.01, 0.015, 0.025, 0.04, 0.075, 0.15, 0.3, 0.6, 1.2, 2.5, 5.0, 10.0, 30.0];

/// Metrics could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("metrics were set up twice, or a bucket is wrong")]
pub struct MetricsError(#[from] metrics_exporter_prometheus::BuildError);

/// What has been recorded since the process started. Cheap to clone.
#[derive(Clone)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// Installs the recorder of this process.
    ///
    /// # Errors
    /// When there is one already.
    pub fn install() -> Result<Self, MetricsError> {
        let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".into()), BUCKETS)?;
        let handle = builder.install_recorder()?;
        crate::http::describe();
        crate::upstream::describe();
        Ok(Self(handle))
    }

    /// A recorder that records nothing for the process, for tests that start several applications.
    #[must_use]
    pub fn detached() -> Self {
        Self(PrometheusBuilder::new().build_recorder().handle())
    }

    /// The Prometheus text format.
    #[must_use]
    pub fn render(&self) -> String {
        self.0.render()
    }

    /// Gives back what old observations hold. A job of the process.
    pub fn upkeep(&self) {
        self.0.run_upkeep();
    }
}
