//! A TCP connection that a fault can close, reset or let linger.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::Notify;

/// How long a connection stays open after an early response whose request is unread. Closing at once would send RST,
/// which can destroy the response before the client has read it.
pub const LINGER: Duration = Duration::from_millis(400);

/// Lets the handler of a request close or reset the connection that the request came over.
pub struct Connection {
    /// 1 for the first connection that the simulator accepted.
    pub number: u64,
    end: Notify,
    reset: AtomicBool,
    linger: AtomicBool,
}

impl Connection {
    pub fn new(number: u64) -> Arc<Self> {
        Arc::new(Self { number, end: Notify::new(), reset: AtomicBool::new(false), linger: AtomicBool::new(false) })
    }

    /// Closes the connection with all its requests. Never returns: the caller is dropped with the connection.
    pub async fn close<T>(&self) -> T {
        self.end.notify_one();
        std::future::pending().await
    }

    /// The same, but with a TCP reset (RST).
    pub async fn reset<T>(&self) -> T {
        self.reset.store(true, Ordering::SeqCst);
        self.close().await
    }

    /// Keeps the socket open for [`LINGER`] after the last response.
    pub fn linger(&self) {
        self.linger.store(true, Ordering::SeqCst);
    }

    /// Waits until [`Self::close`] or [`Self::reset`] is called.
    pub async fn ended(&self) {
        self.end.notified().await;
    }
}

/// The socket under TLS and HTTP, closed the way that its [`Connection`] was told.
pub struct Stream {
    socket: Option<TcpStream>,
    connection: Arc<Connection>,
}

impl Stream {
    pub fn new(socket: TcpStream, connection: Arc<Connection>) -> Self {
        Self { socket: Some(socket), connection }
    }

    fn socket(&mut self) -> io::Result<Pin<&mut TcpStream>> {
        let socket = self.socket.as_mut().ok_or(io::ErrorKind::NotConnected)?;
        Ok(Pin::new(socket))
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let Some(socket) = self.socket.take() else {
            return;
        };
        if self.connection.reset.load(Ordering::SeqCst) {
            // If this fails, the connection still closes, but without RST.
            let _ = socket.set_zero_linger();
        } else if self.connection.linger.load(Ordering::SeqCst)
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn(async move {
                tokio::time::sleep(LINGER).await;
                drop(socket);
            });
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.socket()?.poll_read(cx, buf)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.socket()?.poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.socket()?.poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.socket()?.poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.socket()?.poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }
}
