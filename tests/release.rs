//! What a release stands on: the version has its notes, the workflows use first-party actions and can do no more than they need.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use metodika::value::yaml::{self, Node, Value};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path)
}

#[test]
fn the_version_has_its_notes() {
    let changes = text("CHANGELOG.md");
    let version = env!("CARGO_PKG_VERSION");
    let headings: Vec<&str> = changes.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let is_noted = headings.iter().any(|heading| *heading == "Unreleased" || heading.split(' ').next() == Some(version));
    assert!(is_noted, "neither «## {version}» nor «## Unreleased» among {headings:?}");
}

/// Every value below `node` under the key `wanted`.
fn all<'n>(node: &'n Node, wanted: &str, out: &mut Vec<&'n Node<'n>>) {
    match &node.value {
        Value::Map(pairs) => pairs.iter().for_each(|(key, value)| {
            if key.text == wanted {
                out.push(value);
            }
            all(value, wanted, out);
        }),
        Value::List(items) => items.iter().for_each(|item| all(item, wanted, out)),
        _ => {}
    }
}

fn scalars(file: &str, key: &str) -> Vec<String> {
    let text = text(file);
    let node = yaml::parse(&text, 0).expect("YAML");
    let mut found = Vec::new();
    all(&node, key, &mut found);
    let scalar = |node: &&Node| match &node.value {
        Value::Scalar(text) => Some(text.to_string()),
        _ => None,
    };
    found.iter().filter_map(scalar).collect()
}

#[test]
fn workflows_use_first_party_actions_and_few_rights() {
    for file in [".github/workflows/ci.yml", ".github/workflows/release.yml"] {
        let uses = scalars(file, "uses");
        assert!(uses.len() > 3, "{file}: {uses:?}");
        for action in uses {
            let pinned = action.strip_prefix("actions/").and_then(|action| action.split_once("@v"));
            assert!(pinned.is_some_and(|(_, major)| major.parse::<u32>().is_ok()), "{file}: {action}");
        }
        let rights = scalars(file, "contents");
        assert_eq!(rights.first().map(String::as_str), Some("read"), "{file}");
        // Only what publishes may write.
        assert!(rights.len() <= 2, "{file}: {rights:?}");
        // The compiler is the oldest that the package promises.
        assert_eq!(scalars(file, "RUST"), [env!("CARGO_PKG_RUST_VERSION")], "{file}");
        // A job that hangs is stopped.
        assert_eq!(scalars(file, "timeout-minutes").len(), scalars(file, "runs-on").len(), "{file}");
    }
    let targets = scalars(".github/workflows/release.yml", "target");
    assert_eq!(targets.iter().collect::<BTreeSet<_>>().len(), targets.len(), "an archive per target: {targets:?}");
    for system in ["linux-gnu", "linux-musl", "windows", "apple-darwin"] {
        assert!(targets.iter().any(|target| target.contains(system)), "{system}");
    }
}
