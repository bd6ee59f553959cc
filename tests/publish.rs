//! Publishing is all or nothing: whatever happens to a build, what is published is the old complete site or the new complete one; of a build
//! with one new body alone, which is put there in three steps, it may also be the new page beside the index of the old text.
//! `KILLS=500 cargo test --test publish kill` kills more builds than the default, `SEED=7` at other moments.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::disallowed_macros)]

mod common;

use common::Random;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A folder with a site in `site/`; gone with this value.
struct Place {
    folder: PathBuf,
}

type Tree = BTreeMap<String, Vec<u8>>;

impl Place {
    fn new() -> Place {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let folder = std::env::temp_dir().join(format!("metodika-publish-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("site/content")).unwrap();
        Place { folder: folder.canonicalize().unwrap() }
    }

    /// With a title, a page and an attachment.
    fn small() -> Place {
        let place = Place::new();
        place.write("site/content/site.yaml", "title: Методическая служба\n");
        place.write("site/content/pages/contacts.md", "---\ntitle: Контакты\n---\nПишите нам, вот [план](plan.pdf).\n");
        place.write("site/content/pages/plan.pdf", "%PDF-".repeat(20_000));
        place
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A build of `site/` into `out`, ready to be started.
    fn program(&self, out: &str) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_metodika"));
        program.current_dir(&self.folder).env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C");
        program.args(["build", "--today", "2024-05-15", "--root", "site", "--out", out]);
        program
    }

    fn build(&self, out: &str) -> Run {
        run(&mut self.program(out))
    }

    fn tree(&self, path: &str) -> Tree {
        tree(&self.path(path))
    }

    /// The names in the folder.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(&self.folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[derive(Debug)]
struct Run {
    status: Option<i32>,
    err: String,
}

fn run(program: &mut Command) -> Run {
    finished(program.output().unwrap())
}

fn finished(output: Output) -> Run {
    Run { status: output.status.code(), err: String::from_utf8(output.stderr).unwrap() }
}

/// The files below `folder`; of links, where they lead; folders that are empty.
fn tree(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(folder).unwrap().display().to_string();
        if entry.path_is_symlink() {
            tree.insert(path, fs::read_link(entry.path()).unwrap().display().to_string().into_bytes());
        } else if entry.file_type().is_file() {
            tree.insert(path, fs::read(entry.path()).unwrap());
        } else if fs::read_dir(entry.path()).unwrap().next().is_none() {
            tree.insert(format!("{path}/"), Vec::new());
        }
    }
    tree
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

/// The editions of one site that the kill test goes between: 0 and 1 have hardly a page in common, 2 is 0 with another body in one document.
const EDITIONS: [&str; 3] = ["А", "Б", "А"];

/// Makes the sources those of `edition` with so many news; a file that is right already is not touched.
fn edit_to(place: &Place, edition: usize, news: usize) {
    let name = EDITIONS[edition];
    let mut files = BTreeMap::new();
    files.insert("site.yaml".to_owned(), format!("title: Издание {name}\nfeeds: false\nplanning_checks: false\n").into_bytes());
    files.insert("pages/scheme.pdf".into(), format!("%PDF-{name}").repeat(10_000).into_bytes());
    files.insert("pages/same.pdf".into(), b"%PDF-".repeat(10_000));
    let only = if name == "А" { "only-a" } else { "only-b" };
    files.insert(
        format!("pages/{only}.md"),
        format!("---\ntitle: Страница {name}\n---\nСм. [схему](scheme.pdf) и [план](same.pdf).\n").into(),
    );
    let first = if name == "А" { 0 } else { 12 };
    for n in first..first + news {
        let (month, day) = (1 + n % 12, 1 + n % 27);
        let body = if edition == 2 && n == 20 { "Другой текст, и подлиннее." } else { "Текст новости." };
        let text =
            format!("---\ntitle: Новость {n} ({name})\ndate: 2023-{month:02}-{day:02}\ntags: [проба]\n---\n{body}\n\nИ ещё абзац.\n");
        files.insert(format!("news/n{n}.md"), text.into_bytes());
    }
    let content = place.path("site/content");
    for path in tree(&content).keys().filter(|path| !files.contains_key(*path)) {
        fs::remove_file(content.join(path)).unwrap();
    }
    for (path, text) in files {
        if fs::read(content.join(&path)).ok().as_ref() != Some(&text) {
            place.write(&format!("site/content/{path}"), text);
        }
    }
}

/// A site of some size.
fn edit(place: &Place, edition: usize) {
    edit_to(place, edition, 150);
}

/// Looks at the published folder again and again until `stop`, with a `pause` between; how often, and what was wrong.
#[cfg(target_os = "linux")]
fn watch(public: &Path, pause: Duration, stop: &AtomicBool) -> (usize, Vec<String>) {
    use std::os::fd::AsRawFd;
    use std::os::unix::fs::MetadataExt;
    let (mut looks, mut wrong) = (0, Vec::new());
    while !stop.load(Ordering::Relaxed) {
        looks += 1;
        match fs::File::open(public) {
            Err(error) => wrong.push(format!("the folder: {error}")),
            Ok(folder) => {
                // Both files out of the folder that was opened, though its name may lead to another by now.
                let read = |name: &str| fs::read_to_string(format!("/proc/self/fd/{}/{name}", folder.as_raw_fd()));
                let (page, marker) = (read("index.html"), read(".metodika"));
                let inode = |metadata: fs::Metadata| metadata.ino();
                let is_published = public.metadata().map(inode).ok() == folder.metadata().map(inode).ok();
                // An old folder is being deleted while we look: nobody comes to it by its name.
                if is_published {
                    match (page, marker) {
                        (Ok(page), Ok(marker)) if page.contains("Издание А") == marker.contains("only-a/index.html") => {}
                        (Ok(_), Ok(_)) => wrong.push("page and list are of two editions".into()),
                        (page, marker) => wrong.push(format!("{:?} {:?}", page.err(), marker.err())),
                    }
                }
            }
        }
        std::thread::sleep(pause);
    }
    (looks, wrong)
}

/// Elsewhere the folder may be away for an instant, and no open folder can be asked for a file.
#[cfg(not(target_os = "linux"))]
fn watch(_public: &Path, _pause: Duration, stop: &AtomicBool) -> (usize, Vec<String>) {
    while !stop.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(1));
    }
    (1, Vec::new())
}

/// Ends the watching when it goes, also where an assertion fails.
struct Stop<'a>(&'a AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Kills `build` at a random moment of its life, which takes `usual`; half of the time aimed at the moment of the swap.
fn kill(build: &mut Child, place: &Place, usual: Duration, random: &mut Random) {
    let micros = |below: Duration, random: &mut Random| Duration::from_micros(random.below(below.as_micros() as usize) as u64);
    if random.below(2) == 0 {
        std::thread::sleep(micros(usual, random));
    } else {
        // The last file of a whole build, and the first of one body.
        let signs = [".metodika", "file-0"].map(|name| place.path(".public.metodika-new").join(name));
        while build.try_wait().unwrap().is_none() && !signs.iter().any(|sign| sign.exists()) {}
        std::thread::sleep(micros(Duration::from_millis(4), random));
    }
    let _ = build.kill();
    build.wait().unwrap();
}

#[test]
fn a_build_killed_at_any_moment_leaves_a_complete_site() {
    let place = Place::new();
    let expected: Vec<Tree> = (0..EDITIONS.len())
        .map(|edition| {
            edit(&place, edition);
            let clean = run(place.program("clean").arg("--clean"));
            assert_eq!((clean.status, clean.err.as_str()), (Some(0), ""));
            place.tree("clean")
        })
        .collect();
    fs::remove_dir_all(place.path("clean")).unwrap();
    fs::remove_dir_all(place.path("site/.metodika")).unwrap();
    assert!(expected[0] != expected[1] && expected[0] != expected[2] && expected[0].len() > 200, "{}", expected[0].len());

    // Each is told the same: fingerprints of a build that was told something else prove nothing.
    let program = || {
        let mut program = place.program("public");
        program.args(["--lang", "en", "--timings"]);
        program
    };
    edit(&place, 0);
    let started = Instant::now();
    assert_eq!(run(&mut program()).status, Some(0));
    let usual = started.elapsed();
    let mut random = Random(0x9E37_79B9_7F4A_7C15 ^ number("SEED", 1));
    let (stop, public) = (AtomicBool::new(false), place.path("public"));
    // The edition that is published, if it is one; and what is there.
    let (mut published, mut before) = (Some(0), place.tree("public"));
    let (old, half, new) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    // Between the steps: what stands in these folders is of the old edition, the rest of the new.
    let between = |from: usize, to: usize, old: &str| -> Tree {
        let of = |edition: usize, is_old: bool| expected[edition].iter().filter(move |(path, _)| path.starts_with(old) == is_old);
        of(to, false).chain(of(from, true)).map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    };
    std::thread::scope(|scope| {
        let watching = scope.spawn(|| watch(&public, Duration::from_millis(1), &stop));
        let stopping = Stop(&stop);
        for n in 0..number("KILLS", 25) {
            let next = random.below(EDITIONS.len());
            edit(&place, next);
            let mut build = program().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            kill(&mut build, &place, usual, &mut random);
            let after = place.tree("public");
            let was_published = after == expected[next];
            let is_half = !was_published && after != before;
            if is_half {
                let (Some(from), true) = (published, next != 1 && published != Some(1)) else {
                    panic!("kill {n}, {published:?} → {next}: {:?}", after.keys())
                };
                let is_between = ["search/", "search/index/"].into_iter().any(|old| after == between(from, next, old));
                assert!(is_between, "kill {n}, {from} → {next}: {:?}", after.keys());
            }
            if published != Some(next) {
                if was_published {
                    &new
                } else if is_half {
                    &half
                } else {
                    &old
                }
                .fetch_add(1, Ordering::Relaxed);
            }
            published = if was_published { Some(next) } else { published.filter(|_| !is_half) };
            before = after;
            if random.below(2) == 0 {
                // As often as not of the sources that were published before.
                let next = if random.below(2) == 0 { published.unwrap_or(next) } else { next };
                edit(&place, next);
                let fingerprints =
                    fs::read_dir(place.path("site/.metodika")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
                let is_known = fingerprints.into_iter().any(|name| name.starts_with("build-") && name.ends_with(".cache"));
                let good = program().output().unwrap();
                assert!(good.status.success() && good.stderr.is_empty(), "after kill {n}: {good:?}");
                // Fingerprints that are there are those of the site that is there.
                assert!(published.is_some() || !is_known, "after kill {n}");
                if published == Some(next) {
                    let said = String::from_utf8(good.stdout).unwrap();
                    assert_eq!(said.contains("\nunchanged"), is_known, "after kill {n}: {said}");
                }
                assert!(place.tree("public") == expected[next], "after kill {n}");
                assert_eq!(place.names(), ["public", "site"], "after kill {n}");
                (published, before) = (Some(next), place.tree("public"));
            }
        }
        drop(stopping);
        let (looks, wrong) = watching.join().unwrap();
        assert!(wrong.is_empty() && looks > 0, "{looks} looks: {wrong:?}");
        println!("{looks} looks; old site after {old:?} kills, new page and old index after {half:?}, new site after {new:?}");
    });
    // Kills that all came too early or too late would show nothing.
    assert!(old.into_inner() > 0 && new.into_inner() > 0);
}

#[test]
fn the_folder_is_never_missing() {
    let place = Place::new();
    edit_to(&place, 0, 1);
    assert_eq!(place.build("public").status, Some(0));
    let (stop, public) = (AtomicBool::new(false), place.path("public"));
    std::thread::scope(|scope| {
        // Two renames instead of one step leave it missing for some ten microseconds: no pause, and many swaps.
        let watching = scope.spawn(|| watch(&public, Duration::ZERO, &stop));
        let stopping = Stop(&stop);
        for n in 1..40 {
            edit_to(&place, n % 2, 1);
            assert_eq!(place.build("public").status, Some(0));
        }
        drop(stopping);
        let (looks, wrong) = watching.join().unwrap();
        assert!(wrong.is_empty() && looks > 0, "{looks} looks: {wrong:?}");
    });
}

#[test]
fn builds_at_once_do_not_disturb_each_other() {
    let place = Place::new();
    edit(&place, 0);
    assert_eq!(place.build("public").status, Some(0));
    for edition in [1, 2] {
        edit(&place, edition);
        let start = |_| place.program("public").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let builds: Vec<Child> = (0..3).map(start).collect();
        let runs: Vec<Run> = builds.into_iter().map(|build| finished(build.wait_with_output().unwrap())).collect();
        assert!(runs.iter().any(|run| run.status == Some(0)), "{runs:?}");
        for run in &runs {
            assert!(run.status == Some(0) || run.status == Some(2) && run.err.contains("уже публикует другая сборка"), "{run:?}");
        }
        assert_eq!(run(place.program("clean").arg("--clean")).status, Some(0));
        assert!(place.tree("public") == place.tree("clean"));
        assert_eq!(place.names(), ["clean", "public", "site"]);
    }
}

/// The build fails before anything is published, says so with a hint in both languages, and leaves nothing; mended, it succeeds.
fn refused(place: &Place, program: impl Fn() -> Command, out: &str, says: [&str; 2]) {
    let (before, names) = (place.tree(""), place.names());
    for (language, says, hint) in [("ru", says[0], "подсказка: "), ("en", says[1], "hint: ")] {
        let run = run(program().args(["--lang", language]));
        assert_eq!(run.status, Some(2), "{out}: {run:?}");
        assert!(run.err.contains(says) && run.err.contains(hint), "{out}: {}", run.err);
        assert!(place.tree("") == before && place.names() == names, "{out}: {:?}", place.names());
    }
}

#[test]
fn what_is_not_ours_is_never_deleted() {
    let place = Place::small();
    assert_eq!(place.build("public").status, Some(0));
    let page = fs::read(place.path("public/index.html")).unwrap();
    // What somebody put into our folder, and how it is named: of a folder that is not ours the name is enough.
    let table = [
        ("CNAME", "«CNAME»"),
        ("contacts/notes.txt", "«contacts/notes.txt»"),
        ("фото 2024/день рождения.jpg", "«фото 2024/»"),
        ("empty/", "«empty/»"),
        ("elsewhere@", "«elsewhere»"),
    ];
    for (name, shown) in table {
        let said = [shown.to_owned(), shown.replace('«', "“").replace('»', "”")];
        let said = [&*said[0], &*said[1]];
        match name.strip_suffix('@') {
            #[cfg(unix)]
            Some(name) => std::os::unix::fs::symlink("/etc", place.path("public").join(name)).unwrap(),
            #[cfg(not(unix))]
            Some(name) => place.write(&format!("public/{name}"), "x"),
            None if name.ends_with('/') => fs::create_dir(place.path("public").join(name)).unwrap(),
            None => place.write(&format!("public/{name}"), "x"),
        }
        refused(&place, || place.program("public"), name, ["которых сборка не делала", "files that no build made"]);
        // Neither with sources that have changed nor from nothing.
        place.write("site/content/pages/contacts.md", format!("---\ntitle: Контакты\n---\n{name}\n"));
        refused(&place, || place.program("public"), name, said);
        let clean = || {
            let mut program = place.program("public");
            program.arg("--clean");
            program
        };
        refused(&place, clean, name, said);
        let put = place.path("public").join(shown.trim_matches(['«', '»', '/']));
        if put.is_dir() && !put.is_symlink() { fs::remove_dir_all(put) } else { fs::remove_file(put) }.unwrap();
    }
    assert_eq!(fs::read(place.path("public/index.html")).unwrap(), page);
    assert_eq!(place.build("public").status, Some(0));
    // What systems put there on their own is nobody's.
    place.write("public/contacts/Thumbs.db", "x");
    place.write("site/content/pages/contacts.md", "---\ntitle: Контакты\n---\nИначе.\n");
    assert_eq!(place.build("public").status, Some(0));
    assert!(!place.path("public/contacts/Thumbs.db").exists());
    assert_eq!(place.names(), ["public", "site"]);
}

#[test]
fn folders_that_are_no_place_for_a_site_are_refused() {
    let place = Place::small();
    place.write("photos/birthday.jpg", "x");
    place.write("another site/.metodika/build.json", "x");
    place.write("half/.metodika", b"index.html\nlost \xff\n");
    place.write("half/index.html", "x");
    place.write("half/lost", "x");
    place.write("nested/empty/folder/x", "x");
    fs::remove_file(place.path("nested/empty/folder/x")).unwrap();
    place.write("file", "x");
    place.write("site/.git/config", "x");
    fs::create_dir(place.path("site/themes")).unwrap();
    let source = ["исходные материалы", "its source is there"];
    let foreign = ["чужие файлы", "not ours"];
    let internal = ["служебная папка", "keep things of their own"];
    #[cfg_attr(not(unix), allow(unused_mut))]
    let mut table = vec![
        ("site", source),
        (".", source),
        ("site/content", source),
        ("site/content/pages/public", source),
        ("site/themes", source),
        ("site/public/../content", source),
        ("photos", foreign),
        ("nested", foreign),
        ("another site", foreign),
        ("half", ["«lost»", "“lost”"]),
        ("site/.git", internal),
        ("site/.git/public", internal),
        (".git/public", internal),
        ("site/.metodika", internal),
        ("file", ["не папка", "not a folder"]),
        ("file/public", ["это файл", "it is a file"]),
    ];
    #[cfg(unix)]
    {
        let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, place.path(name)).unwrap();
        link("site/content", "to-source");
        link("photos", "to-photos");
        link("nowhere", "dangling");
        link("circle", "circle");
        table.extend([
            ("to-source", source),
            ("to-source/new", source),
            ("to-photos", foreign),
            ("dangling", ["не папка", "not a folder"]),
            ("circle", ["не записывается", "cannot write"]),
        ]);
    }
    for (out, says) in table {
        refused(&place, || place.program(out), out, says);
    }
}

#[test]
fn names_of_every_kind_are_published_to() {
    let place = Place::small();
    fs::create_dir(place.path("real")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("real", place.path("link")).unwrap();
    assert_eq!(place.build("public").status, Some(0));
    let right = place.tree("public");
    let link = if cfg!(unix) { "link" } else { "real" };
    for out in ["Готовый сайт (2024)", "deep/er/still/public", "-public", ".public", "public.", "'\"$x", link] {
        let out = if out.starts_with('-') { format!("./{out}") } else { out.to_owned() };
        if cfg!(windows) && out.contains(['"', '.']) {
            continue;
        }
        for _ in 0..2 {
            assert_eq!(place.build(&out).status, Some(0), "{out}");
            assert!(place.tree(&out) == right, "{out}");
        }
        place.write("site/content/pages/contacts.md", "---\ntitle: Контакты\n---\nИначе.\n");
        assert_eq!(place.build(&out).status, Some(0), "{out}");
        place.write("site/content/pages/contacts.md", "---\ntitle: Контакты\n---\nПишите нам, вот [план](plan.pdf).\n");
        assert_eq!(place.build(&out).status, Some(0), "{out}");
        assert!(place.tree(&out) == right, "{out}");
    }
    // The link leads where it led: the folder behind it was published to.
    assert_eq!(cfg!(unix), place.path("link").is_symlink());
    assert!(place.names().iter().all(|name| !name.contains("metodika")), "{:?}", place.names());
}

/// No file may become longer than `blocks` of half a kilobyte, or a whole one on some systems: the program meets it as it meets a full disk, in the middle of writing.
#[cfg(unix)]
fn limited(place: &Place, blocks: u32) -> Command {
    let mut program = Command::new("sh");
    // Without the trap the system ends the program; that would be one more kill.
    program.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""), "sh"]);
    let build = place.program("public");
    program.arg(build.get_program()).args(build.get_args()).current_dir(&place.folder).env("LANG", "C");
    program
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_leaves_everything_as_it_was() {
    let place = Place::small();
    assert_eq!(place.build("public").status, Some(0));
    place.write("site/content/pages/contacts.md", "---\ntitle: Адреса\n---\nВот [план](plan.pdf).\n");
    place.write("site/content/pages/plan.pdf", "%PDF+".repeat(20_000));
    for blocks in [0, 1, 8, 64] {
        refused(&place, || limited(&place, blocks), &format!("{blocks} blocks"), ["не записывается", "cannot write"]);
    }
    assert_eq!(place.build("public").status, Some(0));
    assert!(String::from_utf8(fs::read(place.path("public/contacts/index.html")).unwrap()).unwrap().contains("Адреса"));
    assert_eq!(place.names(), ["public", "site"]);

    // One body alone, which is put into its page: half a page is never there.
    place.write("site/content/pages/contacts.md", "---\ntitle: Адреса\n---\nВот он, [план](plan.pdf).\n");
    for blocks in [0, 1] {
        refused(&place, || limited(&place, blocks), "one body", ["не записывается", "cannot write"]);
    }
    assert_eq!(place.build("public").status, Some(0));
    assert_eq!(place.names(), ["public", "site"]);
}

