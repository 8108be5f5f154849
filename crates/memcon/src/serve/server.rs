//! Sockets: connections are taken, bounded in number, size and time, and each request is answered on a thread of its own,
//! since SQLite waits for the disk.

use super::answer::{Answer, Wrong};
use super::app::App;
use super::ask::{Ask, Sent};
use super::{guard, routes};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// Connections that are held at once; more wait to be taken.
const CONNECTIONS: usize = 256;

/// How long a request's head may take to arrive, and its body.
const HEAD: Duration = Duration::from_secs(10);
const BODY: Duration = Duration::from_secs(60);

/// Bytes of a request's head, and of a form.
const HEAD_BYTES: usize = 32 << 10;
const FORM_BYTES: usize = 1 << 20;

/// Bytes of documents that come in at once.
const UPLOAD_BYTES: usize = 64 << 20;

/// Answers requests until the program is told to stop.
pub async fn serve(listener: TcpListener, address: SocketAddr, app: Arc<App>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    // What takes long is begun before somebody waits for it.
    let own = app.clone();
    tokio::task::spawn_blocking(move || own.with_store(|store| own.overview(store).map(|_| ())));
    let mut stop = std::pin::pin!(stopped());
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { return };
        let taken = tokio::select! {
            taken = listener.accept() => taken,
            () = &mut stop => return,
        };
        let Ok((socket, _)) = taken else {
            // Out of file handles, most likely: let others close first.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let app = app.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| {
                let app = app.clone();
                async move { Ok::<_, Infallible>(respond(app, address, request).await) }
            });
            // What goes wrong here is the other side's going away, or its talking something else than HTTP.
            let _ = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD)
                .max_buf_size(HEAD_BYTES)
                .serve_connection(TokioIo::new(socket), service)
                .await;
            drop(place);
        });
    }
}

/// Ctrl-C, or the signal with which service managers end a program.
async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = interrupted => {}
            _ = terminated.recv() => {}
        }
        return;
    }
    let _ = interrupted.await;
}

async fn respond(app: Arc<App>, address: SocketAddr, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let packed = guard::takes_gzip(request.headers());
    let head_only = request.method() == Method::HEAD;
    let mut ask = Ask::of(&request);
    let wanted = ask.form;
    let answer = match take_in(&app, address, &mut ask, request).await {
        Err(wrong) => Err(wrong),
        Ok(()) => {
            let (own, seat) = (app.clone(), app.seat().await);
            let worked = tokio::task::spawn_blocking(move || {
                let answer = crate::intake::guarded(|| Ok(routes::answer(&own, &ask)));
                drop(seat);
                answer
            });
            match worked.await {
                Ok(Ok(answer)) => answer,
                _ => Err(Wrong::ours("the program failed on this request; this is an error of ours, please report it")),
            }
        }
    };
    let answer = answer.unwrap_or_else(|wrong| Answer::wrong(&app, wanted, wrong));
    answer.response(packed, head_only)
}

/// Checks where the request comes from and takes in its body.
async fn take_in(app: &App, address: SocketAddr, ask: &mut Ask, request: Request<Incoming>) -> Result<(), Wrong> {
    guard::host(&request, address)?;
    guard::origin(&request, address)?;
    match *request.method() {
        Method::GET | Method::HEAD => Ok(()),
        Method::POST => {
            let kind = request.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
            let kind = kind.to_owned();
            let most = if ask.path == ["add"] { UPLOAD_BYTES } else { FORM_BYTES };
            let body = tokio::time::timeout(BODY, Limited::new(request.into_body(), most).collect())
                .await
                .map_err(|_| Wrong::new(408, "the request took too long to arrive"))?
                .map_err(|error| {
                    if error.is::<http_body_util::LengthLimitError>() {
                        Wrong::new(413, format!("more than {} MB came at once", most >> 20))
                    } else {
                        Wrong::new(400, "the request broke off")
                    }
                })?
                .to_bytes();
            ask.sent = Sent::of(&kind, body).await?;
            guard::token(ask, &app.token)
        }
        _ => Err(Wrong::new(405, "pages are got with GET and forms are sent with POST; there is nothing else")),
    }
}
