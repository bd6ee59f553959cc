//! Server-sent events (HTML §9.2): tell every open page which version of the site is there.

use std::io::Write;
use std::sync::{Mutex, MutexGuard};

/// The pages that listen, and what they were told last.
pub struct Events {
    state: Mutex<State>,
}

struct State {
    version: String,
    listeners: Vec<Box<dyn Write + Send>>,
}

const HEAD: &str = "HTTP/1.1 200 OK\r\n\
                    Content-Type: text/event-stream; charset=utf-8\r\n\
                    Cache-Control: no-cache\r\n\
                    X-Content-Type-Options: nosniff\r\n\
                    Connection: close\r\n\r\n";

impl Events {
    pub fn new(version: String) -> Events {
        Events { state: Mutex::new(State { version, listeners: Vec::new() }) }
    }

    /// Tells `listener` the present version now and each later one when it comes. Being told at once closes the gap between the making of a
    /// page and its first word with us.
    pub fn subscribe(&self, mut listener: Box<dyn Write + Send>) {
        let mut state = self.lock();
        let greeting = format!("{HEAD}retry: 500\n{}", event(&state.version));
        if send(&mut listener, &greeting) {
            state.listeners.push(listener);
        }
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
        self.lock().listeners.retain_mut(|listener| send(listener, ":\n\n"));
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

fn event(version: &str) -> String {
    format!("data: {version}\n\n")
}

fn send(listener: &mut Box<dyn Write + Send>, text: &str) -> bool {
    listener.write_all(text.as_bytes()).and_then(|()| listener.flush()).is_ok()
}
