//! The terminal: all printing goes through here. A reader that goes away (`metodika check | head`) is no error.

use super::i18n;
use anstream::ColorChoice;
use metodika::value::language::Language;
use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Whether colours are printed; by the terminal and the environment (`NO_COLOR`) where nothing is said.
pub fn set_color(choice: ColorChoice) {
    choice.write_global();
}

/// Prints to standard output, as it stands.
pub fn out(text: &str) {
    let mut stream = anstream::stdout().lock();
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}

/// Puts bytes to standard output that are no text for a terminal.
pub fn out_bytes(bytes: &[u8]) {
    let mut stream = std::io::stdout().lock();
    let _ = stream.write_all(bytes).and_then(|()| stream.flush());
}

/// Whether a person looks at standard output.
pub fn is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Prints to standard error, as it stands.
pub fn err(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// How far a long work is: one line that replaces itself, on a terminal only, and only if the work is long.
pub struct Progress {
    total: usize,
    done: AtomicUsize,
    /// When it was last printed; at first, when the work began.
    printed: Option<Mutex<Instant>>,
    language: Language,
}

/// How often it is printed, and how long the work must take to be worth it.
const STEP: Duration = Duration::from_millis(200);

impl Progress {
    pub fn new(total: usize, quiet: bool, language: Language) -> Progress {
        let printed = (!quiet && std::io::stderr().is_terminal()).then(|| Mutex::new(Instant::now()));
        Progress { total, done: AtomicUsize::new(0), printed, language }
    }

    /// One more is done. From any thread.
    pub fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let Some(Ok(mut printed)) = self.printed.as_ref().map(Mutex::try_lock) else { return };
        if printed.elapsed() >= STEP {
            *printed = Instant::now();
            err(&format!("\r{}", i18n::progress(done, self.total, self.language)));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.printed.is_some() {
            err("\r\x1b[K");
        }
    }
}
