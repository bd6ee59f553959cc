//! How many threads work.

use super::failure::Failure;

/// Runs `work` on `jobs` threads; on one for each core if none is given.
pub fn run<T: Send>(jobs: Option<u16>, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    let Some(jobs) = jobs else { return Ok(work()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs)).build();
    Ok(pool.map_err(|error| Failure::NoThreads { reason: error.to_string() })?.install(work))
}
