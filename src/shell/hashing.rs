//! A file that knows what has been written to it.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use xxhash_rust::xxh3::Xxh3;

/// Takes bytes in small pieces for a file and hashes them.
pub struct Hashing(BufWriter<Hashed>);

struct Hashed {
    file: File,
    hasher: Xxh3,
    len: u64,
}

impl Hashing {
    /// Of the empty `file`.
    pub fn new(file: File) -> Hashing {
        Hashing(BufWriter::with_capacity(1 << 16, Hashed { file, hasher: Xxh3::new(), len: 0 }))
    }

    /// The file, what [`hash`](metodika::source::hash) makes of its bytes, and how many they are.
    pub fn finish(self) -> io::Result<(File, u128, u64)> {
        let Hashed { file, hasher, len } = self.0.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok((file, hasher.digest128(), len))
    }
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.len += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
