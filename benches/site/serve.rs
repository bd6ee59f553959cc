//! How soon a saved document is served: `metodika serve`, a file written, its page asked for until the new words stand there.

use super::edits;
use std::error::Error;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Between two questions. Each makes the server render the page beside the rebuild: with 1 ms between them that adds a tenth to what is
/// measured.
const PAUSE: Duration = Duration::from_millis(5);

/// Between two saves: nobody saves in the moment in which the page appears.
const REST: Duration = Duration::from_millis(100);

const PATIENCE: Duration = Duration::from_secs(600);

/// What a text says after it is saved with a word that it has not had.
type Save = fn(&str, &str) -> String;

/// A row for each way to save a document of the site in `root`, which `serve` serves.
pub fn rows(root: &Path, documents: usize, runs: usize, serve: &mut Command) -> Result<Vec<String>, Box<dyn Error>> {
    let document = edits::document(root, "practices")?;
    let page = document.strip_prefix(root.join("content"))?.with_extension("");
    let page = format!("/{}/", page.to_string_lossy().replace('\\', "/"));
    let mut preview = Preview::start(serve)?;
    let saves: [(&str, Save); 2] = [("one body", |text, word| format!("{text}\nДописано: {word}.\n")), ("one title", edits::retitled)];
    let mut rows = Vec::new();
    for (name, save) in saves {
        let before = fs::read_to_string(&document)?;
        let mut times = Vec::new();
        for n in 0..runs {
            sleep(REST);
            let word = format!("сохранено{}", rows.len() * runs + n);
            fs::write(&document, save(&before, &word))?;
            times.push(preview.wait_for(&page, &word)?);
        }
        times.sort();
        rows.push(format!("| {documents} | {name} | {} |", times[runs / 2].as_millis()));
    }
    Ok(rows)
}

/// The program that serves, ended with this value, and a connection to it that is kept.
struct Preview {
    program: Child,
    connection: BufReader<TcpStream>,
}

impl Preview {
    fn start(serve: &mut Command) -> Result<Preview, Box<dyn Error>> {
        let mut program = serve.stdout(Stdio::piped()).spawn()?;
        match Preview::connect(&mut program) {
            Ok(connection) => Ok(Preview { program, connection }),
            Err(error) => {
                end(&mut program);
                Err(error)
            }
        }
    }

    /// Reads from what `program` says where it serves.
    fn connect(program: &mut Child) -> Result<BufReader<TcpStream>, Box<dyn Error>> {
        let mut said = BufReader::new(program.stdout.take().ok_or("no output")?);
        let mut line = String::new();
        while !line.contains("http://") {
            line.clear();
            if said.read_line(&mut line)? == 0 {
                return Err("the preview server ended".into());
            }
        }
        // What it says later must have somewhere to go.
        std::thread::spawn(move || io::copy(&mut said, &mut io::sink()));
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).ok_or("no address")?;
        let connection = TcpStream::connect(address)?;
        connection.set_nodelay(true)?;
        connection.set_read_timeout(Some(PATIENCE))?;
        Ok(BufReader::new(connection))
    }

    /// How long it takes from now until `word` stands on `page`.
    fn wait_for(&mut self, page: &str, word: &str) -> io::Result<Duration> {
        let saved = Instant::now();
        while !self.get(page)?.contains(word) {
            if saved.elapsed() > PATIENCE {
                return Err(io::Error::other(format!("«{word}» never came to {page}")));
            }
            sleep(PAUSE);
        }
        Ok(saved.elapsed())
    }

    fn get(&mut self, page: &str) -> io::Result<String> {
        write!(self.connection.get_mut(), "GET {page} HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
        let (mut head, mut length) = (String::new(), 0);
        while !head.ends_with("\r\n\r\n") {
            let start = head.len();
            if self.connection.read_line(&mut head)? == 0 {
                return Err(io::Error::other("the preview server hung up"));
            }
            if let Some(("content-length", value)) = head[start..].to_ascii_lowercase().split_once(": ") {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
        }
        if !head.starts_with("HTTP/1.1 200 ") {
            return Err(io::Error::other(format!("{page}: {}", head.lines().next().unwrap_or(""))));
        }
        let mut body = vec![0; length];
        self.connection.read_exact(&mut body)?;
        Ok(String::from_utf8_lossy(&body).into_owned())
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        end(&mut self.program);
    }
}

fn end(program: &mut Child) {
    // It may have ended by itself.
    let _ = program.kill();
    let _ = program.wait();
}