/// A disk of so many bytes at `folder`; `None`, said aloud, where we may not make one.
#[cfg(target_os = "linux")]
struct Disk<'a>(&'a Path);

#[cfg(target_os = "linux")]
impl Disk<'_> {
    fn new(folder: &Path, kilobytes: u32) -> Option<Disk<'_>> {
        fs::create_dir_all(folder).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={kilobytes}k"), "tmpfs"]).arg(folder).stderr(Stdio::null());
        let is_mounted = mount.status().is_ok_and(|status| status.success());
        if !is_mounted {
            println!("skipped: a small disk cannot be mounted here (it takes root)");
        }
        is_mounted.then_some(Disk(folder))
    }
}

#[cfg(target_os = "linux")]
impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_everything_as_it_was() {
    let place = Place::small();
    let folder = place.path("disk");
    let Some(_disk) = Disk::new(&folder, 1024) else { return };
    assert_eq!(place.build("disk/public").status, Some(0));
    place.write("site/content/pages/contacts.md", "---\ntitle: Адреса\n---\nВот [план](plan.pdf).\n");
    place.write("site/content/pages/plan.pdf", "%PDF+".repeat(250_000));
    refused(&place, || place.program("disk/public"), "full", ["на диске нет места", "the disk is full"]);
    let run = run(&mut place.program("disk/public"));
    assert!(run.err.contains("Освободите место"), "{}", run.err);
    place.write("site/content/pages/plan.pdf", "%PDF+".repeat(10_000));
    assert_eq!(place.build("disk/public").status, Some(0));
    assert!(place.tree("disk/public")["contacts/index.html"].windows(12).any(|window| window == "Адреса".as_bytes()));
    let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["public"]);

    // The folder itself is a disk: nothing can be put in its place, and that is said.
    let itself = || place.program("disk");
    fs::remove_dir_all(folder.join("public")).unwrap();
    refused(&place, itself, "a mounted disk", ["публикуйте в папку внутри него", "publish to a folder inside it"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_to_is_left_alone() {
    use std::os::unix::fs::{PermissionsExt, chown};
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65534;
    let (place, tools) = (Place::small(), Place::new());
    // Everything may be written to by root, whatever the rights say.
    let is_root = chown(&place.folder, Some(NOBODY), Some(NOBODY)).is_ok();
    if is_root {
        // The program may lie where nobody else may look.
        fs::copy(env!("CARGO_BIN_EXE_metodika"), tools.path("metodika")).unwrap();
        for entry in walkdir::WalkDir::new(&place.folder) {
            chown(entry.unwrap().path(), Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
    let program = || {
        if !is_root {
            return place.program("out/public");
        }
        let build = place.program("out/public");
        let mut program = Command::new(tools.path("metodika"));
        program.args(build.get_args()).current_dir(&place.folder).env("LANG", "C").uid(NOBODY).gid(NOBODY);
        program
    };
    let good = || assert_eq!(run(&mut program()).status, Some(0));
    good();
    let allow = |path: &str, mode| fs::set_permissions(place.path(path), fs::Permissions::from_mode(mode)).unwrap();
    for (n, path) in ["out/public", "out/public/contacts", "out"].into_iter().enumerate() {
        let file = place.path("site/content/pages/contacts.md");
        fs::write(&file, format!("---\ntitle: Адреса {n}\n---\nВот [план](plan.pdf).\n")).unwrap();
        allow(path, 0o555);
        refused(&place, program, path, ["нет прав", "permission denied"]);
        // One body alone goes another way.
        allow(path, 0o755);
        good();
        fs::write(&file, format!("---\ntitle: Адреса {n}\n---\nВот он, [план](plan.pdf).\n")).unwrap();
        allow(path, 0o555);
        refused(&place, program, path, ["нет прав", "permission denied"]);
        allow(path, 0o755);
        good();
        assert_eq!(fs::read_dir(place.path("out")).unwrap().count(), 1);
    }
}
