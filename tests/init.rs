//! `metodika init`: the starter builds without a word on any day, and nothing is ever written over.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod common;

use common::{Run, Temp, program, run_in};
use metodika::config::Settings;
use metodika::kinds::Kind;
use metodika::value::yaml::{self, Node, Value};
use std::fs;
use std::path::Path;

/// Turns of the year and of the month, a leap day, a Saturday and a holiday.
const DAYS: [&str; 9] =
    ["2027-01-01", "2027-01-20", "2028-02-29", "2027-05-08", "2027-05-16", "2027-07-31", "2026-11-21", "2027-12-05", "2026-12-31"];

#[test]
fn the_starter_has_no_message_on_any_day() {
    let temp = Temp::new("init-days");
    for day in DAYS {
        for language in ["ru", "en"] {
            let folder = format!("{language}-{day}");
            let made = run_in(&temp.0, &["init", &folder, "--lang", language, "--today", day]);
            assert_eq!((made.status, made.err.as_str()), (0, ""), "{folder}: {}", made.out);
            // `-v` shows notes, too.
            let check = run_in(&temp.0, &["check", "--strict", "-v", "--format", "json", "--today", day, "--root", &folder]);
            assert_eq!((check.status, check.out.trim()), (0, "[]"), "{folder}: {}", check.err);
        }
    }
}

#[test]
fn the_starter_shows_a_document_of_every_kind_and_what_becomes_of_a_plan() {
    let temp = Temp::new("init-kinds");
    for (language, plan) in [("ru", "План методического отдела на 2027 год"), ("en", "Plan of the training desk for 2027")]
    {
        let day = ["--today", "2027-06-15"];
        assert_eq!(run_in(&temp.0, &[&["init", language, "--lang", language], &day[..]].concat()).status, 0);
        let root = temp.0.join(language);
        for kind in Kind::ALL {
            let files = fs::read_dir(root.join("content").join(kind.folder())).unwrap_or_else(|_| panic!("{}", kind.folder()));
            assert!(files.count() > 0, "{}", kind.folder());
        }
        let built = run_in(&root, &[&["build", "--strict"], &day[..]].concat());
        assert_eq!((built.status, built.err.as_str()), (0, ""), "{}", built.out);
        let page = fs::read_to_string(root.join("public/plans/plan-2027/index.html")).unwrap().replace('\u{a0}', " ");
        assert!(page.contains(plan), "{page}");
        let json: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(root.join("public/api/v1/plans/plan-2027.json")).unwrap()).unwrap();
        let rows = json["sections"].as_array().unwrap().iter().flat_map(|section| section["items"].as_array().unwrap());
        let states: Vec<(&str, &str)> = rows.map(|row| (row["number"].as_str().unwrap(), row["status"].as_str().unwrap())).collect();
        for state in [("1.2", "dated"), ("1.3", "planned"), ("2.1", "held")] {
            assert!(states.contains(&state), "{states:?}");
        }
        // Of the two who are told of, both are allowed to be named.
        assert_eq!(fs::read_dir(root.join("public/people")).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir()).count(), 2);
    }
}

#[test]
fn every_setting_is_explained() {
    let temp = Temp::new("init-settings");
    for language in ["ru", "en"] {
        assert_eq!(run_in(&temp.0, &["init", language, "--lang", language]).status, 0);
        let text = fs::read_to_string(temp.0.join(language).join("content/site.yaml")).unwrap();
        for field in Settings::FIELDS {
            // The editing page does not know a key with a dot: that one is English in both.
            let name = if language == "ru" && !field.twins[0].contains('.') { field.twins[0] } else { field.name };
            let at = text.lines().position(|line| line.trim_start_matches("# ").starts_with(&format!("{name}:")));
            let at = at.unwrap_or_else(|| panic!("{language}: {name}"));
            assert!(at > 0 && text.lines().nth(at - 1).unwrap().starts_with("# "), "{language}: nothing is said about {name}");
        }
        // What is switched off is right, too, and the editing page shows all of it.
        let on: String = text.lines().map(|line| uncommented(line) + "\n").collect();
        fs::write(temp.0.join(language).join("content/site.yaml"), on.replace("my-theme", "default")).unwrap();
        let check = run_in(&temp.0, &["check", "--strict", "-v", "--format", "json", "--root", language]);
        assert_eq!((check.status, check.out.trim()), (0, "[]"), "{}", check.err);
    }
}

/// A setting that is switched off, switched on: it is a line with a key, a line of a list or of an indented mapping.
fn uncommented(line: &str) -> String {
    let Some(rest) = line.strip_prefix("# ") else { return line.to_owned() };
    let is_key = |text: &str| {
        let known = |key: &str| Settings::FIELDS.iter().any(|field| field.name == key || field.twins.contains(&key));
        text.split_once(':').is_some_and(|(key, _)| known(key))
    };
    if is_key(rest) || rest.starts_with("  ") { rest.to_owned() } else { line.to_owned() }
}

