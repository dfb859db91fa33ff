//! When the last byte of an attempt moved, and how long it may be silent.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::Instant;
use tower_layer::Layer;
use tower_service::Service;

/// Bytes in flight that earn the answer one more time-out's worth of patience: what the body's
/// last write handed to the system may still be on its way.
const PATIENCE: u64 = 4 << 20;

/// Shared by the body, the connector and the watch over the answer.
pub(crate) struct Activity {
    started: Instant,
    silence: Duration,
    /// Milliseconds since `started`.
    last: AtomicU64,
    sent: AtomicU64,
    /// Connections that are being made for it: they have a time-out of their own.
    connecting: AtomicU32,
}

impl Activity {
    pub fn new(silence: Duration) -> Self {
        Activity {
            started: Instant::now(),
            silence,
            last: AtomicU64::new(0),
            sent: AtomicU64::new(0),
            connecting: AtomicU32::new(0),
        }
    }

    /// Time in which nobody drove the sockets, such as in a slow callback of the host's, is not silence.
    pub fn excuse(&self, away: Duration) {
        self.last.fetch_add(away.as_millis() as u64, Ordering::Relaxed);
    }

    pub fn silence(&self) -> Duration {
        self.silence
    }

    /// Whether a connection is being made for it: then nothing of it was sent.
    pub fn is_connecting(&self) -> bool {
        self.connecting.load(Ordering::Relaxed) > 0
    }

    pub fn touch(&self) {
        self.last.store(self.started.elapsed().as_millis() as u64, Ordering::Relaxed);
    }

    /// The body gave so many bytes away.
    pub fn sent(&self, bytes: u64) {
        self.sent.fetch_add(bytes, Ordering::Relaxed);
        self.touch();
    }

    fn deadline(&self) -> Instant {
        if self.connecting.load(Ordering::Relaxed) > 0 {
            return Instant::now() + self.silence;
        }
        let patience = 1.0 + self.sent.load(Ordering::Relaxed) as f64 / PATIENCE as f64;
        self.started + Duration::from_millis(self.last.load(Ordering::Relaxed)) + self.silence.mul_f64(patience)
    }

    /// Runs `future` for as long as bytes move.
    pub async fn watch<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        let mut future = pin!(future);
        loop {
            let deadline = self.deadline();
            match tokio::time::timeout_at(deadline, future.as_mut()).await {
                Ok(output) => return Some(output),
                Err(_) if self.deadline() > deadline => {}
                Err(_) => return None,
            }
        }
    }
}

tokio::task_local! {
    /// The attempt whose task this is.
    static CURRENT: Arc<Activity>;
}

/// Runs an attempt so that the connections it makes are known to be its own.
pub(crate) async fn attempt<T>(activity: Arc<Activity>, future: impl Future<Output = T>) -> T {
    CURRENT.scope(activity, future).await
}

struct Connecting(Arc<Activity>);

impl Connecting {
    fn begin() -> Option<Self> {
        let activity = CURRENT.try_with(Arc::clone).ok()?;
        activity.connecting.fetch_add(1, Ordering::Relaxed);
        Some(Connecting(activity))
    }
}

impl Drop for Connecting {
    fn drop(&mut self) {
        self.0.touch();
        self.0.connecting.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Tells an attempt how long its connection is being made.
#[derive(Clone)]
pub(crate) struct ConnectWatch;

impl<S> Layer<S> for ConnectWatch {
    type Service = Watched<S>;

    fn layer(&self, connector: S) -> Watched<S> {
        Watched(connector)
    }
}

#[derive(Clone)]
pub(crate) struct Watched<S>(S);

impl<S, R> Service<R> for Watched<S>
where
    S: Service<R>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, target: R) -> Self::Future {
        let connecting = Connecting::begin();
        let connection = self.0.call(target);
        Box::pin(async move {
            let _connecting = connecting;
            connection.await
        })
    }
}
