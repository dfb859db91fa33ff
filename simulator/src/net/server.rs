//! Accepts connections and hands their requests to the pipeline.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::connection::{Connection, Stream};
use crate::pipeline;
use crate::state::State;

pub async fn run(listener: TcpListener, tls: Option<TlsAcceptor>, state: Arc<State>) {
    let mut number = 0;
    loop {
        let Ok((socket, _)) = listener.accept().await else {
            // Most likely no file descriptor is free. Some will be soon.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        number += 1;
        let connection = Connection::new(number);
        tokio::spawn(handle(socket, tls.clone(), connection, state.clone()));
    }
}

async fn handle(socket: TcpStream, tls: Option<TlsAcceptor>, connection: Arc<Connection>, state: Arc<State>) {
    // An error may be ignored: without this option small responses are only slower.
    let _ = socket.set_nodelay(true);
    let stream = Stream::new(socket, connection.clone());
    match tls {
        None => serve(stream, "http", connection, state).await,
        Some(acceptor) => {
            // If the client refuses the certificate, there is no request. The client itself reports why.
            if let Ok(stream) = acceptor.accept(stream).await {
                serve(stream, "https", connection, state).await;
            }
        }
    }
}

async fn serve<S>(stream: S, scheme: &'static str, connection: Arc<Connection>, state: Arc<State>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(|request| {
        let (state, connection) = (state.clone(), connection.clone());
        async move { Ok::<_, Infallible>(pipeline::serve(state, connection, scheme, request).await) }
    });
    let builder = auto::Builder::new(TokioExecutor::new());
    let served = builder.serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        // An error means that the client went away or didn't send HTTP. Other connections are not affected.
        _ = served => {}
        () = connection.ended() => {}
    }
}