#[test]
fn what_publishes_the_site_is_yaml_with_the_commands_of_this_program() {
    let temp = Temp::new("init-ci");
    for language in ["ru", "en"] {
        assert_eq!(run_in(&temp.0, &["init", language, "--lang", language]).status, 0);
        for (file, artifact) in [(".github/workflows/pages.yml", "actions/upload-pages-artifact@"), (".gitlab-ci.yml", "artifacts")] {
            let text = fs::read_to_string(temp.0.join(language).join(file)).unwrap();
            let node = yaml::parse(&text, 0).unwrap_or_else(|error| panic!("{file}: {error:?}"));
            let mut scalars = Vec::new();
            walk(&node, &mut scalars);
            let lines: Vec<&str> = scalars.iter().flat_map(|text| text.lines()).map(str::trim).collect();
            assert!(lines.iter().any(|line| line.starts_with(artifact)), "{file}: {lines:?}");
            assert!(lines.contains(&"public"), "{file}");
            assert!(lines.iter().any(|line| line.contains("sha256sum --check")), "{file}");
            let commands: Vec<&&str> = lines.iter().filter(|line| line.starts_with("metodika ")).collect();
            assert_eq!(commands.len(), 2, "{file}: {commands:?}");
            for command in commands {
                // As the runner would say it, in the new site.
                let said = command.replace("\"${{ steps.pages.outputs.base_url }}\"", "https://me.example.org/site");
                let said = said.replace("\"$CI_PAGES_URL\"", "https://me.example.org/site");
                let words: Vec<&str> = said.split(' ').skip(1).collect();
                let run = run_in(&temp.0.join(language), &words);
                assert_eq!(run.status, 0, "{file}: {command}: {}{}", run.out, run.err);
            }
        }
        let feed = fs::read_to_string(temp.0.join(language).join("public/feed.xml")).unwrap();
        assert!(feed.contains("https://me.example.org/site/"), "{feed}");
    }
}

