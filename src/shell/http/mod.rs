//! The preview server: the one doorway to tiny_http, with guards around what it does not do itself.
//!
//! | guard | against |
//! |---|---|
//! | a listener of our own, without Nagle's delay | 40 ms for every request of a kept connection |
//! | panics are caught, those of its workers are silent ([`super::panics`]) | a browser that goes away ends a worker |
//! | a new server on the same listener when the old one stops accepting | a dead port after one failed `accept` |
//! | bodies with their length | chunks from 32 KB on |
//! | events through a raw writer with a ping | a chunk encoder that keeps them to itself |
//! | this computer only, the `Host` looked at, no way out of the site in a path | other sites' scripts, other people's requests |

mod entity;
mod events;

pub use entity::{Answer, Body};
pub use events::Events;

use super::failure::Failure;
use percent_encoding::percent_decode_str;
use socket2::{Domain, Protocol, Socket, Type};
use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tiny_http::{Method, Request, Server};

/// Where a page hears that it is out of date. No document can stand here: names with `_` are left out of content.
pub const EVENTS: &str = "_metodika/events";

/// Where the server asks itself whether it is alive.
const HEALTH: &str = "_metodika/health";

const WORKERS: usize = 8;

/// What a browser asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Decoded, without the slash at its beginning: `workshops/x/`.
    pub path: String,
    /// With its `?`; empty if there is none.
    pub query: String,
}

/// Listens on `host` and `port`; on any free port for 0.
pub fn listen(host: &str, port: u16) -> Result<TcpListener, Failure> {
    let failure = |error: std::io::Error| match error.kind() {
        ErrorKind::AddrInUse => Failure::PortTaken { host: host.to_owned(), port },
        _ => Failure::CannotListen { host: host.to_owned(), port, error },
    };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let mut last = std::io::Error::from(ErrorKind::AddrNotAvailable);
    // A name may stand for several addresses; the first that works is taken.
    for address in (bare, port).to_socket_addrs().map_err(failure)? {
        match bind(address) {
            Ok(listener) => return Ok(listener),
            Err(error) => last = error,
        }
    }
    Err(failure(last))
}

/// Answers by `answer`, for ever. `host` is the name that was given to [`listen`].
pub fn serve(listener: &TcpListener, host: &str, events: &Events, answer: impl Fn(&Ask) -> Answer + Sync) -> ! {
    let address = listener.local_addr().unwrap_or_else(|_| SocketAddr::from(([127, 0, 0, 1], 0)));
    let hosts = Hosts::new(host, address.ip());
    loop {
        // The listener stays; what dies is the thread that accepts from it, and a new server has a new one.
        if let Ok(server) = listener.try_clone().map_err(Into::into).and_then(|listener| Server::from_listener(listener, None)) {
            serve_until_dead(&server, address, &hosts, events, &answer);
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn serve_until_dead(server: &Server, address: SocketAddr, hosts: &Hosts, events: &Events, answer: &(impl Fn(&Ask) -> Answer + Sync)) {
    let dead = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while !dead.load(Ordering::Relaxed) {
                    match server.recv_timeout(Duration::from_millis(500)) {
                        // A panic has said so by its hook; the request gets no answer and the worker goes on.
                        Ok(Some(request)) => drop(catch_unwind(AssertUnwindSafe(|| respond(request, hosts, events, answer)))),
                        Ok(None) => {}
                        Err(_) => dead.store(true, Ordering::Relaxed),
                    }
                }
            });
        }
        let mut failures = 0;
        let mut ticks = 0u32;
        while !dead.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(500));
            ticks += 1;
            if ticks.is_multiple_of(30) {
                events.ping();
            }
            if ticks.is_multiple_of(10) {
                failures = if is_alive(address) { 0 } else { failures + 1 };
                dead.fetch_or(failures >= 2, Ordering::Relaxed);
            }
        }
    });
}

fn respond(request: Request, hosts: &Hosts, events: &Events, answer: &impl Fn(&Ask) -> Answer) {
    let reply = match refusal(&request, hosts) {
        Some(status) => Answer::status(status),
        None => match ask(request.url()) {
            None => Answer::status(400),
            Some(ask) if ask.path == HEALTH => Answer::text(200, "ok\n".into()),
            Some(ask) if ask.path == EVENTS && *request.method() == Method::Get => return events.subscribe(request.into_writer()),
            Some(ask) => answer(&ask),
        },
    };
    let headers = request.headers().iter().map(|header| (header.field.as_str().as_str(), header.value.as_str())).collect::<Vec<_>>();
    let response = entity::response(reply, &headers);
    // A browser that went away does not need the answer.
    let _ = request.respond(response);
}

