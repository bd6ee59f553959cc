//! Addresses as an editor writes them, seen as a browser will see them.

/// The scheme of an absolute address in lower case (RFC 3986 §3.1), control characters and spaces ignored as browsers do.
pub fn scheme(url: &str) -> Option<String> {
    let clean: String = url.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let (scheme, _) = clean.split_once(':')?;
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    valid.then(|| scheme.to_ascii_lowercase())
}

/// Whether `url` is the absolute address of something on the web.
pub fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// The path within the site that `written` names from its root, without the slash at its head: `/calendar/` is `calendar/`. However many
/// slashes, backslashes, line breaks and tabs it begins with, it names no other host.
pub fn place_of_site(written: &str) -> String {
    let path = written.replace('\\', "/").replace(['\t', '\n', '\r'], "");
    path.trim_start_matches(['/', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_seen_through_disguises() {
        assert_eq!(scheme("java\nscript:alert(1)").as_deref(), Some("javascript"));
        assert_eq!(scheme("ЦО: x"), None);
        assert_eq!(scheme("a/b.md"), None);
    }

    #[test]
    fn a_place_of_the_site_is_no_other_host() {
        for written in ["/calendar/", "//calendar/", "\\\\calendar/", "/\t/calendar/", " / /calendar/"] {
            assert_eq!(place_of_site(written), "calendar/");
        }
    }
}
