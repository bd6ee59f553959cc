//! How fast whole sites build: `cargo bench [-- --documents 1000,10000 --runs 3 --folder DIR --generator PROGRAM]`.
//!
//! Each size is generated once, then the floor (what the work itself costs, see `floor.rs`) and `metodika build` into an empty folder
//! take turns; the table has medians. Trust CPU seconds and ratios: walls depend on who else uses the machine. A `--folder`
//! in memory (`/dev/shm/bench`) takes the disk out of it. With `--generator` the
//! corpus comes from another program, called as `PROGRAM --pages N --out DIR --format metodika`.
// Programs and files are what a benchmark is about.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::disallowed_macros)]

mod corpus;
mod floor;
mod measure;

use measure::{Cost, median, run};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const METODIKA: &str = env!("CARGO_BIN_EXE_metodika");

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [word, content, list, out] = arguments.as_slice()
        && word == "floor"
    {
        return Ok(floor::run(Path::new(content), Path::new(list), Path::new(out))?);
    }
    let option = |name: &str| arguments.iter().position(|argument| argument == name).and_then(|at| arguments.get(at + 1)).cloned();
    let sizes = option("--documents").unwrap_or_else(|| "1000,10000".into());
    let sizes = sizes.split(',').map(str::parse).collect::<Result<Vec<usize>, _>>()?;
    let runs: usize = option("--runs").map_or(Ok(3), |runs| runs.parse())?;
    let folder = option("--folder").map_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench"), PathBuf::from);
    println!("| documents | files | MB | documents/s | CPU s | floor CPU s | CPU / floor | peak MiB | KiB a document |");
    println!("|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for documents in sizes {
        let row = cold(&folder.join(documents.to_string()), documents, runs.max(1), option("--generator").as_deref())?;
        println!("{row}");
    }
    Ok(())
}

/// A row of the table: a site of `documents` built into an empty folder.
fn cold(folder: &Path, documents: usize, runs: usize, generator: Option<&str>) -> Result<String, Box<dyn Error>> {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder)?;
    match generator {
        None => corpus::write(documents, folder)?,
        Some(program) => {
            let count = documents.to_string();
            run(Command::new(program).args(["--pages", &count, "--format", "metodika", "--out"]).arg(folder))?;
        }
    }
    let (public, list) = (folder.join("public"), folder.join("floor.txt"));
    let build = || -> Result<Cost, Box<dyn Error>> {
        let _ = fs::remove_dir_all(&public);
        Ok(run(Command::new(METODIKA)
            .args(["--quiet", "--today", "2024-10-15", "--root"])
            .arg(folder)
            .arg("build")
            .arg("--out")
            .arg(&public))?)
    };
    build()?;
    let bytes = floor::plan(&public, &list)?;
    let files = fs::read_to_string(&list)?.lines().count();
    let (mut ours, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let out = folder.join("floor");
        let _ = fs::remove_dir_all(&out);
        floors.push(run(Command::new(std::env::current_exe()?).arg("floor").arg(folder.join("content")).arg(&list).arg(&out))?);
        fs::remove_dir_all(&out)?;
        ours.push(build()?);
    }
    let (ours, floor) = (median(ours), median(floors));
    Ok(format!(
        "| {documents} | {files} | {:.0} | {:.0} | {:.2} | {:.2} | {:.1} | {:.0} | {:.1} |",
        bytes as f64 / 1e6,
        documents as f64 / ours.wall.as_secs_f64(),
        ours.cpu.as_secs_f64(),
        floor.cpu.as_secs_f64(),
        ours.cpu.as_secs_f64() / floor.cpu.as_secs_f64(),
        ours.memory as f64 / f64::from(1 << 20),
        ours.memory as f64 / 1024.0 / documents as f64,
    ))
}