/// The status with which a request is turned away before its path is looked at.
fn refusal(request: &Request, hosts: &Hosts) -> Option<u16> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return Some(405);
    }
    let mut names = request.headers().iter().filter(|header| header.field.equiv("Host"));
    match (names.next(), names.next()) {
        // RFC 9112 §3.2: exactly one.
        (Some(name), None) if hosts.allow(name.value.as_str()) => None,
        (Some(_), None) => Some(403),
        _ => Some(400),
    }
}

/// The names under which the server may be asked for. A page of another site can make its own name lead to this computer, but cannot
/// make the browser send another name.
struct Hosts {
    given: String,
    /// Listening to the network: any address of this computer, and its name there.
    any_address: bool,
}

impl Hosts {
    fn new(given: &str, bound: IpAddr) -> Hosts {
        Hosts { given: given.trim_matches(['[', ']']).to_lowercase(), any_address: !bound.is_loopback() }
    }

    fn allow(&self, header: &str) -> bool {
        let header = header.trim().to_lowercase();
        let name = match header.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or(""),
            None => header.rsplit_once(':').map_or(header.as_str(), |(name, _)| name),
        };
        let local_name = || !name.contains('.') || name.ends_with(".local");
        let address = name.parse::<IpAddr>();
        name == "localhost"
            || name.ends_with(".localhost")
            || name == self.given
            || address.is_ok_and(|address| address.is_loopback() || self.any_address)
            || (self.any_address && !name.is_empty() && local_name())
    }
}

/// The path and query of a request's target; `None` if it is not a path of UTF-8 within the site.
fn ask(target: &str) -> Option<Ask> {
    let target = target.split('#').next().unwrap_or("");
    let (path, query) = target.find('?').map_or((target, ""), |at| target.split_at(at));
    let path = percent_decode_str(path.strip_prefix('/')?).decode_utf8().ok()?;
    let inside = !path.contains(['\\', '\0']) && path.split('/').all(|part| !part.starts_with('.'));
    inside.then(|| Ask { path: path.into_owned(), query: query.to_owned() })
}

fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    // On Windows this option would let two programs listen on one port.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    // Connections that are accepted inherit it.
    socket.set_tcp_nodelay(true)?;
    socket.bind(&address.into())?;
    socket.listen(128)?;
    Ok(socket.into())
}

/// Whether the server answers itself.
fn is_alive(address: SocketAddr) -> bool {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::from([127, 0, 0, 1]),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]),
        ip => ip,
    };
    let limit = Duration::from_secs(2);
    let asking = || {
        let mut stream = TcpStream::connect_timeout(&SocketAddr::new(ip, address.port()), limit)?;
        stream.set_read_timeout(Some(limit))?;
        stream.write_all(format!("HEAD /{HEALTH} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes())?;
        stream.read_exact(&mut [0; 12])
    };
    asking().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        let path = |target| ask(target).map(|ask| ask.path);
        assert_eq!(path("/").as_deref(), Some(""));
        assert_eq!(path("/workshops/%D0%BF%D1%80%D0%BE/?a=1").as_deref(), Some("workshops/про/"));
        for target in
            ["/../etc/passwd", "/%2e%2e/x", "/a/..%2f..", "/a%5c..%5cb", "/.git/config", "/%2egit", "/a%00", "/%ff", "http://x/", "*"]
        {
            assert_eq!(path(target), None, "{target}");
        }
    }

    #[test]
    fn only_our_own_names_are_answered() {
        let local = Hosts::new("127.0.0.1", IpAddr::from([127, 0, 0, 1]));
        for host in ["localhost:8000", "127.0.0.1:8000", "127.0.0.1", "[::1]:8000", "LOCALHOST"] {
            assert!(local.allow(host), "{host}");
        }
        for host in ["example.org", "evil.localhost.example.org:8000", "192.168.1.5:8000", "", "pc"] {
            assert!(!local.allow(host), "{host}");
        }
        let network = Hosts::new("0.0.0.0", IpAddr::from([0, 0, 0, 0]));
        for host in ["192.168.1.5:8000", "pc:8000", "pc.local"] {
            assert!(network.allow(host), "{host}");
        }
        assert!(!network.allow("rebound.example.org"));
    }
}
