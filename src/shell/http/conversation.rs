//! One connection from its first request to its last, each step within a time (RFC 9112 §9).

use super::Limits;
use super::connections::Connection;
use super::entity::{Body, Response};
use super::request::{Head, LONGEST_HEAD, Request, parse};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// How much of an answer must go through within [`Limits::piece`].
const PIECE: usize = 64 * 1024;

/// What came next on a connection.
pub enum Next {
    Request(Request),
    /// Nothing that can be answered but with this status.
    Bad(u16),
    /// The browser has gone, or has asked for nothing for too long.
    Nothing,
}

/// A connection that requests are read from and answers sent to.
pub struct Conversation<'c> {
    connection: &'c Connection,
    limits: &'c Limits,
    /// What has been read and is no request yet.
    read: Vec<u8>,
}

impl<'c> Conversation<'c> {
    pub fn new(connection: &'c Connection, limits: &'c Limits) -> Conversation<'c> {
        Conversation { connection, limits, read: Vec::new() }
    }

    /// Waits for the next request. All of its head must come within a time, however often a part of it does.
    pub fn next(&mut self) -> Next {
        self.connection.waits(true);
        let mut deadline = Instant::now() + self.limits.idle;
        let mut has_begun = false;
        let next = loop {
            if !self.read.is_empty() {
                match parse(&self.read) {
                    Head::Whole(request, len) => {
                        self.read.drain(..len);
                        break Next::Request(request);
                    }
                    Head::Bad(status) => break Next::Bad(status),
                    Head::Partial if !has_begun => {
                        has_begun = true;
                        deadline = Instant::now() + self.limits.head;
                    }
                    Head::Partial => {}
                }
            }
            match self.read_more(deadline) {
                Ok(0) => break Next::Nothing,
                Ok(_) => {}
                Err(error) if is_timeout(&error) && has_begun => break Next::Bad(408),
                Err(_) => break Next::Nothing,
            }
        };
        self.connection.waits(false);
        next
    }

    fn read_more(&mut self, deadline: Instant) -> io::Result<usize> {
        let mut piece = [0; 4096];
        // A head that fills it all is refused, so there is always some room.
        let room = LONGEST_HEAD.saturating_sub(self.read.len()).min(piece.len());
        let n = retried(deadline, TcpStream::set_read_timeout, &self.connection.stream, |mut stream| stream.read(&mut piece[..room]))?;
        self.read.extend_from_slice(&piece[..n]);
        Ok(n)
    }

    /// Sends `response`, after which the connection stays or is to be ended. An error, also where its body ends before its length, is the end.
    pub fn send(&self, response: Response, keeps_alive: bool) -> io::Result<()> {
        let mut piece = response.head(keeps_alive).into_bytes();
        let mut left = response.sent_len();
        match response.body {
            // Head and body go in one piece where they are small.
            Body::Bytes(bytes) => {
                let end = response.part.end as usize;
                piece.extend_from_slice(&bytes[end - left as usize..end]);
                self.write(&piece)
            }
            Body::File(mut file) => {
                if left > 0 {
                    io::Seek::seek(&mut file, io::SeekFrom::Start(response.part.start))?;
                }
                while left > 0 {
                    let most = left.min(PIECE as u64);
                    let n = (&mut file).take(most).read_to_end(&mut piece)? as u64;
                    if n == 0 {
                        return Err(ErrorKind::UnexpectedEof.into());
                    }
                    left -= n;
                    self.write(&piece)?;
                    piece.clear();
                }
                self.write(&piece)
            }
        }
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        for mut piece in bytes.chunks(PIECE) {
            let deadline = Instant::now() + self.limits.piece;
            while !piece.is_empty() {
                match retried(deadline, TcpStream::set_write_timeout, &self.connection.stream, |mut stream| stream.write(piece))? {
                    0 => return Err(ErrorKind::WriteZero.into()),
                    n => piece = &piece[n..],
                }
            }
        }
        Ok(())
    }

    /// Ends the connection so that the browser gets what was sent although it may not have said everything (RFC 9112 §9.6): what still comes is read
    /// for a moment, else the system would take back the answer with its own «connection reset».
    pub fn end(&mut self) {
        self.connection.waits(true);
        if self.connection.stream.shutdown(Shutdown::Write).is_err() {
            return;
        }
        let deadline = Instant::now() + self.limits.farewell;
        while Instant::now() < deadline {
            self.read.clear();
            if !self.read_more(deadline).is_ok_and(|n| n > 0) {
                return;
            }
        }
    }
}

/// `act` on `stream` until it comes to something, or the `deadline` passes.
fn retried(
    deadline: Instant,
    limit: fn(&TcpStream, Option<Duration>) -> io::Result<()>,
    stream: &TcpStream,
    mut act: impl FnMut(&TcpStream) -> io::Result<usize>,
) -> io::Result<usize> {
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(ErrorKind::TimedOut.into());
        }
        limit(stream, Some(left))?;
        match act(stream) {
            Err(error) if error.kind() == ErrorKind::Interrupted || is_timeout(&error) => {}
            done => return done,
        }
    }
}

/// By which name the system says so differs.
fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}
