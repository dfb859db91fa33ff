//! The idle time-out of an attempt: when the last byte was sent or received, and how long there may be none.

use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::net::TcpStream;

use crate::base::message::Message;

/// The time-out is twice as long after so many bytes of the body, three times after twice as many, and so on: on a slow
/// line the last writes may still be in the system's buffers.
const BYTES_PER_TIMEOUT: u64 = 4 << 20;
/// The response's headers have to be complete within this many time-outs after the last byte was sent, even if bytes
/// arrive: a server could send interim responses (1xx) for ever.
const HEADERS_TIMEOUTS: u32 = 10;

/// Shared by the attempt, its connection and the calling thread.
pub(crate) struct Activity {
    started: Instant,
    timeout: Duration,
    /// When the last byte was sent or received, in milliseconds since `started`.
    last: AtomicU64,
    sent: AtomicU64,
    /// When the last byte was written, in milliseconds since `started`.
    written: AtomicU64,
    /// The response's status and headers have arrived.
    headers_received: AtomicBool,
    /// There is no connection yet. Connecting has a time-out of its own.
    connecting: AtomicBool,
}

impl Activity {
    pub fn new(timeout: Duration) -> Self {
        Activity {
            started: Instant::now(),
            timeout,
            last: AtomicU64::new(0),
            sent: AtomicU64::new(0),
            written: AtomicU64::new(0),
            headers_received: AtomicBool::new(false),
            connecting: AtomicBool::new(true),
        }
    }

    /// Takes a time out of the count in which the sockets were not driven, such as that of a slow callback.
    pub fn exclude(&self, away: Duration) {
        self.last.fetch_add(away.as_millis() as u64, Ordering::Relaxed);
        self.written.fetch_add(away.as_millis() as u64, Ordering::Relaxed);
    }

    /// Why `watch` gave up, as a clause.
    pub fn why_given_up(&self) -> Message {
        let (limit, written) = (self.timeout.as_secs(), self.written.load(Ordering::Relaxed));
        if self.headers_received.load(Ordering::Relaxed) || self.last.load(Ordering::Relaxed) == written {
            return say!(no_byte_moved { seconds: limit });
        }
        say!(sent_bytes_but_no_answer { seconds: limit.saturating_mul(u64::from(HEADERS_TIMEOUTS)) })
    }

    /// Whether there is no connection yet. Then nothing of the request can have been sent.
    pub fn is_connecting(&self) -> bool {
        self.connecting.load(Ordering::Relaxed)
    }

    /// False once a connection carries the attempt; true again if that connection turns out to be closed.
    pub fn set_connecting(&self, connecting: bool) {
        self.connecting.store(connecting, Ordering::Relaxed);
        self.moved(true);
    }

    /// The response's status and headers have arrived.
    pub fn set_headers_received(&self) {
        self.headers_received.store(true, Ordering::Relaxed);
    }

    fn moved(&self, written: bool) {
        let now = self.started.elapsed().as_millis() as u64;
        self.last.store(now, Ordering::Relaxed);
        if written {
            self.written.store(now, Ordering::Relaxed);
        }
    }

    /// Counts bytes of the body that were handed to the connection.
    pub fn add_sent(&self, bytes: u64) {
        self.sent.fetch_add(bytes, Ordering::Relaxed);
    }

    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    fn deadline(&self) -> Instant {
        let timeout = self.timeout.mul_f64(1.0 + self.sent() as f64 / BYTES_PER_TIMEOUT as f64);
        let at = |moment: &AtomicU64| self.started + Duration::from_millis(moment.load(Ordering::Relaxed));
        let idle = at(&self.last) + timeout;
        if self.headers_received.load(Ordering::Relaxed) {
            idle
        } else {
            idle.min(at(&self.written) + HEADERS_TIMEOUTS * timeout)
        }
    }

    /// Runs `future`; `None` once no byte has moved for the time-out. It sets no timer: whoever waits for an attempt
    /// has to poll it several times a second.
    pub fn watch<F: Future + Unpin>(&self, mut future: F) -> impl Future<Output = Option<F::Output>> {
        poll_fn(move |context| match Pin::new(&mut future).poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if Instant::now() < self.deadline() => Poll::Pending,
            Poll::Pending => Poll::Ready(None),
        })
    }
}

/// Reports the bytes of a connection to the attempt that uses it at the moment.
#[derive(Clone, Default)]
pub(crate) struct Monitor(Arc<Mutex<Option<Arc<Activity>>>>);

impl Monitor {
    fn current(&self) -> MutexGuard<'_, Option<Arc<Activity>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn set(&self, activity: &Arc<Activity>) {
        *self.current() = Some(Arc::clone(activity));
    }

    pub fn clear(&self) {
        *self.current() = None;
    }

    fn moved(&self, bytes: usize, written: bool) {
        if bytes > 0
            && let Some(activity) = &*self.current()
        {
            activity.moved(written);
        }
    }
}

/// A socket that reports every byte, below TLS.
pub(crate) struct MonitoredSocket {
    socket: TcpStream,
    monitor: Monitor,
}

impl MonitoredSocket {
    pub fn new(socket: TcpStream, monitor: Monitor) -> Self {
        MonitoredSocket { socket, monitor }
    }

    fn socket(&mut self) -> Pin<&mut TcpStream> {
        Pin::new(&mut self.socket)
    }
}

impl AsyncRead for MonitoredSocket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(self.socket().poll_read(context, buffer))?;
        self.monitor.moved(buffer.filled().len() - before, false);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for MonitoredSocket {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = ready!(self.socket().poll_write(context, bytes))?;
        self.monitor.moved(written, true);
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
        self.monitor.moved(written, true);
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

/// std and tokio send several slices by writev(). It raises SIGPIPE where the other side has closed the connection, and
/// that ends a host with default signal handling. Their other writes don't raise it.
fn send(socket: &TcpStream, slices: &[IoSlice<'_>]) -> io::Result<usize> {
    SockRef::from(socket).send_vectored_with_flags(slices, NO_SIGNAL)
}

#[cfg(all(unix, not(target_vendor = "apple")))]
const NO_SIGNAL: i32 = nix::libc::MSG_NOSIGNAL;
/// Apple's sockets are told once, when they are made (SO_NOSIGPIPE); Windows has no such signal.
#[cfg(not(all(unix, not(target_vendor = "apple"))))]
const NO_SIGNAL: i32 = 0;
