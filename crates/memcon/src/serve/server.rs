//! Sockets: connections are taken, bounded in number, size and time, and each request is answered on a thread of its own,
//! since SQLite waits for the disk.

use super::answer::{Answer, Body, Wrong};
use super::app::App;
use super::ask::{Ask, Form, Sent};
use super::guard::Doors;
use super::{guard, routes, session};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::net::IpAddr;
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
pub async fn serve(listener: TcpListener, doors: Doors, app: Arc<App>) {
    let doors = Arc::new(doors);
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
        let Ok((socket, peer)) = taken else {
            // Out of file handles, most likely: let others close first.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let (app, doors) = (app.clone(), doors.clone());
        tokio::spawn(async move {
            let service = service_fn(|request| {
                let (app, doors) = (app.clone(), doors.clone());
                async move { Ok::<_, Infallible>(respond(app, &doors, peer.ip(), request).await) }
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

async fn respond(app: Arc<App>, doors: &Doors, peer: IpAddr, request: Request<Incoming>) -> Response<Body> {
    let packed = guard::takes_gzip(request.headers());
    let head_only = request.method() == Method::HEAD;
    let mut ask = Ask::of(&request, peer);
    let wanted = ask.form;
    let (posted, place) = (ask.posted, request.uri().path_and_query().map(|place| place.as_str().to_owned()));
    let answer = match take_in(&app, doors, &mut ask, request).await {
        Err(wrong) => Err(wrong),
        Ok(()) => working(&app, ask, routes::answer).await.map(|(_, answer)| answer),
    };
    let answer = answer.unwrap_or_else(|wrong| match (wrong.status, wanted, posted, place) {
        // Whoever opens a page is led to it by way of signing in.
        (401, Form::Html, false, Some(place)) => {
            let next = form_urlencoded::Serializer::new(String::new()).append_pair("next", &place).finish();
            Answer::redirect(format!("/sign-in?{next}"))
        }
        _ => Answer::wrong(&app, wanted, wrong),
    });
    let mut response = answer.response(packed, head_only);
    if doors.secure {
        let always = hyper::header::HeaderValue::from_static("max-age=31536000");
        response.headers_mut().insert("strict-transport-security", always);
    }
    response
}

/// Does something for a request on a thread that may wait for the disk.
async fn working<T: Send + 'static>(
    app: &Arc<App>,
    mut ask: Ask,
    work: impl FnOnce(&App, &mut Ask) -> Result<T, Wrong> + Send + 'static,
) -> Result<(Ask, T), Wrong> {
    let (own, seat) = (app.clone(), app.seat().await);
    let worked = tokio::task::spawn_blocking(move || {
        let done = crate::intake::guarded(|| Ok(work(&own, &mut ask)));
        drop(seat);
        done.map(|done| done.map(|done| (ask, done)))
    });
    match worked.await {
        Ok(Ok(done)) => done,
        _ => Err(Wrong::ours("the program failed on this request; this is an error of ours, please report it")),
    }
}

/// Checks where the request comes from and takes in its body.
async fn take_in(app: &Arc<App>, doors: &Doors, ask: &mut Ask, request: Request<Incoming>) -> Result<(), Wrong> {
    guard::host(&request, doors)?;
    guard::origin(&request, doors)?;
    match *request.method() {
        Method::GET | Method::HEAD => Ok(()),
        Method::POST => {
            // Nobody sends much who may send nothing.
            let own = std::mem::take(ask);
            let admit = |app: &App, ask: &mut Ask| app.with_store(|store| routes::admit(app, store, ask));
            (*ask, ()) = working(app, own, admit).await?;
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
            match session::form_secret(app, ask) {
                Some(secret) => guard::token(ask, &secret),
                None => Ok(()),
            }
        }
        _ => Err(Wrong::new(405, "pages are got with GET and forms are sent with POST; there is nothing else")),
    }
}
