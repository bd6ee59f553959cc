//! The server alone, over real sockets, with limits so small that nobody has to wait.

use super::*;
use std::io::Read;
use std::time::Instant;

const LONG: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(300);

/// Nothing here is to take longer, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(20);

/// More than the system keeps for a connection.
const BIG: usize = 16 << 20;

struct Running {
    address: SocketAddr,
    events: &'static Events,
}

/// A server with these limits, for as long as the tests run.
fn start(limits: Limits) -> Running {
    let listener = listen("127.0.0.1", 0).unwrap();
    let address = listener.local_addr().unwrap();
    let events: &'static Events = Box::leak(Box::new(Events::new("1".into(), limits.listeners)));
    thread::spawn(move || serve(&listener, "127.0.0.1", events, &limits, answer));
    Running { address, events }
}

fn patient() -> Limits {
    Limits { connections: 16, listeners: 2, idle: LONG, head: LONG, piece: LONG, farewell: SHORT, ping: LONG }
}

fn answer(asked: Result<&Ask, u16>) -> Answer {
    match asked {
        Ok(ask) if ask.path == "big" => Answer::bytes(200, "text/plain", vec![b'x'; BIG]),
        Ok(ask) if ask.path == "panic" => panic!("on purpose"),
        Ok(ask) => Answer::text(200, ask.path.clone()),
        Err(status) => Answer::text(status, String::new()),
    }
}

impl Running {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    fn send(&self, request: &str) -> TcpStream {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// Everything that is answered to `request` until the server ends the connection.
    fn say(&self, request: &str) -> String {
        rest(self.send(request))
    }

