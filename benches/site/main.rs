//! How fast whole sites build: `cargo bench [-- --documents 1000,10000 --runs 3 --folder DIR --generator PROGRAM --peer COMMAND --most N]`.
//!
//! Each size is generated once, then the floor (what the work itself costs, see `floor.rs`), `metodika build` into an empty folder and the
//! peer take turns; the tables have medians. Trust CPU seconds and ratios: walls depend on who else uses the machine.
//!
//! - `--folder DIR` in memory (`/dev/shm/bench`) takes the disk out of the measure.
//! - `--generator PROGRAM`: the corpus comes from another program, called as `PROGRAM --pages N --out DIR --format metodika`.
//! - `--peer COMMAND`: another generator with a site of its own, words parted by spaces; `{out}` stands for an empty folder.
//! - `--most N`: exit status 1 if the CPU time of a size is more than N times that of its floor. A gate: ratios, never seconds.
// Programs and files are what a benchmark is about.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::disallowed_macros)]

mod corpus;
mod edits;
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
    let most: f64 = option("--most").map_or(Ok(f64::INFINITY), |most| most.parse())?;
    let peer = option("--peer");
    let mut after_edits = Vec::new();
    let mut worst: f64 = 0.0;
    println!(
        "| documents | files | MB | documents/s | wall s | CPU s | floor CPU s | CPU / floor | peer CPU s | peer / CPU | peak MiB | KiB a document |"
    );
    println!("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for documents in sizes {
        let site = Site::new(folder.join(documents.to_string()), documents, option("--generator").as_deref())?;
        let (row, ratio) = site.cold(runs.max(1), peer.as_deref())?;
        println!("{row}");
        worst = worst.max(ratio);
        after_edits.extend(edits::rows(&site.root, &site.public, documents, runs.max(1), &|| site.build())?);
    }
    println!("\n| documents | edited | wall ms | CPU s | files written |\n|--:|:--|--:|--:|--:|");
    after_edits.iter().for_each(|row| println!("{row}"));
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
        let mut command = Command::new(METODIKA);
        command.args(["--quiet", "--today", "2024-10-15", "--root"]).arg(&self.root).arg("build").arg("--out").arg(&self.public);
        command
    }

    /// A row of the table: the site built into an empty folder; and how many times the floor that took.
    fn cold(&self, runs: usize, peer: Option<&str>) -> Result<(String, f64), Box<dyn Error>> {
        let list = self.root.join("floor.txt");
        let build = || -> Result<Cost, Box<dyn Error>> {
            let _ = fs::remove_dir_all(&self.public);
            Ok(run(&mut self.build())?)
        };
        build()?;
        let bytes = floor::plan(&self.public, &list)?;
        let files = fs::read_to_string(&list)?.lines().count();
        let (mut ours, mut floors, mut peers) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..runs {
            let out = self.root.join("out");
            let _ = fs::remove_dir_all(&out);
            floors.push(run(Command::new(std::env::current_exe()?).arg("floor").arg(self.root.join("content")).arg(&list).arg(&out))?);
            fs::remove_dir_all(&out)?;
            if let Some((program, words)) = peer.map(|command| command.split(' ')).and_then(|mut words| Some((words.next()?, words))) {
                let out = out.to_string_lossy();
                peers.push(run(Command::new(program).args(words.map(|word| word.replace("{out}", &out))))?);
                let _ = fs::remove_dir_all(&*out);
            }
            ours.push(build()?);
        }
        let (ours, floor) = (median(ours), median(floors));
        let (cpu, documents) = (ours.cpu.as_secs_f64(), self.documents as f64);
        let ratio = cpu / floor.cpu.as_secs_f64();
        let peer = if peers.is_empty() { None } else { Some(median(peers).cpu.as_secs_f64()) };
        let shown = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), |value| format!("{value:.1}"));
        let row = format!(
            "| {documents} | {files} | {:.0} | {:.0} | {:.2} | {cpu:.2} | {:.2} | {ratio:.1} | {} | {} | {:.0} | {:.1} |",
            bytes as f64 / 1e6,
            documents / ours.wall.as_secs_f64(),
            ours.wall.as_secs_f64(),
            floor.cpu.as_secs_f64(),
            shown(peer),
            shown(peer.map(|peer| peer / cpu)),
            ours.memory as f64 / f64::from(1 << 20),
            ours.memory as f64 / 1024.0 / documents,
        );
        Ok((row, ratio))
    }
}
