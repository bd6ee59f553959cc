//! The names under which the preview may be asked for.

use std::net::IpAddr;

/// A page of another site can make its own name lead to this computer (DNS rebinding), but cannot make the browser send another name: whoever asks
/// for a name that is not ours is turned away.
pub struct Hosts {
    given: String,
    /// Listening to the network: any address of this computer, and its name there.
    any_address: bool,
}

impl Hosts {
    /// For a server that was told to listen on `given` and is `bound` to that address.
    pub fn new(given: &str, bound: IpAddr) -> Hosts {
        Hosts { given: given.trim_matches(['[', ']']).to_lowercase(), any_address: !bound.is_loopback() }
    }

    /// Whether `authority`, a name or an address with or without a port (RFC 3986 §3.2), is one of ours. Any port will do: it may be forwarded.
    pub fn allow(&self, authority: &str) -> bool {
        let authority = authority.trim().to_lowercase();
        let (name, port) = match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some(parts) => parts,
            None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
        };
        let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
        if name.is_empty() || !(port.is_empty() || port.strip_prefix(':').is_some_and(is_port)) {
            return false;
        }
        let local_name = || !name.contains('.') || name.ends_with(".local");
        let address = name.parse::<IpAddr>();
        name == "localhost"
            || name.ends_with(".localhost")
            || name == self.given
            || address.is_ok_and(|address| address.is_loopback() || self.any_address)
            || (self.any_address && local_name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_are_answered() {
        let local = Hosts::new("127.0.0.1", IpAddr::from([127, 0, 0, 1]));
        for host in ["localhost:8000", "127.0.0.1:8000", "127.0.0.1", "[::1]:8000", "[::1]", "LOCALHOST", "127.0.0.1:"] {
            assert!(local.allow(host), "{host}");
        }
        let others =
            ["example.org", "evil.localhost.example.org:8000", "192.168.1.5:8000", "", ":8000", "pc", "a@localhost", "localhost:8000:x"];
        for host in
            others.into_iter().chain(["localhost:80@example.org", "[::1]example.org", "[::1", "localhost.", "127.0.0.1.example.org"])
        {
            assert!(!local.allow(host), "{host}");
        }
        let network = Hosts::new("0.0.0.0", IpAddr::from([0, 0, 0, 0]));
        for host in ["192.168.1.5:8000", "pc:8000", "pc.local"] {
            assert!(network.allow(host), "{host}");
        }
        assert!(!network.allow("rebound.example.org"));
        assert!(Hosts::new("pc.example.org", IpAddr::from([192, 168, 1, 5])).allow("PC.example.org:8000"));
    }
}