    /// A request like any other is answered at once, whatever else is going on.
    fn is_well(&self) {
        let started = Instant::now();
        let reply = self.say(&get("fine"));
        assert!(reply.starts_with("HTTP/1.1 200 OK\r\n") && reply.ends_with("\r\n\r\nfine"), "{reply}");
        assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
    }
}

fn get(path: &str) -> String {
    format!("GET /{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
}

fn rest(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset is an end too.
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether the server ends `stream` without saying anything more.
fn is_ended(stream: &mut TcpStream) -> bool {
    matches!(stream.read(&mut [0; 64]), Ok(0)) || stream.take_error().is_ok_and(|error| error.is_some())
}

#[test]
fn a_head_that_never_ends_is_cut_and_silence_ends() {
    let server = start(Limits { head: SHORT, idle: SHORT, ..patient() });
    let mut slow = server.send("GET / HTTP/1.1\r\n");
    let mut silent = server.connect();
    let started = Instant::now();
    let mut writer = slow.try_clone().unwrap();
    // Each byte comes in time; all of them do not.
    thread::spawn(move || {
        while writer.write_all(b"X").is_ok() {
            thread::sleep(Duration::from_millis(20));
        }
    });
    let mut status = [0; 12];
    slow.read_exact(&mut status).unwrap();
    assert_eq!(&status, b"HTTP/1.1 408");
    assert!(is_ended(&mut silent));
    assert!(started.elapsed() >= SHORT);
    // A kept connection is one that waits, too.
    let mut kept = server.send("GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let mut reply = String::new();
    kept.read_to_string(&mut reply).unwrap();
    assert!(reply.starts_with("HTTP/1.1 200 OK") && !reply.contains("Connection: close"), "{reply}");
    server.is_well();
}

#[test]
fn those_that_wait_make_way() {
    let server = start(Limits { connections: 4, ..patient() });
    let mut slow: Vec<TcpStream> = (0..20).map(|n| if n % 2 == 0 { server.connect() } else { server.send("GET / HT") }).collect();
    for _ in 0..8 {
        server.is_well();
    }
    // The first that came were the first to go.
    assert!(is_ended(&mut slow[0]));
}

#[test]
fn who_does_not_read_is_given_up() {
    let server = start(Limits { connections: 2, piece: SHORT, ..patient() });
    let started = Instant::now();
    for mut stuck in [server.send(&get("big")), server.send(&get("big"))] {
        // It is ended when nothing more can be said to it.
        while stuck.write_all(b"x").is_ok() {
            assert!(started.elapsed() < PATIENCE);
            thread::sleep(Duration::from_millis(20));
        }
        assert!(rest(stuck).len() < BIG);
    }
    server.is_well();
}

#[test]
fn too_many_at_once_are_told_so() {
    let server = start(Limits { connections: 2, ..patient() });
    // Who is being answered does not wait, and so does not make way.
    let _stuck = [(); 2].map(|()| {
        let mut stuck = server.send(&get("big"));
        stuck.read_exact(&mut [0; 12]).unwrap();
        stuck
    });
    let reply = rest(server.connect());
    assert!(reply.starts_with("HTTP/1.1 503 Service Unavailable\r\n"), "{reply}");
}

#[test]
fn who_reads_slowly_gets_everything() {
    let server = start(Limits { piece: SHORT, ..patient() });
    let mut slow = server.send(&get("big"));
    let (started, mut len, mut piece) = (Instant::now(), 0, vec![0; 1 << 20]);
    loop {
        match slow.read(&mut piece).unwrap() {
            0 => break,
            n => len += n,
        }
        if started.elapsed() < SHORT * 4 {
            thread::sleep(Duration::from_millis(40));
        }
    }
    server.is_well();
    assert!(len > BIG && started.elapsed() > SHORT, "{len}");
}

#[test]
fn requests_follow_each_other_and_bodies_are_no_requests() {
    let server = start(patient());
    let kept = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let reply = server.say(&format!("{kept}\r\nHEAD /bb HTTP/1.1\r\nhost:localhost\r\n\r\n{}{}", get("ccc"), get("d")));
    let bodies: Vec<&str> = reply.split("HTTP/1.1 200 OK\r\n").skip(1).map(|one| one.split_once("\r\n\r\n").unwrap().1).collect();
    assert_eq!(bodies, ["a", "", "ccc"], "{reply}");
    assert!(reply.contains("Content-Length: 2\r\n"), "{reply}");
    for body in ["Content-Length: 60\r\n", "Transfer-Encoding: chunked\r\n", "Content-Length: 0\r\nContent-Length: 60\r\n"] {
        let reply = server.say(&format!("GET /a HTTP/1.1\r\nHost: localhost\r\n{body}\r\n{}", get("smuggled")));
        assert!(reply.starts_with("HTTP/1.1 413 Content Too Large\r\n") && !reply.contains("smuggled"), "{reply}");
    }
    // The answer arrives although much is on its way to us that nobody reads.
    let post = format!("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000\r\n\r\n{}", "x".repeat(200_000));
    assert!(server.say(&post).starts_with("HTTP/1.1 405 Method Not Allowed\r\n"));
    // Who has said everything may say so.
    let halved = server.send(kept);
    halved.shutdown(std::net::Shutdown::Write).unwrap();
    assert!(rest(halved).ends_with("\r\n\r\na"));
}

#[test]
fn broken_browsers_and_broken_pages_stop_nobody() {
    let server = start(patient());
    for n in 0..200 {
        // What is thrown away unread becomes a reset.
        drop(if n % 2 == 0 { server.connect() } else { server.send(&get("fine")) });
    }
    drop(server.send(&get("big")));
    assert!(server.say(&get("panic")).starts_with("HTTP/1.1 500 Internal Server Error\r\n"));
    server.is_well();
}

#[test]
fn pages_hear_of_versions() {
    let server = start(Limits { ping: SHORT, ..patient() });
    let listen = || server.send(&format!("GET /{EVENTS} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    let hear = |stream: &mut TcpStream, text: &str| {
        let mut heard = String::new();
        while !heard.contains(text) {
            let mut piece = [0; 512];
            let n = stream.read(&mut piece).unwrap();
            assert!(n > 0, "{heard}");
            heard.push_str(std::str::from_utf8(&piece[..n]).unwrap());
        }
        heard
    };
    let (mut one, mut two) = (listen(), listen());
    for stream in [&mut one, &mut two] {
        assert!(hear(stream, "data: 1\n\n").contains("Content-Type: text/event-stream; charset=utf-8\r\n"));
    }
    server.events.publish("2".into());
    hear(&mut one, "data: 2\n\n");
    hear(&mut one, ":\n\n");
    // So many listen and no more; the place of one that has gone is free.
    assert!(rest(listen()).starts_with("HTTP/1.1 503"));
    drop(two);
    let mut three = loop {
        let mut three = listen();
        let mut status = [0; 12];
        three.read_exact(&mut status).unwrap();
        if &status == b"HTTP/1.1 200" {
            break three;
        }
    };
    hear(&mut three, "data: 2\n\n");
    // One that does not read keeps nobody waiting, and is dropped.
    let started = Instant::now();
    for n in 0..20_000 {
        server.events.publish(format!("{n:0>200}"));
        if n % 100 == 0 {
            while one.set_nonblocking(true).is_ok() && one.read(&mut [0; 1 << 16]).is_ok() {}
        }
    }
    assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
    three.set_nonblocking(false).unwrap();
    let said = rest(three).len();
    assert!(said < 20_000 * 200, "{said}");
    server.is_well();
}
