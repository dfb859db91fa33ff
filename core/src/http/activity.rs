//! When the last byte of an attempt moved, and how long it may be silent.

use std::io::{self, IoSlice};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::base::error::seconds;

/// Bytes in flight that earn the answer one more time-out's worth of patience: what the body's
/// last write handed to the system may still be on its way.
const PATIENCE: u64 = 4 << 20;
/// Time-outs after the last byte was sent within which the answer has to have begun, though bytes of it trickle: a
/// server may say for ever that it is at work (1xx).
const PREAMBLE: u32 = 10;

/// Shared by the attempt, its connection and the calling thread.
pub(crate) struct Activity {
    started: Instant,
    silence: Duration,
    /// Milliseconds since `started`.
    last: AtomicU64,
    sent: AtomicU64,
    /// When the last byte was written, in milliseconds since `started`.
    written: AtomicU64,
    /// The answer's status and headers are there.
    answered: AtomicBool,
    /// Still without a connection, whose making has a time-out of its own.
    connecting: AtomicBool,
}

impl Activity {
    pub fn new(silence: Duration) -> Self {
        Activity {
            started: Instant::now(),
            silence,
            last: AtomicU64::new(0),
            sent: AtomicU64::new(0),
            written: AtomicU64::new(0),
            answered: AtomicBool::new(false),
            connecting: AtomicBool::new(true),
        }
    }

    /// Time in which nobody drove the sockets, such as in a slow callback of the host's, is not silence.
    pub fn excuse(&self, away: Duration) {
        self.last.fetch_add(away.as_millis() as u64, Ordering::Relaxed);
        self.written.fetch_add(away.as_millis() as u64, Ordering::Relaxed);
    }

    /// What the end of a watch means.
    pub fn why_given_up(&self) -> String {
        let (limit, written) = (self.silence.as_secs(), self.written.load(Ordering::Relaxed));
        if self.answered.load(Ordering::Relaxed) || self.last.load(Ordering::Relaxed) == written {
            return format!("no byte moved for {} (`timeout_seconds`)", seconds(limit));
        }
        format!(
            "it sent bytes, but no answer's status and headers within {}",
            seconds(limit.saturating_mul(u64::from(PREAMBLE)))
        )
    }

    /// Whether nothing of it can have been sent yet.
    pub fn is_connecting(&self) -> bool {
        self.connecting.load(Ordering::Relaxed)
    }

    /// A connection takes it from here on, or has turned out to be of no use.
    pub fn set_connecting(&self, connecting: bool) {
        self.connecting.store(connecting, Ordering::Relaxed);
        self.moved(true);
    }

    /// The answer's status and headers are there.
    pub fn set_answered(&self) {
        self.answered.store(true, Ordering::Relaxed);
    }

    fn moved(&self, written: bool) {
        let now = self.started.elapsed().as_millis() as u64;
        self.last.store(now, Ordering::Relaxed);
        if written {
            self.written.store(now, Ordering::Relaxed);
        }
    }

    /// The body gave so many bytes away.
    pub fn sent(&self, bytes: u64) {
        self.sent.fetch_add(bytes, Ordering::Relaxed);
    }

    fn deadline(&self) -> Instant {
        let patience = self.silence.mul_f64(1.0 + self.sent.load(Ordering::Relaxed) as f64 / PATIENCE as f64);
        let at = |moment: &AtomicU64| self.started + Duration::from_millis(moment.load(Ordering::Relaxed));
        let silent = at(&self.last) + patience;
        if self.answered.load(Ordering::Relaxed) { silent } else { silent.min(at(&self.written) + PREAMBLE * patience) }
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

/// Tells the attempt that a connection carries of every byte that moves on it.
#[derive(Clone, Default)]
pub(crate) struct Pulse(Arc<Mutex<Option<Arc<Activity>>>>);

impl Pulse {
    fn listener(&self) -> MutexGuard<'_, Option<Arc<Activity>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn follow(&self, activity: &Arc<Activity>) {
        *self.listener() = Some(Arc::clone(activity));
    }

    pub fn rest(&self) {
        *self.listener() = None;
    }

    fn moved(&self, bytes: usize, written: bool) {
        if bytes > 0
            && let Some(activity) = &*self.listener()
        {
            activity.moved(written);
        }
    }
}

/// A socket whose bytes are noticed, below TLS.
pub(crate) struct Monitored {
    socket: TcpStream,
    pulse: Pulse,
}

impl Monitored {
    pub fn new(socket: TcpStream, pulse: Pulse) -> Self {
        Monitored { socket, pulse }
    }

    fn socket(&mut self) -> Pin<&mut TcpStream> {
        Pin::new(&mut self.socket)
    }
}

impl AsyncRead for Monitored {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(self.socket().poll_read(context, buffer))?;
        self.pulse.moved(buffer.filled().len() - before, false);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Monitored {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = ready!(self.socket().poll_write(context, bytes))?;
        self.pulse.moved(written, true);
        Poll::Ready(Ok(written))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = loop {
            ready!(self.socket.poll_write_ready(context))?;
            match self.socket.try_io(Interest::WRITABLE, || send(&self.socket, slices)) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                written => break written?,
            }
        };
        self.pulse.moved(written, true);
        Poll::Ready(Ok(written))
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.socket().poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.socket().poll_shutdown(context)
    }
}

/// std and tokio send several slices by writev(), which raises SIGPIPE where the other side has closed the connection;
/// a host with default signals would die of it. Their other writes never raise it.
fn send(socket: &TcpStream, slices: &[IoSlice<'_>]) -> io::Result<usize> {
    SockRef::from(socket).send_vectored_with_flags(slices, NO_SIGNAL)
}

#[cfg(all(unix, not(target_vendor = "apple")))]
const NO_SIGNAL: i32 = nix::libc::MSG_NOSIGNAL;
/// Apple's sockets are told once, when they are made (SO_NOSIGPIPE); Windows has no such signal.
#[cfg(not(all(unix, not(target_vendor = "apple"))))]
const NO_SIGNAL: i32 = 0;
