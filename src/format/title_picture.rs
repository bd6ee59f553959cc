//! The picture of a page for those who show links as pictures: messengers, social networks (Open Graph protocol, `og:image`). Its title in large
//! letters on the site's paper. The one doorway to `ab_glyph` and `png`.
//!
//! A site has as many of them as documents, so a picture costs as little as may be: letters are drawn once and then copied, a pixel is four bits of
//! a palette, and what is not letters is the zeros that the memory came with.

use ab_glyph::{Font, FontRef, Glyph, GlyphId, PxScale, ScaleFont};
use std::collections::HashMap;

/// Width in pixels: what the networks ask for.
pub const WIDTH: u32 = 1200;
/// Height in pixels.
pub const HEIGHT: u32 = 630;

/// The shape of what [`png`] makes: with another, the same words come out otherwise.
pub const VERSION: u32 = 1;

/// What stands on the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitlePicture {
    /// A line above the title: kind, date, place.
    pub above: String,
    pub title: String,
    /// A line at the foot: whose site it is.
    pub foot: String,
    pub colours: Colours,
}

/// Red, green and blue of what stands on the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colours {
    pub paper: [u8; 3],
    pub ink: [u8; 3],
    pub accent: [u8; 3],
}

/// Letters in the sizes of the picture, drawn once.
#[derive(Debug)]
pub struct Letters {
    small: Case,
    /// Largest first.
    titles: [Case; 3],
}

const REGULAR: &[u8] = include_bytes!("title_picture/PTSerif-Regular.ttf");
const BOLD: &[u8] = include_bytes!("title_picture/PTSerif-Bold.ttf");

/// Letters that nearly every title is made of; others are drawn when they are met.
const USUAL: &str = "абвгдежзийклмнопрстуфхцчшщъыьэюяёАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁabcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 \u{a0}.,:;!?«»„“”’()–—-/№%+&…·";

/// Pixels of one letter: how much of each is covered, 0 to 8.
#[derive(Debug, Clone)]
struct Letter {
    advance: f32,
    left: i32,
    top: i32,
    width: usize,
    covered: Box<[u8]>,
}

/// A face in one size.
#[derive(Debug)]
struct Case {
    face: &'static [u8],
    size: f32,
    letters: HashMap<char, Letter>,
}

/// A colour of the palette: where its shades begin, and how many there are besides the paper.
#[derive(Clone, Copy)]
struct Shades {
    from: u8,
    steps: u8,
}

/// The palette: the paper, then seven shades of ink, then eight of the accent.
const INK: Shades = Shades { from: 0, steps: 7 };
const ACCENT: Shades = Shades { from: 7, steps: 8 };

const LEFT: i32 = 80;
const COLUMN: f32 = 1040.0;
const BYTES_IN_ROW: usize = WIDTH as usize / 2;

/// The sizes of a title and how many lines of each there is room for.
const TITLE: [(f32, usize); 3] = [(70.0, 3), (58.0, 4), (46.0, 5)];

impl Letters {
    /// Draws the usual letters: some ten milliseconds.
    pub fn new() -> Letters {
        Letters { small: Case::new(REGULAR, 34.0), titles: TITLE.map(|(size, _)| Case::new(BOLD, size)) }
    }
}

impl Default for Letters {
    fn default() -> Letters {
        Letters::new()
    }
}

/// The picture as PNG.
pub fn png(of: &TitlePicture, letters: &Letters) -> Vec<u8> {
    let mut pixels = vec![0; BYTES_IN_ROW * HEIGHT as usize];
    bar(&mut pixels, LEFT, 72, 96, 8, ACCENT);
    line(&mut pixels, &letters.small, &shortened(&letters.small, &of.above), LEFT, 142, ACCENT);
    let (case, lines) = set(&of.title, letters);
    let step = (case.size * 1.2) as i32;
    let first = 170 + step;
    for (n, text) in lines.iter().enumerate() {
        line(&mut pixels, case, text, LEFT, first + step * i32::try_from(n).unwrap_or(0), INK);
    }
    bar(&mut pixels, LEFT, 520, 1040, 2, Shades { from: 1, steps: 1 });
    line(&mut pixels, &letters.small, &shortened(&letters.small, &of.foot), LEFT, 570, INK);
    encoded(&pixels, &of.colours)
}

