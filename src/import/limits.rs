//! How large a plan may be. Real ones are hundreds of times smaller; a file beyond is a mistake or an attack.

/// Bytes of the file. The shell looks before it reads.
pub const FILE: u64 = 32 << 20;
/// Bytes of one member of an archive, unpacked.
pub const MEMBER: u64 = 48 << 20;
/// Bytes of all members that are read, unpacked.
pub const MEMBERS: u64 = 96 << 20;
/// Entries of an archive.
pub const ENTRIES: usize = 10_000;
/// Levels of XML and of tables within tables.
pub const DEPTH: usize = 256;
/// Columns of a table.
pub const COLUMNS: usize = 256;
/// Cells of all tables, counting a merged one in each of its rows.
pub const CELLS: usize = 300_000;
/// Bytes of the text of all cells, counting a merged one in each of its rows.
pub const TEXT: usize = 16 << 20;
