//! A site built into an empty folder, beside what the work itself costs and beside Hugo.

use super::measure::{Cost, median, run};
use super::{Site, floor, hugo};
use std::error::Error;
use std::fs;
use std::process::Command;

pub const HEAD: &str = "\
| documents | files | MB | documents/s | wall s | CPU s | CPU × size before | floor CPU s | CPU / floor | peak MiB | KiB a document | KiB a document more |
|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|";

pub const HEAD_OF_HUGO: &str = "\
| documents | files | MB | wall s | CPU s | peak MiB | wall / ours | CPU / ours | memory / ours |
|--:|--:|--:|--:|--:|--:|--:|--:|--:|";

/// What the builds of one size took.
pub struct Cold {
    documents: usize,
    floor: Cost,
    ours: Built,
    hugo: Option<Built>,
}

struct Built {
    files: usize,
    bytes: u64,
    cost: Cost,
}

/// Builds `site` so many times. There is one build more, that tells the floor what to write; there are never two built sites at a time.
pub fn measure(site: &Site, runs: usize, hugo: Option<&str>) -> Result<Cold, Box<dyn Error>> {
    let (list, out, peer) = (site.root.join("floor.txt"), site.root.join("out"), site.root.join("hugo"));
    let forget = || {
        let _ = fs::remove_dir_all(&site.public);
        let _ = fs::remove_dir_all(site.root.join(".metodika"));
    };
    if hugo.is_some() {
        hugo::write(site.documents, &peer)?;
    }
    run(&mut site.build())?;
    let (files, bytes) = floor::plan(&site.public, &list)?;
    let (mut floors, mut ours, mut theirs, mut their_size) = (Vec::new(), Vec::new(), Vec::new(), (0, 0));
    for _ in 0..runs {
        forget();
        floors.push(run(Command::new(std::env::current_exe()?).arg("floor").arg(site.root.join("content")).arg(&list).arg(&out))?);
        fs::remove_dir_all(&out)?;
        if let Some(program) = hugo {
            theirs.push(run(&mut hugo::build(program, &peer, &out))?);
            their_size = floor::size(&out)?;
            fs::remove_dir_all(&out)?;
        }
        ours.push(run(&mut site.build())?);
    }
    let theirs = if theirs.is_empty() { None } else { Some(median(theirs)) };
    Ok(Cold {
        documents: site.documents,
        floor: median(floors),
        ours: Built { files, bytes, cost: median(ours) },
        hugo: theirs.map(|cost| Built { files: their_size.0, bytes: their_size.1, cost }),
    })
}

impl Cold {
    /// How many times the CPU time of the floor.
    pub fn ratio(&self) -> f64 {
        seconds(self.ours.cost.cpu) / seconds(self.floor.cpu)
    }

    /// A row below [`HEAD`]; `before` is the size before.
    pub fn row(&self, before: Option<&Cold>) -> String {
        let (documents, Built { files, bytes, cost }) = (self.documents as f64, &self.ours);
        let shown = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), |value| format!("{value:.1}"));
        let growth = before.map(|before| seconds(cost.cpu) / seconds(before.ours.cost.cpu));
        let more = before.map(|before| (kib(cost) - kib(&before.ours.cost)) / (documents - before.documents as f64));
        format!(
            "| {documents} | {files} | {:.0} | {:.0} | {:.2} | {:.2} | {} | {:.2} | {:.1} | {:.0} | {:.1} | {} |",
            *bytes as f64 / 1e6,
            documents / seconds(cost.wall),
            seconds(cost.wall),
            seconds(cost.cpu),
            shown(growth),
            seconds(self.floor.cpu),
            self.ratio(),
            kib(cost) / 1024.0,
            kib(cost) / documents,
            shown(more),
        )
    }

    /// A row below [`HEAD_OF_HUGO`], if Hugo took part.
    pub fn row_of_hugo(&self) -> Option<String> {
        let (Built { files, bytes, cost }, ours) = (self.hugo.as_ref()?, &self.ours.cost);
        Some(format!(
            "| {} | {files} | {:.0} | {:.2} | {:.2} | {:.0} | {:.1} | {:.1} | {:.1} |",
            self.documents,
            *bytes as f64 / 1e6,
            seconds(cost.wall),
            seconds(cost.cpu),
            kib(cost) / 1024.0,
            seconds(cost.wall) / seconds(ours.wall),
            seconds(cost.cpu) / seconds(ours.cpu),
            kib(cost) / kib(ours),
        ))
    }
}

fn seconds(time: std::time::Duration) -> f64 {
    time.as_secs_f64()
}

fn kib(cost: &Cost) -> f64 {
    cost.memory as f64 / 1024.0
}
