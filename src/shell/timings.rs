//! `build --timings`: where the time went.

use super::i18n;
use metodika::Step;
use metodika::value::language::Language;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The watch of one build. Its cost when nobody asks for it is one branch an output.
pub struct Timings {
    on: bool,
    last: Instant,
    /// Stages one after the other, by the wall clock.
    stages: Vec<(&'static str, Duration)>,
    families: Mutex<BTreeMap<&'static str, Family>>,
}

/// Outputs of one template or format. Times are those of the threads that worked on them, added up.
#[derive(Debug, Clone, Copy, Default)]
struct Family {
    outputs: usize,
    bytes: u64,
    render: Duration,
    write: Duration,
}

impl Timings {
    /// A watch that starts now, and measures nothing unless `on`.
    pub fn new(on: bool) -> Timings {
        Timings { on, last: Instant::now(), stages: Vec::new(), families: Mutex::default() }
    }

    /// The stage `name` ends here.
    pub fn stage(&mut self, name: &'static str) {
        let now = Instant::now();
        self.stages.push((name, now - self.last));
        self.last = now;
    }

    /// A step of the core ends here.
    pub fn step(&mut self, step: Step) {
        self.stage(match step {
            Step::Settings => "settings",
            Step::Proofread => "proofread",
            Step::Theme => "theme",
            Step::Assemble => "assemble",
            Step::List => "list",
        });
    }

    /// The time now, if anyone wants to know.
    pub fn now(&self) -> Option<Instant> {
        self.on.then(Instant::now)
    }

    /// An output of `family` with so many bytes is written: its rendering began at `start`, its writing at `rendered`.
    pub fn output(&self, family: &'static str, bytes: u64, start: Option<Instant>, rendered: Option<Instant>) {
        let (Some(start), Some(rendered)) = (start, rendered) else { return };
        let mut families = self.families.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let own = families.entry(family).or_default();
        own.outputs += 1;
        own.bytes += bytes;
        own.render += rendered - start;
        own.write += rendered.elapsed();
    }

    /// The table, or the same as JSON; `None` if nobody asked.
    pub fn report(self, as_json: bool, language: Language) -> Option<String> {
        if !self.on {
            return None;
        }
        let mut families: Vec<_> = self.families.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner()).into_iter().collect();
        families.sort_by_key(|(_, family)| std::cmp::Reverse(family.render + family.write));
        let ms = |time: Duration| (time.as_secs_f64() * 100_000.0).round() / 100.0;
        if as_json {
            let stages: Vec<_> = self.stages.iter().map(|(name, wall)| json!({"stage": name, "wall_ms": ms(*wall)})).collect();
            let templates: Vec<_> = families
                .iter()
                .map(|(name, f)| {
                    let (render, write) = (ms(f.render), ms(f.write));
                    json!({"template": name, "outputs": f.outputs, "bytes": f.bytes, "render_ms": render, "write_ms": write})
                })
                .collect();
            return Some(format!("{}\n", json!({"version": 1, "stages": stages, "templates": templates})));
        }
        let [stage, wall, template, outputs, bytes, render, write] = i18n::timings(language);
        let mut out = format!("\n{stage:<16} {wall:>10}\n");
        for (name, time) in &self.stages {
            out.push_str(&format!("{name:<16} {:>10.1}\n", ms(*time)));
        }
        if families.is_empty() {
            return Some(out);
        }
        out.push_str(&format!("\n{template:<16} {outputs:>8} {bytes:>10} {render:>12} {write:>12}\n"));
        for (name, f) in &families {
            let kib = f.bytes.div_ceil(1024);
            out.push_str(&format!("{name:<16} {:>8} {kib:>10} {:>12.1} {:>12.1}\n", f.outputs, ms(f.render), ms(f.write)));
        }
        Some(out)
    }
}