/// The step that downloads the program, as a runner would do it, with a release that lies in a folder in the place of the web.
#[cfg(unix)]
#[test]
fn the_program_is_downloaded_with_its_checksum() {
    use std::os::unix::fs::PermissionsExt;
    use std::process::{Command, Output};

    let temp = Temp::new("init-download");
    assert_eq!(run_in(&temp.0, &["init", "site"]).status, 0);
    let name = "metodika-1.2.3-x86_64-unknown-linux-musl";
    temp.write(&format!("release/{name}/metodika"), "#!/bin/sh\necho it runs\n");
    temp.write("bin/curl", "#!/bin/sh\nfor word; do case $word in https://github.com/me/metodika/releases/download/v1.2.3/*) cp \"$RELEASE/${word##*/}\" . ;; esac; done\n");
    for program in [format!("release/{name}/metodika"), "bin/curl".into()] {
        fs::set_permissions(temp.0.join(program), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let release = temp.0.join("release");
    let pack = format!("tar -czf {name}.tar.gz {name} && sha256sum {name}.tar.gz > SHA256SUMS && echo 'x  other.zip' >> SHA256SUMS");
    assert!(Command::new("sh").args(["-c", &pack]).current_dir(&release).status().unwrap().success());

    let run = |script: &str, repository: &str| {
        // The next step finds the program by PATH; GitHub is told of it in a file, GitLab goes on in the same shell.
        let script = format!("{script}\nPATH=\"$PATH:$(cat \"$GITHUB_PATH\")\"; metodika");
        let path = format!("{}:{}", temp.0.join("bin").display(), std::env::var("PATH").unwrap());
        temp.write("path", "");
        let mut shell = Command::new("bash");
        shell.args(["-e", "-c", &script]).env("PATH", path).env("RELEASE", &release).env("GITHUB_PATH", temp.0.join("path"));
        shell.env("METODIKA_REPOSITORY", repository).env("METODIKA_VERSION", "1.2.3").env("CI_PROJECT_DIR", temp.0.join("site"));
        let Output { status, stdout, stderr } = shell.output().unwrap();
        (status.success(), String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned())
    };
    let scripts = |file: &str| -> String {
        let mut scalars = Vec::new();
        walk(&yaml::parse(&temp.read(&format!("site/{file}")), 0).unwrap(), &mut scalars);
        scalars.retain(|text| text.contains("ВЛАДЕЛЕЦ") && text.contains("case ") || text.contains("sha256sum"));
        scalars.join("\n")
    };
    let (github, gitlab) = (scripts(".github/workflows/pages.yml"), scripts(".gitlab-ci.yml"));
    for (script, mine, nobodys) in
        [(github, "me/metodika", "ВЛАДЕЛЕЦ/metodika"), (gitlab, "https://github.com/me/metodika", "https://github.com/ВЛАДЕЛЕЦ/metodika")]
    {
        let (is_good, said) = run(&script, mine);
        assert!(is_good && said.ends_with("it runs\n"), "{said}");
        let (is_good, said) = run(&script, nobodys);
        assert!(!is_good && said.contains("METODIKA_REPOSITORY"), "{said}");
        // What came is not what was released.
        let archive = release.join(format!("{name}.tar.gz"));
        let whole = fs::read(&archive).unwrap();
        fs::write(&archive, [&whole[..], b"x"].concat()).unwrap();
        let (is_good, said) = run(&script, mine);
        assert!(!is_good && said.contains("FAILED") && !said.contains("it runs"), "{said}");
        fs::write(&archive, whole).unwrap();
    }
}

fn walk(node: &Node, out: &mut Vec<String>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar(text) => out.push(text.to_string()),
        Value::List(items) => items.iter().for_each(|item| walk(item, out)),
        Value::Map(pairs) => pairs.iter().for_each(|(key, value)| {
            out.push(key.text.to_string());
            walk(value, out)
        }),
    }
}

#[test]
fn nothing_is_written_over() {
    let temp = Temp::new("init-over");
    let made = run_in(&temp.0, &["init", "site"]);
    assert!(made.status == 0 && made.out.contains("\n  cd site\n  metodika serve --open "), "{}", made.out);
    temp.write("site/content/site.yaml", "title: Мой сайт\n");
    let again = run_in(&temp.0, &["init", "site"]);
    assert_eq!((again.status, again.out.as_str()), (2, ""));
    assert!(again.err.contains("в папке «site» уже есть сайт, и он не тронут"), "{}", again.err);
    assert_eq!(temp.read("site/content/site.yaml"), "title: Мой сайт\n");

    // A repository that was just made: its README may be somebody's, its licence is in nobody's way.
    temp.write("clone/README.md", "# Мой проект\n");
    temp.write("clone/LICENSE", "MIT\n");
    let run = run_in(&temp.0.join("clone"), &["init", "."]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("«README.md»; ничего не записано") && run.err.contains("подсказка: "), "{}", run.err);
    assert_eq!(temp.list("clone"), ["LICENSE", "README.md"]);
    fs::remove_file(temp.0.join("clone/README.md")).unwrap();
    let run = run_in(&temp.0.join("clone"), &["init", "."]);
    assert!(run.status == 0 && !run.out.contains("  cd "), "{}{}", run.out, run.err);
    assert_eq!(temp.list("clone"), [".github", ".gitignore", ".gitlab-ci.yml", ".vscode", "LICENSE", "README.md", "content", "schemas"]);
    assert_eq!(run_in(&temp.0.join("clone"), &["check", "--strict"]).status, 0);
}

#[test]
fn a_starter_that_cannot_be_written_is_not_there_in_part() {
    let temp = Temp::new("init-part");
    temp.write("file", "x");
    for folder in ["file", "file/site"] {
        let run = run_in(&temp.0, &["init", folder]);
        assert_eq!(run.status, 2, "{folder}: {}", run.out);
        assert!(run.err.contains("сайт не создан") && run.err.contains("подсказка: "), "{folder}: {}", run.err);
    }
    assert_eq!((temp.list("."), temp.read("file").as_str()), (vec!["file".to_owned()], "x"));
    // The last folder of the content is a file: what was written before it is taken away.
    temp.write("half/content/workshops", "x");
    let run = run_in(&temp.0, &["init", "half"]);
    assert!(run.status == 2 && run.err.contains("workshops"), "{}", run.err);
    assert_eq!((temp.list("half"), temp.list("half/content")), (vec!["content".to_owned()], vec!["workshops".to_owned()]));
    // What a killed run has left is cleared.
    temp.write(".new.metodika-new/content/site.yaml", "title: x\n");
    assert_eq!(run_in(&temp.0, &["init", "new"]).status, 0);
    assert_eq!(temp.list("."), ["file", "half", "new"]);
}

#[test]
fn the_folder_must_be_named_and_may_have_any_name() {
    let temp = Temp::new("init-name");
    let run = run_in(&temp.0, &["init"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("не указано: <ПАПКА>") && run.err.contains("metodika init ."), "{}", run.err);
    let run = run_in(&temp.0, &["init", "a/b/Мой сайт"]);
    assert!(run.status == 0 && run.out.contains("\n  cd \"a/b/Мой сайт\"\n"), "{}{}", run.out, run.err);
    assert_eq!(run_in(&temp.0, &["check", "--strict", "--root", "a/b/Мой сайт"]).status, 0);
    let run = run_in(&temp.0, &["init", "x", "--root", "a"]);
    assert!(run.status == 2 && run.err.contains("--root"), "{}", run.err);
    assert_eq!(run_in(&temp.0, &["init", "quiet", "-q"]).out, "");
    // Outside of a site, a command says how to make one.
    let Run { err, .. } = run_in(Path::new("/"), &["build"]);
    assert!(err.contains("metodika init ПАПКА"), "{err}");
    let help = program(&temp.0).args(["init", "--help"]).output().unwrap();
    assert!(String::from_utf8(help.stdout).unwrap().contains("metodika init [параметры] ПАПКА"));
}
