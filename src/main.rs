//! The program: everything that touches the disk, the clock, the network and the terminal is in [`shell`], everything else in the library.
#![forbid(unsafe_code)]

mod shell;

use std::process::ExitCode;

fn main() -> ExitCode {
    shell::main()
}
