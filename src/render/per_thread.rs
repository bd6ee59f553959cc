//! What each thread of the pool has for itself: threads that share one value wait for each other.

use crate::site::EntryId;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

/// A value for each thread of the pool, and one for all others.
#[derive(Debug)]
pub(super) struct PerThread<T>(Vec<T>);

impl<T: Default> Default for PerThread<T> {
    fn default() -> Self {
        PerThread((0..=rayon::current_num_threads()).map(|_| T::default()).collect())
    }
}

impl<T> PerThread<T> {
    /// That of this thread. Another thread may come to it too, where there are pools of different lengths.
    pub fn own(&self) -> &T {
        let of_pool = rayon::current_thread_index().and_then(|index| self.0.get(index + 1));
        // There is always one for all others.
        of_pool.unwrap_or(&self.0[0])
    }
}

/// What each thread made last of an entry. Outputs that need the same stand side by side and are made one after the other.
#[derive(Debug)]
pub(super) struct Last<T: ?Sized>(PerThread<Mutex<Made<T>>>);

/// Of which entry, and what.
type Made<T> = Option<(EntryId, Arc<T>)>;

impl<T: ?Sized> Default for Last<T> {
    fn default() -> Self {
        Last(PerThread::default())
    }
}

impl<T: ?Sized> Last<T> {
    /// What `make` makes of the entry `id`, or has made just before.
    pub fn of(&self, id: EntryId, make: impl FnOnce() -> Arc<T>) -> Arc<T> {
        let Ok(made) = self.try_of::<Infallible>(id, || Ok(make()));
        made
    }

    /// The same, where it may fail.
    pub fn try_of<E>(&self, id: EntryId, make: impl FnOnce() -> Result<Arc<T>, E>) -> Result<Arc<T>, E> {
        let slot = self.0.own();
        let kept = slot.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, made)) = kept.filter(|(of, _)| *of == id) {
            return Ok(made);
        }
        let made = make()?;
        *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some((id, made.clone()));
        Ok(made)
    }
}
