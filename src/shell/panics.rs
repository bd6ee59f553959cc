//! A panic is a mistake of ours, and says so to a person who does not program.

use super::{i18n, terminal};
use metodika::value::language::Language;
use std::backtrace::{Backtrace, BacktraceStatus};

/// From here on a panic prints whose mistake it is, where it was and what to do with that.
pub fn explain(language: Language) {
    std::panic::set_hook(Box::new(move |info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let payload = info.payload();
        let reason =
            payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("?");
        terminal::err(&format!("\n{}\n", i18n::bug(&place, reason, language)));
        // Only with RUST_BACKTRACE.
        let trace = Backtrace::capture();
        if trace.status() == BacktraceStatus::Captured {
            terminal::err(&format!("{trace}\n"));
        }
    }));
}
