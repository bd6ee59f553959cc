//! The program: everything that touches the disk, the clock, the network and the terminal is in [`shell`], everything else in the library.
#![forbid(unsafe_code)]

mod shell;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use std::process::ExitCode;

fn main() -> ExitCode {
    shell::main()
}
