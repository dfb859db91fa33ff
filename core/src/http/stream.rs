//! A connection as bytes.

use tokio::io::{AsyncRead, AsyncWrite};

/// TCP, with or without TLS, whatever it leads through.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

pub(crate) type BoxedStream = Box<dyn Stream>;
