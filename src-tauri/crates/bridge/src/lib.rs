//! The contract of `parta_api` for a browser: the UI's own files, a WebSocket and decrypted media on one loopback
//! address. It exists for work on the UI and for browser tests; it is never part of a release.
//!
//! Only a page of this very address that knows a token is let in: the `Host` of every request and the `Origin` of
//! the socket are checked, so neither another site nor a name that resolves to the loopback address gets through.

// The SDK's nested futures need more than the default.
#![recursion_limit = "256"]

mod door;
mod headers;
mod keys;
mod media;
mod push;
mod socket;

pub use keys::SealedKeychain;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state, map_response_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use door::Door;
use parta_api::Client;
use std::future::{Future, IntoFuture};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use tower_http::services::{ServeDir, ServeFile};

/// Room for a snapshot of half a mebibyte, escaped twice.
const LARGEST_FRAME: usize = 4 << 20;

/// A bridge that has its address and waits to be run.
pub struct Bridge {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    token: String,
}

pub(crate) struct Shared {
    pub client: Arc<Client>,
    pub door: Door,
}

impl Bridge {
    /// Takes a loopback port (0: any free one) and serves `client` and the built UI in `ui` there.
    pub async fn bind(client: Arc<Client>, ui: &Path, port: u16) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let (door, token) = Door::new(address.port());
        let shared = Arc::new(Shared { client, door });
        let page = ServeDir::new(ui).fallback(ServeFile::new(ui.join("index.html")));
        let router = Router::new()
            .route("/ws", get(open_socket))
            .route("/media/{key}", get(media::serve))
            .route(
                "/push/{id}",
                post(push::take).layer(DefaultBodyLimit::max(push::LARGEST)),
            )
            .fallback_service(page)
            .layer(map_response_with_state(
                headers::Policy::of(address),
                headers::protect,
            ))
            .layer(from_fn_with_state(Arc::clone(&shared), only_own_name))
            .with_state(shared);
        Ok(Self {
            listener,
            address,
            router,
            token,
        })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Opens the first session; of no use afterwards.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Where a browser has to go.
    pub fn url(&self) -> String {
        format!("http://{}/#token={}", self.address, self.token)
    }

    /// Serves until `stop` is ready.
    pub async fn run(self, stop: impl Future<Output = ()> + Send) -> std::io::Result<()> {
        let serving = axum::serve(self.listener, self.router);
        // Open sockets would hold up a graceful end for ever, and they have nothing to lose.
        tokio::select! {
            ended = serving.into_future() => ended,
            () = stop => Ok(()),
        }
    }
}

async fn only_own_name(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    if shared.door.is_own_host(request.headers()) {
        next.run(request).await
    } else {
        StatusCode::MISDIRECTED_REQUEST.into_response()
    }
}

async fn open_socket(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !shared.door.is_own_origin(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    upgrade
        .max_message_size(LARGEST_FRAME)
        .on_upgrade(move |socket| socket::talk(socket, shared))
}
