//! The connections that are open: so many and no more, and those that only wait make way for new ones.

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;

/// All of them.
pub struct Connections {
    most: usize,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    next: u64,
    list: BTreeMap<u64, Arc<Connection>>,
}

/// One of them.
pub struct Connection {
    pub stream: TcpStream,
    /// Since when nothing is asked for on it.
    waits_since: Mutex<Option<Instant>>,
}

/// The place of a connection among the others, until this value goes.
pub struct Seat<'c> {
    all: &'c Connections,
    number: u64,
    pub connection: Arc<Connection>,
}

impl Connections {
    /// Room for `most`.
    pub fn new(most: usize) -> Connections {
        Connections { most, open: Mutex::default() }
    }

    /// Takes `stream` in. Where all seats are taken, the connection that has waited longest for its next request is ended; where none waits, `stream`
    /// is given back.
    pub fn admit(&self, stream: TcpStream) -> Result<Seat<'_>, TcpStream> {
        if self.lock().list.len() >= self.most && !self.make_room() {
            return Err(stream);
        }
        let connection = Arc::new(Connection { stream, waits_since: Mutex::new(Some(Instant::now())) });
        let mut open = self.lock();
        let number = open.next;
        open.next += 1;
        open.list.insert(number, connection.clone());
        Ok(Seat { all: self, number, connection })
    }

    /// Ends the connection that has waited longest; whether there was one.
    pub fn make_room(&self) -> bool {
        let mut open = self.lock();
        let longest = open.list.iter().filter_map(|(number, connection)| Some((connection.waits_since()?, *number))).min();
        let connection = longest.and_then(|(_, number)| open.list.remove(&number));
        if let Some(connection) = &connection {
            // The thread that reads from it sees its end; on Windows, where this was not run, perhaps only when its time is over. Where the browser
            // has gone meanwhile there is nothing to end.
            let _ = connection.stream.shutdown(Shutdown::Both);
        }
        connection.is_some()
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

impl Connection {
    /// Says whether the connection waits, and so may be ended.
    pub fn waits(&self, waits: bool) {
        let mut since = self.waits_since.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        *since = waits.then(|| since.unwrap_or_else(Instant::now));
    }

    fn waits_since(&self) -> Option<Instant> {
        *self.waits_since.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        self.all.lock().list.remove(&self.number);
    }
}
