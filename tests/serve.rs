//! The preview server, over real sockets.
// Tests stand outside: files, programs and sockets are what they are about.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// A site in a temporary folder and the program that serves it; both gone with this value.
struct Preview {
    root: PathBuf,
    program: Child,
    port: u16,
}

const PATIENCE: Duration = Duration::from_secs(20);

impl Preview {
    fn start() -> Preview {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let root = std::env::temp_dir().join(format!("metodika-serve-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("content/pages")).unwrap();
        fs::write(root.join("content/site.yaml"), "title: Методическая служба\nbase_url: https://example.org/blog/\n").unwrap();
        fs::write(root.join("content/pages/plan.pdf"), "%PDF-".repeat(20_000)).unwrap();
        fs::write(root.join("content/pages/contacts.md"), "---\ntitle: Контакты\n---\nПишите нам, вот [план](plan.pdf).\n").unwrap();
        let mut program =
            command().args(["serve", "--port", "0", "--root"]).arg(&root).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut out = BufReader::new(program.stdout.take().unwrap());
        let port = loop {
            let mut line = String::new();
            assert_ne!(out.read_line(&mut line).unwrap(), 0, "it ended");
            if let Some((_, rest)) = line.split_once("http://127.0.0.1:") {
                break rest.split('/').next().unwrap().parse().unwrap();
            }
        };
        // What it says later must have somewhere to go.
        std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
        Preview { root, program, port }
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.root.join(path), text).unwrap();
    }

    fn ask(&self, method: &str, target: &str, headers: &[&str]) -> Reply {
        let mut request = format!("{method} {target} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|header| header.starts_with("Host:")) {
            request.push_str("Host: localhost\r\n");
        }
        headers.iter().for_each(|header| request.push_str(&format!("{header}\r\n")));
        let mut stream = self.connect();
        stream.write_all(format!("{request}\r\n").as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .unwrap_or_else(|| panic!("{target}: {}", String::from_utf8_lossy(&bytes)));
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        Reply { status: head[9..12].parse().unwrap(), head, body: bytes[end + 4..].to_vec() }
    }

    fn get(&self, target: &str) -> Reply {
        self.ask("GET", target, &[])
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// The versions that the page's script would hear of.
    fn events(&self) -> BufReader<TcpStream> {
        let mut stream = self.connect();
        stream.write_all(b"GET /_metodika/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        BufReader::new(stream)
    }

    /// Asks for `target` until the answer is as it should be.
    fn wait_for(&self, target: &str, right: impl Fn(&Reply) -> bool) -> Reply {
        let started = Instant::now();
        loop {
            let reply = self.get(target);
            if right(&reply) {
                return reply;
            }
            assert!(started.elapsed() < PATIENCE, "{}\n{}", reply.head, reply.text());
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// The address of the attachment that the page links to.
    fn attachment(&self) -> String {
        let page = self.get("/contacts/").text();
        let end = page.find(".pdf\"").unwrap_or_else(|| panic!("{page}")) + 4;
        let address = &page[page[..end].rfind('"').unwrap() + 1..end];
        format!("/{}", address.trim_start_matches("../").trim_start_matches("./").trim_start_matches('/'))
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
        let _ = fs::remove_dir_all(&self.root);
    }
}

struct Reply {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Reply {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(field, _)| field.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

fn command() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_metodika"));
    program.env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C");
    program
}

fn next_version(events: &mut impl BufRead) -> String {
    loop {
        let mut line = String::new();
        assert_ne!(events.read_line(&mut line).unwrap(), 0, "the stream ended");
        if let Some(version) = line.strip_prefix("data: ") {
            return version.trim().to_owned();
        }
    }
}

#[test]
fn pages_are_served_and_nothing_is_written() {
    let preview = Preview::start();
    let page = preview.get("/contacts/");
    assert_eq!((page.status, page.header("Content-Type")), (200, Some("text/html; charset=utf-8")));
    assert_eq!(page.header("Content-Length").unwrap().parse::<usize>().unwrap(), page.body.len());
    assert!(page.text().contains("Контакты") && page.text().contains("/_metodika/reload.js"), "{}", page.text());
    assert!(!page.text().contains("metodika-problems"));
    assert_eq!(preview.get("/contacts/index.html").status, 200);
    assert_eq!(preview.get("/").status, 200);
    assert_eq!(preview.get("/_metodika/reload.js").header("Content-Type"), Some("text/javascript; charset=utf-8"));

    let redirect = preview.get("/contacts?a=1");
    assert_eq!((redirect.status, redirect.header("Location")), (302, Some("/contacts/?a=1")));
    let missing = preview.get("/%D0%BD%D0%B5%D1%82/");
    assert_eq!((missing.status, missing.header("Content-Type")), (404, Some("text/html; charset=utf-8")));
    // The folder of the published address is not there in a preview.
    assert!(!missing.text().contains("example.org/blog"), "{}", missing.text());

    let head = preview.ask("HEAD", "/contacts/", &[]);
    assert_eq!((head.status, head.header("Content-Length"), head.body.len()), (200, page.header("Content-Length"), 0));
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let reply = preview.ask(method, "/contacts/", &[]);
        assert_eq!((reply.status, reply.header("Allow")), (405, Some("GET, HEAD")), "{method}");
    }
    let mut left: Vec<_> = fs::read_dir(&preview.root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["content"]);
}

#[test]
fn unchanged_pages_and_parts_of_files() {
    let preview = Preview::start();
    let page = preview.get("/contacts/");
    let tag = format!("If-None-Match: W/\"old\", {}", page.header("ETag").unwrap());
    let again = preview.ask("GET", "/contacts/", &[&tag]);
    assert_eq!((again.status, again.body.len(), again.header("ETag")), (304, 0, page.header("ETag")));
    assert_eq!(preview.ask("GET", "/contacts/", &["If-None-Match: \"other\""]).status, 200);

    let file = preview.attachment();
    let whole = preview.get(&file);
    assert_eq!((whole.status, whole.header("Content-Type"), whole.body.len()), (200, Some("application/pdf"), 100_000));
    assert_eq!(
        (whole.header("Accept-Ranges"), whole.header("Content-Length"), whole.header("Transfer-Encoding")),
        (Some("bytes"), Some("100000"), None)
    );
    let part = preview.ask("GET", &file, &["Range: bytes=99995-"]);
    assert_eq!((part.status, part.header("Content-Range"), part.text().as_str()), (206, Some("bytes 99995-99999/100000"), "%PDF-"));
    let part = preview.ask("GET", &file, &["Range: bytes=1-3"]);
    assert_eq!((part.status, part.text().as_str()), (206, "PDF"));
    let beyond = preview.ask("GET", &file, &["Range: bytes=100000-"]);
    assert_eq!((beyond.status, beyond.header("Content-Range")), (416, Some("bytes */100000")));
    let changed = preview.ask("GET", &file, &["Range: bytes=1-3", "If-Range: \"other\""]);
    assert_eq!((changed.status, changed.body.len()), (200, 100_000));
    assert_eq!(preview.ask("GET", &file, &[&format!("If-None-Match: {}", whole.header("ETag").unwrap())]).status, 304);
}

#[test]
fn other_names_and_ways_out_are_refused() {
    let preview = Preview::start();
    assert_eq!(preview.ask("GET", "/", &["Host: rebound.example.org"]).status, 403);
    assert_eq!(preview.ask("GET", "/", &["Host: 127.0.0.1:9"]).status, 200);
    for target in [
        "/../content/site.yaml",
        "/%2e%2e/content/site.yaml",
        "/contacts/..%2f..%2fcontent/site.yaml",
        "/%2e%2e%5ccontent",
        "/.git/config",
        "/%ff",
    ] {
        let reply = preview.get(target);
        assert_eq!(reply.status, 400, "{target}");
        assert!(!reply.text().contains("title:"), "{target}");
    }
    assert_eq!(preview.get("/content/site.yaml").status, 404);
    // None of this has harmed it, and neither does a browser that goes away.
    for _ in 0..50 {
        drop(preview.connect());
    }
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn a_saved_file_reloads_the_page() {
    let preview = Preview::start();
    let mut events = preview.events();
    let first = next_version(&mut events);
    assert!(preview.get("/").text().contains(&format!("data-version=\"{first}\"")));

    preview.write("content/pages/contacts.md", "---\ntitle: Адреса\n---\nЗаходите.\n");
    let second = next_version(&mut events);
    assert_ne!(first, second);
    let page = preview.get("/contacts/");
    assert!(page.text().contains("Адреса") && page.text().contains(&format!("data-version=\"{second}\"")), "{}", page.text());

    // A new file by renaming, as editors save, and one that is put away.
    preview.write("content/new.tmp", "---\ntitle: Новая\n---\n");
    fs::rename(preview.root.join("content/new.tmp"), preview.root.join("content/pages/novaya.md")).unwrap();
    preview.wait_for("/novaya/", |reply| reply.status == 200);
    fs::remove_file(preview.root.join("content/pages/novaya.md")).unwrap();
    preview.wait_for("/novaya/", |reply| reply.status == 404);
}

#[test]
fn many_files_saved_together_are_one_rebuild() {
    let preview = Preview::start();
    let mut events = preview.events();
    next_version(&mut events);
    for n in 0..40 {
        preview.write(&format!("content/pages/p{n}.md"), &format!("---\ntitle: Страница {n}\n---\n"));
    }
    preview.wait_for("/p39/", |reply| reply.status == 200);
    std::thread::sleep(Duration::from_millis(500));
    events.get_ref().set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    let (mut rebuilds, mut line) = (0, String::new());
    while events.read_line(&mut line).is_ok_and(|n| n > 0) {
        rebuilds += usize::from(line.starts_with("data: "));
        line.clear();
    }
    // Two on a machine so busy that the writing itself had a pause.
    assert!((1..=2).contains(&rebuilds), "{rebuilds}");
}

#[test]
fn errors_are_shown_over_the_last_good_page() {
    let preview = Preview::start();
    preview.write("content/pages/contacts.md", "---\nсводка: <b>\n---\n");
    let page = preview.wait_for("/contacts/", |reply| reply.text().contains("metodika-problems"));
    assert_eq!(page.status, 200);
    let text = page.text();
    assert!(text.contains("Контакты") && text.contains("content/pages/contacts.md:"), "{text}");
    assert!(text.contains("1 ошибка. Пока есть ошибки, показан последний удачный вариант."), "{text}");
    // Also where there is no page.
    assert!(preview.get("/gone/").text().contains("metodika-problems"));

    preview.write("content/pages/contacts.md", "---\ntitle: Снова хорошо\n---\n");
    let page = preview.wait_for("/contacts/", |reply| reply.text().contains("Снова"));
    assert!(!page.text().contains("metodika-problems"));
}

#[test]
fn a_port_that_is_taken_is_said_to_be() {
    let preview = Preview::start();
    let output = command().args(["serve", "--port", &preview.port.to_string(), "--root"]).arg(&preview.root).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("занят") && text.contains("--port"), "{text}");
}
