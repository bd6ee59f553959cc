//! Groups: entries that share an area, a form, an institution, a person …

use super::EntryId;
use crate::value::collation::sort_key;
use crate::value::person::surname_first;
use crate::value::slug::slug;
use std::collections::HashMap;

/// What entries are grouped by. The order is that of the site map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    Areas,
    Forms,
    Organisations,
    Territories,
    People,
    Audiences,
    Competencies,
    Tags,
    Series,
}

impl Dimension {
    /// All of them, in order.
    pub const ALL: [Dimension; 9] = [
        Dimension::Areas,
        Dimension::Forms,
        Dimension::Organisations,
        Dimension::Territories,
        Dimension::People,
        Dimension::Audiences,
        Dimension::Competencies,
        Dimension::Tags,
        Dimension::Series,
    ];

    /// The folder of the site, and the name in templates.
    pub fn folder(self) -> &'static str {
        match self {
            Dimension::Areas => "areas",
            Dimension::Forms => "forms",
            Dimension::Organisations => "organisations",
            Dimension::Territories => "territories",
            Dimension::People => "people",
            Dimension::Audiences => "audiences",
            Dimension::Competencies => "competencies",
            Dimension::Tags => "tags",
            Dimension::Series => "series",
        }
    }
}

/// One group by its dimension and its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId {
    pub dimension: Dimension,
    pub index: u32,
}

/// One group.
#[derive(Debug, Clone)]
pub struct Group {
    /// The last part of its address.
    pub slug: String,
    pub name: String,
    /// The entry of the registry that it stands for.
    pub registered: Option<usize>,
    /// Newest first.
    pub members: Vec<EntryId>,
}

/// All groups of a site.
#[derive(Debug, Clone, Default)]
pub struct Groups {
    all: [Vec<Group>; 9],
    /// The place of each group by the key of its mentions.
    by_key: [HashMap<String, u32>; 9],
}

impl Groups {
    /// The groups of `dimension`, in the order of their names.
    pub fn of(&self, dimension: Dimension) -> &[Group] {
        &self.all[dimension as usize]
    }

    /// The group `id`.
    pub fn get(&self, id: GroupId) -> &Group {
        &self.all[id.dimension as usize][id.index as usize]
    }

    /// The group of `dimension` that is mentioned by `key`, see [`Mention::key`].
    pub fn find(&self, dimension: Dimension, key: &str) -> Option<GroupId> {
        self.by_key[dimension as usize].get(key).map(|index| GroupId { dimension, index: *index })
    }

    /// The address of the group `id`, `areas/metodicheskoe-soprovozhdenie/`.
    pub fn address(&self, id: GroupId) -> String {
        format!("{}/{}/", id.dimension.folder(), self.get(id).slug)
    }

    /// Every group with its id.
    pub fn iter(&self) -> impl Iterator<Item = (GroupId, &Group)> {
        Dimension::ALL.into_iter().flat_map(move |dimension| {
            self.of(dimension).iter().enumerate().map(move |(index, group)| (GroupId { dimension, index: index as u32 }, group))
        })
    }
}

/// What a document says of its membership: the key that makes spellings one, the name to show, the id of a registered one.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    pub dimension: Dimension,
    /// Equal for all spellings of one name.
    pub key: String,
    pub name: String,
    pub id: Option<String>,
    pub registered: Option<usize>,
}

/// Gathers the groups from the mentions of all entries (`mentions[entry]`), and gives back the groups of each entry.
///
/// An entry of a registry has a group as soon as something belongs to it, and those of `always` from the beginning; the first mention gives an unregistered group its name. Two
/// names with one address get `-2`, in the order of their keys, so that the order of files does not matter.
pub fn gather(mentions: &[Vec<Mention>], always: &[Mention], newest_first: &[EntryId]) -> (Groups, Vec<Vec<GroupId>>) {
    let mut groups = Groups::default();
    let mut found: [HashMap<&str, (&Mention, Vec<EntryId>)>; 9] = Default::default();
    for entry in newest_first {
        for mention in &mentions[entry.index()] {
            let (_, members) = found[mention.dimension as usize].entry(&mention.key).or_insert_with(|| (mention, Vec::new()));
            if members.last() != Some(entry) {
                members.push(*entry);
            }
        }
    }
    for mention in always {
        found[mention.dimension as usize].entry(&mention.key).or_insert_with(|| (mention, Vec::new()));
    }
    let mut memberships = vec![Vec::new(); mentions.len()];
    for dimension in Dimension::ALL {
        let mut list: Vec<(&str, &Mention, Vec<EntryId>)> =
            std::mem::take(&mut found[dimension as usize]).into_iter().map(|(key, (mention, members))| (key, mention, members)).collect();
        list.sort_by(|a, b| a.0.cmp(b.0));
        let mut used: HashMap<String, usize> = HashMap::new();
        let mut made: Vec<(&str, Group)> = list
            .into_iter()
            .map(|(key, mention, members)| {
                let base = mention.id.clone().unwrap_or_else(|| slug(&mention.name));
                let base = if base.is_empty() { "x".to_owned() } else { base };
                let count = used.entry(base.clone()).or_insert(0);
                *count += 1;
                let slug = if *count == 1 { base } else { format!("{base}-{count}") };
                (key, Group { slug, name: mention.name.clone(), registered: mention.registered, members })
            })
            .collect();
        made.sort_by_cached_key(|(_, group)| {
            let name = if dimension == Dimension::People { surname_first(&group.name) } else { group.name.clone() };
            (sort_key(&name), group.slug.clone())
        });
        for (index, (key, group)) in made.iter().enumerate() {
            groups.by_key[dimension as usize].insert((*key).to_owned(), index as u32);
            for entry in &group.members {
                memberships[entry.index()].push(GroupId { dimension, index: index as u32 });
            }
        }
        groups.all[dimension as usize] = made.into_iter().map(|(_, group)| group).collect();
    }
    (groups, memberships)
}
