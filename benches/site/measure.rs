//! A program run to its end, and what it took.

use std::io;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// What a run took.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    pub wall: Duration,
    /// User and system time of all its threads.
    pub cpu: Duration,
    /// The largest resident memory, bytes.
    pub memory: u64,
}

/// Runs `command`, its output thrown away. A failure is an error.
pub fn run(command: &mut Command) -> io::Result<Cost> {
    let begun = Instant::now();
    let ended = command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn()?.wait4()?;
    if !ended.status.success() {
        return Err(io::Error::other(format!("{command:?}: {}", ended.status)));
    }
    Ok(Cost { wall: begun.elapsed(), cpu: ended.rusage.utime + ended.rusage.stime, memory: ended.rusage.maxrss })
}

/// The middle one by CPU time.
pub fn median(mut costs: Vec<Cost>) -> Cost {
    costs.sort_by_key(|cost| cost.cpu);
    costs[costs.len() / 2]
}