/// The title in the largest size in which all of it fits; in the smallest it is cut.
fn set<'l>(title: &str, letters: &'l Letters) -> (&'l Case, Vec<String>) {
    let last = TITLE.len() - 1;
    for (n, (case, (_, most))) in letters.titles.iter().zip(TITLE).enumerate() {
        let mut lines = wrapped(case, title);
        if lines.len() <= most || n == last {
            if lines.len() > most {
                lines.truncate(most);
                if let Some(line) = lines.last_mut() {
                    *line = shortened(case, &format!("{line} …"));
                    if !line.ends_with('…') {
                        line.push('…');
                    }
                }
            }
            return (case, lines);
        }
    }
    (&letters.titles[last], Vec::new())
}

/// The lines of `text`: broken between words, a word longer than a line within.
fn wrapped(case: &Case, text: &str) -> Vec<String> {
    let space = case.width(" ");
    let mut lines: Vec<String> = Vec::new();
    let mut filled = COLUMN;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let width = case.width(word);
        if let (true, Some(line)) = (filled + space + width <= COLUMN, lines.last_mut()) {
            line.push(' ');
            line.push_str(word);
            filled += space + width;
            continue;
        }
        lines.push(String::new());
        filled = 0.0;
        for letter in word.chars() {
            let advance = case.letter(letter).advance;
            if filled + advance > COLUMN {
                lines.push(String::new());
                filled = 0.0;
            }
            filled += advance;
            lines.last_mut().into_iter().for_each(|line| line.push(letter));
        }
    }
    lines
}

/// As much of `text` as fits on one line.
fn shortened(case: &Case, text: &str) -> String {
    if case.width(text) <= COLUMN {
        return text.to_owned();
    }
    let room = COLUMN - case.width("…");
    let mut out = String::new();
    let mut width = 0.0;
    for letter in text.chars() {
        width += case.letter(letter).advance;
        if width > room {
            break;
        }
        out.push(letter);
    }
    format!("{}…", out.trim_end_matches([' ', '\u{a0}', '.', ',', '…']))
}

impl Case {
    fn new(face: &'static [u8], size: f32) -> Case {
        let mut case = Case { face, size, letters: HashMap::new() };
        if let Ok(font) = FontRef::try_from_slice(face) {
            case.letters = USUAL.chars().map(|c| (c, drawn(&font, c, size))).collect();
        }
        case
    }

    fn letter(&self, c: char) -> std::borrow::Cow<'_, Letter> {
        match self.letters.get(&c) {
            Some(letter) => std::borrow::Cow::Borrowed(letter),
            None => {
                let none = Letter { advance: 0.0, left: 0, top: 0, width: 0, covered: Box::default() };
                std::borrow::Cow::Owned(FontRef::try_from_slice(self.face).map_or(none, |font| drawn(&font, c, self.size)))
            }
        }
    }

    fn width(&self, text: &str) -> f32 {
        text.chars().map(|c| self.letter(c).advance).sum()
    }
}

fn drawn(font: &FontRef, c: char, size: f32) -> Letter {
    // The size of letters as CSS has it: that of the em, not of the line.
    let scale = PxScale::from(size * font.height_unscaled() / font.units_per_em().unwrap_or(1000.0));
    let id = match font.glyph_id(c) {
        // What the face has not got leaves a gap, not a box.
        GlyphId(0) => font.glyph_id(' '),
        id => id,
    };
    let advance = font.as_scaled(scale).h_advance(id);
    let glyph: Glyph = id.with_scale(scale);
    let Some(outline) = font.outline_glyph(glyph) else {
        return Letter { advance, left: 0, top: 0, width: 0, covered: Box::default() };
    };
    let bounds = outline.px_bounds();
    let (width, height) = (bounds.width() as usize, bounds.height() as usize);
    let mut covered = vec![0; width * height].into_boxed_slice();
    outline.draw(|x, y, much| {
        if let Some(pixel) = covered.get_mut(y as usize * width + x as usize) {
            *pixel = (much.clamp(0.0, 1.0) * 8.0).round() as u8;
        }
    });
    Letter { advance, left: bounds.min.x as i32, top: bounds.min.y as i32, width, covered }
}

/// Puts a line of text with its baseline at `y`.
fn line(pixels: &mut [u8], case: &Case, text: &str, x: i32, y: i32, shades: Shades) {
    let mut at = x as f32;
    for c in text.chars() {
        let letter = case.letter(c);
        let (left, top) = (at.round() as i32 + letter.left, y + letter.top);
        for (n, row) in letter.covered.chunks(letter.width.max(1)).enumerate() {
            for (m, covered) in row.iter().enumerate().filter(|(_, covered)| **covered > 0) {
                put(pixels, left + m as i32, top + n as i32, shades.of(*covered));
            }
        }
        at += letter.advance;
    }
}

