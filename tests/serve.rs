//! The preview server, over real sockets.
// Tests stand outside: files, programs and sockets are what they are about.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod common;

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
        Preview::start_by(|program| program)
    }

    /// The program as `wrap` makes it.
    fn start_by(wrap: impl Fn(Command) -> Command) -> Preview {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let root = std::env::temp_dir().join(format!("metodika-serve-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("content/pages")).unwrap();
        fs::write(root.join("content/site.yaml"), "title: Методическая служба\nbase_url: https://example.org/blog/\n").unwrap();
        fs::write(root.join("content/pages/plan.pdf"), "%PDF-".repeat(20_000)).unwrap();
        fs::write(root.join("content/pages/contacts.md"), "---\ntitle: Контакты\n---\nПишите нам, вот [план](plan.pdf).\n").unwrap();
        let mut program = command();
        program.args(["serve", "--port", "0", "--root"]).arg(&root);
        let mut program = wrap(program).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
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
        // It may be turned away before it has said everything.
        let _ = stream.write_all(format!("{request}\r\n").as_bytes());
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .unwrap_or_else(|| panic!("{target:.50}: {}", String::from_utf8_lossy(&bytes)));
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

/// What is sent, and what the first line and, if that is said, a line of the answer's head must be.
const REQUESTS: &[(&str, &str, &str)] = &[
    // Good ones, in every form.
    ("GET / HTTP/1.1|Host: localhost", "200 OK", "Content-Type: text/html; charset=utf-8"),
    ("GET / HTTP/1.0|Host: localhost", "200 OK", "Connection: close"),
    ("HEAD / HTTP/1.1|host:   LOCALHOST:9  ", "200 OK", "X-Content-Type-Options: nosniff"),
    ("GET / HTTP/1.1|Host: [::1]:8000", "200 OK", "Cross-Origin-Resource-Policy: same-origin"),
    ("GET http://localhost/contacts/ HTTP/1.1|Host: localhost", "200 OK", "X-Frame-Options: SAMEORIGIN"),
    ("GET http://localhost HTTP/1.1|Host: localhost", "200 OK", "Cache-Control: no-cache"),
    ("GET /?q=%D1%8F HTTP/1.1|Host: localhost|X: caf\u{e9}|Y:", "200 OK", "Referrer-Policy: same-origin"),
    ("GET /contacts HTTP/1.1|Host: localhost", "302 Found", "Location: /contacts/"),
    ("GET /contacts?q=я HTTP/1.1|Host: localhost", "302 Found", "Location: /contacts/?q=%D1%8F"),
    ("GET /none.css HTTP/1.1|Host: localhost", "404 Not Found", "Content-Type: text/html; charset=utf-8"),
    ("GET /sitemap.xml HTTP/1.1|Host: localhost", "200 OK", "Content-Type: application/xml; charset=utf-8"),
    ("GET /feed.xml HTTP/1.1|Host: localhost", "200 OK", "Content-Type: application/atom+xml; charset=utf-8"),
    ("GET /api/v1/events.json HTTP/1.1|Host: localhost", "200 OK", "Content-Type: application/json; charset=utf-8"),
    ("GET /calendar.ics HTTP/1.1|Host: localhost", "200 OK", "Content-Type: text/calendar; charset=utf-8"),
    ("GET /static/style.css HTTP/1.1|Host: localhost", "200 OK", "Content-Type: text/css; charset=utf-8"),
    ("GET /static/site.js HTTP/1.1|Host: localhost", "200 OK", "Content-Type: text/javascript; charset=utf-8"),
    ("GET /static/icon.svg HTTP/1.1|Host: localhost", "200 OK", "Content-Type: image/svg+xml; charset=utf-8"),
    ("GET /robots.txt HTTP/1.1|Host: localhost", "200 OK", "Content-Type: text/plain; charset=utf-8"),
    // Other methods.
    ("POST / HTTP/1.1|Host: localhost|Content-Length: 3", "405 Method Not Allowed", "Allow: GET, HEAD"),
    ("OPTIONS * HTTP/1.1|Host: localhost", "405 Method Not Allowed", "Allow: GET, HEAD"),
    ("CONNECT localhost:80 HTTP/1.1|Host: localhost", "405 Method Not Allowed", "Allow: GET, HEAD"),
    ("get / HTTP/1.1|Host: localhost", "405 Method Not Allowed", "Allow: GET, HEAD"),
    ("GET / HTTP/1.1|Host: localhost|Content-Length: 3", "413 Content Too Large", "Connection: close"),
    ("GET / HTTP/1.1|Host: localhost|Transfer-Encoding: chunked", "413 Content Too Large", "Connection: close"),
    // Other names.
    ("GET / HTTP/1.1|Host: rebound.example.org", "421 Misdirected Request", "Content-Type: text/plain; charset=utf-8"),
    ("GET / HTTP/1.1|Host: 192.168.1.5", "421 Misdirected Request", ""),
    ("GET / HTTP/1.1|Host: localhost.example.org", "421 Misdirected Request", ""),
    ("GET / HTTP/1.1|Host: localhost:80@example.org", "421 Misdirected Request", ""),
    ("GET / HTTP/1.1|Host:", "421 Misdirected Request", ""),
    ("GET http://example.org/ HTTP/1.1|Host: localhost", "421 Misdirected Request", ""),
    ("GET / HTTP/1.1", "400 Bad Request", ""),
    ("GET / HTTP/1.0", "400 Bad Request", ""),
    ("GET / HTTP/1.1|Host: localhost|Host: localhost", "400 Bad Request", ""),
    ("GET / HTTP/1.1|Host: localhost|HOST: example.org", "400 Bad Request", ""),
    // Ways out.
    ("GET /../content/site.yaml HTTP/1.1|Host: localhost", "400 Bad Request", ""),
    ("GET /%2e%2e/content/site.yaml HTTP/1.1|Host: localhost", "400 Bad Request", ""),
    ("GET /contacts/..%2f..%2fcontent/site.yaml HTTP/1.1|Host: localhost", "400 Bad Request", ""),
    ("GET /%2e%2e%5ccontent HTTP/1.1|Host: localhost", "400 Bad Request", ""),
    ("GET /contacts\\..\\.. HTTP/1.1|Host: localhost", "400 Bad Request", ""),
    ("GET /%252e%252e/content/site.yaml HTTP/1.1|Host: localhost", "404 Not Found", ""),
    ("GET //content/site.yaml HTTP/1.1|Host: localhost", "404 Not Found", ""),
    ("GET //example.org/ HTTP/1.1|Host: localhost", "404 Not Found", ""),
    ("GET /content/site.yaml HTTP/1.1|Host: localhost", "404 Not Found", ""),
    ("GET /C:/Windows/win.ini HTTP/1.1|Host: localhost", "404 Not Found", ""),
    ("GET /.git/config HTTP/1.1|Host: localhost", "400 Bad Request", ""),
    ("GET /.metodika HTTP/1.1|Host: localhost", "400 Bad Request", ""),
    ("GET /contacts/index.html%00.pdf HTTP/1.1|Host: localhost", "400 Bad Request", ""),
    ("GET /%ff HTTP/1.1|Host: localhost", "400 Bad Request", ""),
    ("GET file:///etc/passwd HTTP/1.1|Host: localhost", "400 Bad Request", ""),
    ("GET * HTTP/1.1|Host: localhost", "400 Bad Request", ""),
    // No listing of a folder that has no page.
    ("GET /static/ HTTP/1.1|Host: localhost", "404 Not Found", ""),
    ("GET /api/v1 HTTP/1.1|Host: localhost", "404 Not Found", ""),
    ("GET /_metodika/ HTTP/1.1|Host: localhost", "404 Not Found", ""),
    // What is no request.
    ("GET / HTTP/2.0|Host: localhost", "505 HTTP Version Not Supported", ""),
    ("PRI * HTTP/2.0|", "505 HTTP Version Not Supported", ""),
    ("GET /", "400 Bad Request", ""),
    ("GET  / HTTP/1.1|Host: localhost", "400 Bad Request", ""),
    ("GET / HTTP/1.1|Host : localhost", "400 Bad Request", ""),
    ("GET / HTTP/1.1|Host: localhost| folded: yes", "400 Bad Request", ""),
    ("GET / HTTP/1.1|Host: loc\0alhost", "400 Bad Request", ""),
    ("\u{16}\u{3}\u{1}\u{2}", "400 Bad Request", ""),
];

#[test]
fn requests_of_every_kind() {
    let preview = Preview::start();
    for (request, status, line) in REQUESTS {
        let closes = if request.contains('|') { "|Connection: close" } else { "" };
        let mut stream = preview.connect();
        stream.write_all(format!("{request}{closes}||").replace('|', "\r\n").as_bytes()).unwrap();
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).unwrap();
        let reply = String::from_utf8_lossy(&reply).into_owned();
        let head: Vec<&str> = reply.split("\r\n\r\n").next().unwrap().lines().collect();
        assert_eq!(head[0], format!("HTTP/1.1 {status}"), "{request:?}");
        assert!(line.is_empty() || head.contains(line), "{request:?}: {head:#?}");
        assert!(head.iter().any(|line| line.starts_with("Date: ") && line.ends_with(" GMT")), "{request:?}: {head:#?}");
        assert!(!reply.contains("planning_checks") && !reply.contains("root:"), "{request:?}: {reply}");
        // Who asks by another name learns nothing of the site but how to ask.
        assert!(!status.starts_with("421") || !reply.contains("Методическая") && reply.contains("http://127.0.0.1:"), "{reply}");
    }
}

#[test]
fn damaged_requests_do_no_harm() {
    let preview = Preview::start();
    let mut random = common::Random(0x9E37_79B9_7F4A_7C15);
    for _ in 0..300 {
        let (request, ..) = random.of(REQUESTS);
        let mut bytes =
            format!("{request}|Connection: close|Range: bytes=1-5|If-None-Match: \"a\", W/\"b\"||").replace('|', "\r\n").into_bytes();
        for _ in 0..1 + random.below(4) {
            let at = random.below(bytes.len());
            match random.below(4) {
                0 => bytes[at] = random.below(256) as u8,
                1 => drop(bytes.drain(at..(at + random.below(20)).min(bytes.len()))),
                2 => bytes.truncate(at),
                _ => bytes.extend_from_within(at..),
            }
            bytes.push(b'\n');
        }
        let mut stream = preview.connect();
        // It may be turned away before it has said everything, and then the answer may be lost.
        let _ = stream.write_all(&bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut reply = Vec::new();
        let _ = stream.read_to_end(&mut reply);
        assert!(reply.is_empty() || reply.starts_with(b"HTTP/1.1 "), "{:?}", String::from_utf8_lossy(&bytes));
        assert!(!reply.windows(12).any(|window| window == b" 500 Interna"), "{:?}", String::from_utf8_lossy(&bytes));
    }
    assert_eq!(preview.get("/contacts/").status, 200);
}

#[test]
fn heads_are_limited() {
    let preview = Preview::start();
    let long = |len: usize| "x".repeat(len);
    assert_eq!(preview.get(&format!("/{}", long(8000))).status, 404);
    assert_eq!(preview.get(&format!("/{}", long(9000))).status, 414);
    assert_eq!(preview.get(&format!("/{}", long(3_000_000))).status, 414);
    assert_eq!(preview.ask("GET", "/", &[&format!("Cookie: a={}", long(20_000))]).status, 200);
    assert_eq!(preview.ask("GET", "/", &[&format!("Cookie: a={}", long(40_000))]).status, 431);
    assert_eq!(preview.ask("GET", "/", &["X: y"; 60]).status, 200);
    assert_eq!(preview.ask("GET", "/", &["X: y"; 100]).status, 431);
}

#[test]
fn slow_and_broken_browsers_do_not_stop_others() {
    let preview = Preview::start();
    for _ in 0..50 {
        drop(preview.connect());
    }
    // More than there is room for, each in the middle of something.
    let mut slow: Vec<TcpStream> = (0..150).map(|_| preview.connect()).collect();
    for (n, stream) in slow.iter_mut().enumerate() {
        // The first are ended already.
        let _ = stream.write_all(if n % 2 == 0 { b"GET / HTTP/1.1\r\nHost" } else { b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" });
    }
    let started = Instant::now();
    for _ in 0..10 {
        assert_eq!(preview.get("/contacts/").status, 200);
    }
    assert!(started.elapsed() < PATIENCE / 2, "{:?}", started.elapsed());
}

/// On a Unix system the shell can say how many files a program may open.
#[cfg(unix)]
#[test]
fn a_preview_without_files_to_open_comes_to_itself() {
    let preview = Preview::start_by(|program| {
        let mut limited = Command::new("sh");
        limited.args(["-c", "ulimit -n 48; exec \"$@\"", "sh"]).arg(program.get_program()).args(program.get_args());
        limited
    });
    let held: Vec<TcpStream> = (0..100).map(|_| preview.connect()).collect();
    // Those that wait give their files back.
    assert_eq!(preview.wait_for("/contacts/", |reply| reply.status == 200).status, 200);
    drop(held);
    assert_eq!(preview.wait_for("/contacts/", |reply| reply.status == 200).status, 200);
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
fn the_editing_page_is_not_reloaded() {
    let preview = Preview::start();
    preview.write("content/site.yaml", "title: Методическая служба\ncms: yes\n");
    preview.wait_for("/admin/", |reply| reply.status == 200);
    assert!(!preview.get("/admin/").text().contains("data-version"));
    assert!(preview.get("/").text().contains("data-version"));
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
