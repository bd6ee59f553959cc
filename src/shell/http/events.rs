//! Server-sent events (HTML §9.2): tell every open page which version of the site is there.

use super::entity::guards;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::{Mutex, MutexGuard};

/// The pages that listen, and what they were told last. No thread belongs to a page, and none is waited for: what is told is so little that a page
/// which cannot take it at once has not read for a long time, and is dropped; it asks again if it is there.
pub struct Events {
    state: Mutex<State>,
    most: usize,
}

struct State {
    version: String,
    listeners: Vec<TcpStream>,
}

impl Events {
    /// For `most` pages at once.
    pub fn new(version: String, most: usize) -> Events {
        Events { state: Mutex::new(State { version, listeners: Vec::new() }), most }
    }

    /// Tells `listener` the present version now and each later one when it comes. Being told at once closes the gap between the making of a
    /// page and its first word with us. `false`, and nothing sent, if there are too many.
    pub fn subscribe(&self, mut listener: TcpStream) -> bool {
        let mut state = self.lock();
        // A page that was left is not to be waited for until it is told something.
        state.listeners.retain_mut(|listener| !is_gone(listener));
        if state.listeners.len() >= self.most {
            return false;
        }
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n{}Connection: close\r\n\r\n", guards());
        let greeting = format!("{head}retry: 500\n{}", event(&state.version));
        if listener.set_nonblocking(true).is_ok() && send(&mut listener, &greeting) {
            state.listeners.push(listener);
        }
        true
    }

    /// Tells everybody that the site has become `version`.
    pub fn publish(&self, version: String) {
        let mut state = self.lock();
        let text = event(&version);
        state.version = version;
        state.listeners.retain_mut(|listener| send(listener, &text));
    }

    /// A comment, so that connections stay open and those of closed pages are noticed.
    pub fn ping(&self) {
        self.lock().listeners.retain_mut(|listener| !is_gone(listener) && send(listener, ":\n\n"));
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

fn event(version: &str) -> String {
    format!("data: {version}\n\n")
}

fn send(listener: &mut TcpStream, text: &str) -> bool {
    // Half a line could not be made whole later.
    listener.write(text.as_bytes()).is_ok_and(|n| n == text.len())
}

/// Whether the browser has closed its end. It has nothing to say on this connection; if it says something it is not listened to.
fn is_gone(listener: &mut TcpStream) -> bool {
    match listener.read(&mut [0; 64]) {
        Ok(n) => n == 0,
        Err(error) => error.kind() != ErrorKind::WouldBlock,
    }
}