fn bar(pixels: &mut [u8], x: i32, y: i32, width: i32, height: i32, shades: Shades) {
    for row in y..y + height {
        (x..x + width).for_each(|column| put(pixels, column, row, shades.of(8)));
    }
}

impl Shades {
    /// The colour of a pixel of which so many eighths are covered.
    fn of(self, covered: u8) -> u8 {
        let step = (u16::from(covered) * u16::from(self.steps)).div_ceil(8);
        self.from + u8::try_from(step).unwrap_or(self.steps)
    }
}

/// Where letters meet, the darker pixel stays.
fn put(pixels: &mut [u8], x: i32, y: i32, colour: u8) {
    let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
    if x >= WIDTH as usize {
        return;
    }
    let Some(pair) = pixels.get_mut(y * BYTES_IN_ROW + x / 2) else { return };
    let shift = if x % 2 == 0 { 4 } else { 0 };
    let there = (*pair >> shift) & 0xf;
    *pair = (*pair & !(0xf << shift)) | (there.max(colour) << shift);
}

fn encoded(pixels: &[u8], colours: &Colours) -> Vec<u8> {
    let mix = |to: [u8; 3], step: u8, steps: u8| {
        [0, 1, 2].map(|n| {
            let (from, to, step, steps) = (i32::from(colours.paper[n]), i32::from(to[n]), i32::from(step), i32::from(steps));
            u8::try_from(from + (to - from) * step / steps).unwrap_or(0)
        })
    };
    let ink = (0..=7).flat_map(|step| mix(colours.ink, step, 7));
    let palette: Vec<u8> = ink.chain((1..=8).flat_map(|step| mix(colours.accent, step, 8))).collect();
    let mut out = Vec::with_capacity(16 << 10);
    let mut encoder = png::Encoder::new(&mut out, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Four);
    encoder.set_palette(palette);
    // A little larger than at the usual level, in half the time.
    encoder.set_deflate_compression(png::DeflateCompression::Level(2));
    encoder.set_filter(png::Filter::NoFilter);
    // Writing to memory cannot fail, and the sizes are those that the head says.
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(pixels));
    debug_assert!(written.is_ok());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLOURS: Colours = Colours { paper: [251, 248, 242], ink: [33, 30, 26], accent: [11, 85, 99] };

    fn pixels(above: &str, title: &str, foot: &str) -> (Vec<u8>, usize) {
        let [above, title, foot] = [above, title, foot].map(str::to_owned);
        let bytes = png(&TitlePicture { above, title, foot, colours: COLOURS }, &Letters::new());
        let mut decoder = png::Decoder::new(std::io::Cursor::new(&bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().expect("a picture");
        let mut out = vec![0; reader.output_buffer_size().expect("a size")];
        reader.next_frame(&mut out).expect("pixels");
        (out, bytes.len())
    }

    #[test]
    fn a_title_is_written_in_ink_on_paper() {
        let (blank, _) = pixels("", "", "");
        let (full, len) = pixels("Семинар · 18 марта 2015 г.", "Литературное краеведение: территория творчества", "Методический блог");
        assert_eq!(full.len(), (WIDTH * HEIGHT * 3) as usize);
        assert_eq!(&full[..3], &COLOURS.paper);
        let count = |pixels: &[u8], colour: [u8; 3]| pixels.chunks(3).filter(|pixel| **pixel == colour).count();
        assert_eq!(count(&blank, COLOURS.ink), 0);
        assert!(count(&full, COLOURS.ink) > 8000 && count(&full, COLOURS.accent) > count(&blank, COLOURS.accent) + 500);
        assert!(len < 40 << 10, "{len} bytes");
    }

    #[test]
    fn a_long_title_is_set_smaller_and_then_cut() {
        let letters = Letters::new();
        let sizes = |title: &str| {
            let (case, lines) = set(title, &letters);
            assert!(lines.iter().all(|line| case.width(line) <= COLUMN + case.width("…")), "{lines:?}");
            (case.size as u32, lines.len(), lines.last().is_some_and(|line| line.ends_with('…')))
        };
        assert_eq!(sizes("План"), (70, 1, false));
        assert_eq!(sizes(&"Слово ".repeat(18)), (58, 4, false));
        assert_eq!(sizes(&"Слово ".repeat(200)), (46, 5, true));
        assert_eq!(sizes(&"ж".repeat(3000)), (46, 5, true));
        assert_eq!(sizes(""), (70, 0, false));
    }

    #[test]
    fn a_letter_that_the_face_has_not_got_is_a_gap() {
        let (_, len) = pixels("", "漢字 𝔘", "");
        assert!(len > 100);
    }
}
