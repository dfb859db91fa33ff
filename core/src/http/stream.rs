//! A stream of bytes to a server.

use tokio::io::{AsyncRead, AsyncWrite};

/// A TCP connection, with or without TLS, direct or through a proxy.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

pub(crate) type BoxedStream = Box<dyn Stream>;
