//! The preview server: HTTP/1.1 (RFC 9110, 9112) as far as a browser on this computer needs it, on threads and blocking sockets.
//!
//! It stood on tiny_http, which accepts and reads by itself, without a limit or a time for anything, and takes no connection that somebody else
//! has accepted: a guard before it could only have been a second server that passes bytes on. So the reading of heads is httparse's, and what is
//! around it is here.
//!
//! | against | guard |
//! |---|---|
//! | other sites' scripts, other people's requests | this computer only, the `Host` looked at ([`hosts`]), nothing shown inside other sites ([`entity`]) |
//! | ways out of the site | a decoded path without dots; only what the build has, and no file that has become a link out of it |
//! | endless heads, endless waiting | limits on target, head, number of headers ([`request`]), on the time for each step ([`conversation`]) |
//! | many connections | so many and no more; those that only wait make way ([`connections`]) |
//! | a browser that does not read | each piece of an answer has its time; events are told without waiting ([`events`]) |
//! | no more open files, no more threads | the one connection is lost, and accepting goes on |
//! | a panic while a page is made | that page is «500» |

mod connections;
mod conversation;
mod entity;
mod events;
mod hosts;
mod request;

pub use entity::{Answer, Body};
pub use events::Events;
pub use request::Ask;

use super::failure::Failure;
use connections::{Connection, Connections};
use conversation::{Conversation, Next};
use entity::response;
use hosts::Hosts;
use std::io::{ErrorKind, Write};
use std::net::{SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::Duration;

/// Where a page hears that it is out of date. No document can stand here: names with `_` are left out of content.
pub const EVENTS: &str = "_metodika/events";

/// What a browser gets of the server's time and room.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Connections at once.
    pub connections: usize,
    /// Pages at once that listen for new versions; they are not among the connections.
    pub listeners: usize,
    /// For a request to begin.
    pub idle: Duration,
    /// For its head to be whole once it has begun.
    pub head: Duration,
    /// For a piece of 64 KiB of the answer to be taken.
    pub piece: Duration,
    /// For the browser to close a connection that was ended.
    pub farewell: Duration,
    /// Between two signs of life to pages that listen.
    pub ping: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        let seconds = Duration::from_secs;
        Limits {
            connections: 128,
            listeners: 64,
            idle: seconds(60),
            head: seconds(10),
            piece: seconds(20),
            farewell: seconds(1),
            ping: seconds(15),
        }
    }
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
        match TcpListener::bind(address) {
            Ok(listener) => return Ok(listener),
            Err(error) => last = error,
        }
    }
    Err(failure(last))
}

/// Answers by `answer`, for ever: what is asked for, or the status of a request that is turned away. `host` is the name that was given to [`listen`].
pub fn serve(
    listener: &TcpListener,
    host: &str,
    events: &Events,
    limits: &Limits,
    answer: impl Fn(Result<&Ask, u16>) -> Answer + Sync,
) -> ! {
    let address = listener.local_addr().unwrap_or_else(|_| SocketAddr::from(([127, 0, 0, 1], 0)));
    let server = Server { hosts: Hosts::new(host, address.ip()), events, limits, answer };
    let connections = Connections::new(limits.connections);
    let (server, connections) = (&server, &connections);
    thread::scope(|scope| {
        scope.spawn(|| {
            loop {
                thread::sleep(limits.ping);
                events.ping();
            }
        });
        loop {
            let stream = match listener.accept() {
                Ok((stream, _)) => stream,
                // The browser was quicker.
                Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset) => continue,
                Err(_) => {
                    // No more open files, as a rule: one that waits gives its own back.
                    connections.make_room();
                    thread::sleep(Duration::from_millis(50));
                    continue;
                }
            };
            match connections.admit(stream) {
                Ok(seat) => {
                    // Without a thread the connection is closed at once; later there may be one again.
                    let _ = thread::Builder::new().spawn_scoped(scope, move || server.converse(&seat.connection));
                }
                Err(stream) => turn_away(stream),
            }
        }
    })
}

struct Server<'s, A> {
    hosts: Hosts,
    events: &'s Events,
    limits: &'s Limits,
    answer: A,
}

impl<A: Fn(Result<&Ask, u16>) -> Answer + Sync> Server<'_, A> {
    fn converse(&self, connection: &Connection) {
        // Else an answer in two packets waits for the browser's receipt of the first.
        let _ = connection.stream.set_nodelay(true);
        let mut conversation = Conversation::new(connection, self.limits);
        loop {
            let (request, asked) = match conversation.next() {
                Next::Request(request) => {
                    let asked = request.ask(&self.hosts);
                    (Some(request), asked)
                }
                Next::Bad(status) => (None, Err(status)),
                Next::Nothing => return,
            };
            let listens = asked.as_ref().is_ok_and(|ask| ask.path == EVENTS) && !request.as_ref().is_some_and(|request| request.is_head());
            if listens && connection.stream.try_clone().is_ok_and(|listener| self.events.subscribe(listener)) {
                return;
            }
            let asked = if listens { Err(503) } else { asked };
            let answer = catch_unwind(AssertUnwindSafe(|| (self.answer)(asked.as_ref().map_err(|status| *status))));
            let answer = answer.unwrap_or_else(|_| Answer::text(500, String::new()));
            let keeps_alive = asked.is_ok() && request.as_ref().is_some_and(|request| request.keeps_alive());
            let sent = conversation.send(response(answer, request.as_ref()), keeps_alive);
            if sent.is_err() {
                return;
            }
            if !keeps_alive {
                return conversation.end();
            }
        }
    }
}

/// Says that there are too many, without waiting for anything.
fn turn_away(mut stream: TcpStream) {
    if stream.set_nonblocking(true).is_ok() {
        let head = response(Answer::text(503, String::new()), None).head(false);
        let _ = stream.write(head.as_bytes());
    }
}

#[cfg(test)]
mod tests;
