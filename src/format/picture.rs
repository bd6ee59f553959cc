//! Pictures as they are published: of sizes that screens have, upright, and without what a camera or a program wrote beside the picture: place,
//! time, owner, serial number (EXIF, XMP, IPTC). The one doorway to `image`, `fast_image_resize`, `jpeg-encoder` and `img-parts`.
//!
//! Photographs become JPEG, drawings stay PNG. Deliberately absent: WebP and AVIF for readers. No lossy encoder of either is free of C, and a
//! progressive JPEG of the right width is most of the gain. A picture that moves (GIF) and a drawing of lines (SVG) are published as they are.

use fast_image_resize::images::Image;
use fast_image_resize::{PixelType, Resizer};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits};
use img_parts::{Bytes, ImageEXIF, jpeg, png, webp};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use serde::{Deserialize, Serialize};
use std::io::{BufRead, Cursor, Seek};

/// The shape of what [`cut`] makes: with another, the same picture comes out otherwise.
pub const VERSION: u32 = 1;

/// What the site knows of a picture without its pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// In pixels, upright.
    pub width: u32,
    /// In pixels, upright.
    pub height: u32,
    pub form: Form,
}

/// What a picture is published as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// JPEG.
    Photograph,
    /// PNG.
    Drawing,
    /// The file, byte for byte.
    AsItIs,
}

/// What is cut from a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cut {
    /// All of it, pixel for pixel and in its own format: to take away.
    Whole,
    /// So many pixels wide, at most as wide as it is: to look at.
    Wide(u32),
}

/// A picture as a page shows it: addresses with their slots.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Picture {
    /// For who can have only one: of a middle size.
    pub url: String,
    /// Width and height of the largest, in pixels, where they are known.
    pub size: Option<(u32, u32)>,
    /// Each width that there is, narrowest first; none where there is but one.
    pub widths: Vec<(u32, String)>,
}

/// The file is no picture, or is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damaged;

/// The widths of screens: a phone, a tablet or a column of text, the same on a screen of twice as many points.
const WIDTHS: [u32; 3] = [480, 960, 1600];

/// A file of so few bytes is not worth cutting narrower.
const SMALL: u64 = 60 << 10;

/// So many hundredths of a byte a pixel no drawing takes in PNG.
const PHOTOGRAPH: u64 = 80;

/// The quality of photographs, of 100.
const QUALITY: u8 = 78;

/// The quality of a photograph that must be turned: who takes it away sees no difference.
const QUALITY_WHOLE: u8 = 92;

impl Measure {
    /// What `input`, a file of `len` bytes, is; `None` if it is no picture that can be cut. Reads the head of the file alone.
    pub fn of(input: impl BufRead + Seek, len: u64) -> Option<Measure> {
        let reader = ImageReader::new(input).with_guessed_format().ok()?;
        let format = reader.format()?;
        let mut decoder = reader.into_decoder().ok()?;
        let (width, height) = decoder.dimensions();
        let turned = decoder.orientation().is_ok_and(swaps);
        let dense = len.saturating_mul(100) > u64::from(width) * u64::from(height) * PHOTOGRAPH;
        let form = match format {
            ImageFormat::Png if !dense => Form::Drawing,
            ImageFormat::WebP if decoder.color_type().has_alpha() => Form::Drawing,
            _ => Form::Photograph,
        };
        let (width, height) = if turned { (height, width) } else { (width, height) };
        Some(Measure { width, height, form })
    }

    /// The widths in which the file of `len` bytes is published, narrowest first.
    pub fn widths(&self, len: u64) -> Vec<u32> {
        // The last is the picture's own, or the widest of all; one nearly as wide would be of no use.
        let own = self.width.min(WIDTHS[WIDTHS.len() - 1]);
        let narrower = WIDTHS.into_iter().filter(|width| len > SMALL && width * 6 / 5 <= own);
        narrower.chain([own]).collect()
    }

    /// The height at this `width`.
    pub fn height_at(&self, width: u32) -> u32 {
        let height = (u64::from(self.height) * u64::from(width) + u64::from(self.width) / 2) / u64::from(self.width.max(1));
        u32::try_from(height).unwrap_or(u32::MAX).max(1)
    }
}

impl Form {
    /// The name under which the cut of this `width` of the file `path` is published: `zal.jpg` becomes `zal.960.jpg`, and a photograph that
    /// was no JPEG, `zal.png`, `zal-png.960.jpg`.
    pub fn name(self, path: &str, width: u32) -> String {
        let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
        let lower = ending.to_lowercase();
        let (same, own) = match self {
            Form::Photograph => (matches!(lower.as_str(), "jpg" | "jpeg"), "jpg"),
            Form::Drawing => (lower == "png", "png"),
            Form::AsItIs => return path.to_owned(),
        };
        if same { format!("{stem}.{width}.{ending}") } else { format!("{stem}-{lower}.{width}.{own}") }
    }
}

impl Picture {
    /// The value of the attribute `srcset` (HTML, 4.8.4.2.1); empty where there is nothing to choose.
    pub fn srcset(&self) -> String {
        let one = |(width, url): &(u32, String)| format!("{url} {width}w");
        self.widths.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

/// The bytes of each of `cuts` of the picture `bytes`, which is published as `form`.
///
/// # Errors
/// Where `bytes` are no picture, are damaged, or would take more than half a gigabyte in memory.
pub fn cut(bytes: &[u8], form: Form, cuts: &[Cut]) -> Result<Vec<Vec<u8>>, Damaged> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| Damaged)?;
    let format = reader.format().ok_or(Damaged)?;
    let mut decoder = reader.into_decoder().map_err(|_| Damaged)?;
    decoder.set_limits(Limits::default()).map_err(|_| Damaged)?;
    let upright = decoder.orientation().map_err(|_| Damaged)?;
    let profile = decoder.icc_profile().ok().flatten();
    let is_turned = upright != image::metadata::Orientation::NoTransforms;
    // Even where only the bytes beside it are dropped: a damaged picture should be told of before it is published.
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Damaged)?;
    picture.apply_orientation(upright);
    let bare = if is_turned { None } else { Some(without_metadata(bytes, format)?) };
    let whole_form = if format == ImageFormat::Jpeg { Form::Photograph } else { Form::Drawing };
    let mut out = Vec::with_capacity(cuts.len());
    for cut in cuts {
        out.push(match (cut, &bare) {
            (Cut::Whole, Some(bare)) => bare.clone(),
            (Cut::Whole, None) => encoded(&picture, whole_form, QUALITY_WHOLE, profile.as_deref())?,
            (Cut::Wide(width), bare) => {
                let made = encoded(&narrowed(&picture, *width)?, form, QUALITY, profile.as_deref())?;
                let same_format = format == if form == Form::Photograph { ImageFormat::Jpeg } else { ImageFormat::Png };
                match bare {
                    // The editor's own file was better than ours.
                    Some(bare) if same_format && *width == picture.width() && bare.len() <= made.len() => bare.clone(),
                    _ => made,
                }
            }
        });
    }
    Ok(out)
}

fn swaps(orientation: image::metadata::Orientation) -> bool {
    use image::metadata::Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

/// `picture` in `width` pixels, eight bits a channel.
fn narrowed(picture: &DynamicImage, width: u32) -> Result<DynamicImage, Damaged> {
    let measure = Measure { width: picture.width(), height: picture.height(), form: Form::AsItIs };
    let (width, height) = (width.min(measure.width), measure.height_at(width.min(measure.width)));
    let alpha = picture.color().has_alpha();
    let (pixels, kind) =
        if alpha { (picture.to_rgba8().into_raw(), PixelType::U8x4) } else { (picture.to_rgb8().into_raw(), PixelType::U8x3) };
    let from = Image::from_vec_u8(measure.width, measure.height, pixels, kind).map_err(|_| Damaged)?;
    let mut to = Image::new(width, height, kind);
    Resizer::new().resize(&from, &mut to, None).map_err(|_| Damaged)?;
    let pixels = to.into_vec();
    let made = if alpha {
        image::RgbaImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgba8)
    } else {
        image::RgbImage::from_raw(width, height, pixels).map(DynamicImage::ImageRgb8)
    };
    made.ok_or(Damaged)
}

fn encoded(picture: &DynamicImage, form: Form, quality: u8, profile: Option<&[u8]>) -> Result<Vec<u8>, Damaged> {
    let (width, height) = (picture.width(), picture.height());
    let mut out = Vec::new();
    if form == Form::Photograph {
        let pixels = on_white(picture);
        let (Ok(width), Ok(height)) = (u16::try_from(width), u16::try_from(height)) else { return Err(Damaged) };
        let mut encoder = Encoder::new(&mut out, quality);
        encoder.set_progressive(true);
        encoder.set_optimized_huffman_tables(true);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
        // A colour space too large for the segments of a JPEG is no more than a small loss of colour.
        let _ = profile.map(|profile| encoder.add_icc_profile(profile));
        encoder.encode(&pixels, width, height, ColorType::Rgb).map_err(|_| Damaged)?;
    } else {
        let mut encoder = PngEncoder::new_with_quality(&mut out, CompressionType::Best, FilterType::Adaptive);
        let _ = profile.map(|profile| encoder.set_icc_profile(profile.to_vec()));
        let (pixels, kind) = if picture.color().has_alpha() {
            (picture.to_rgba8().into_raw(), ExtendedColorType::Rgba8)
        } else {
            (picture.to_rgb8().into_raw(), ExtendedColorType::Rgb8)
        };
        encoder.write_image(&pixels, width, height, kind).map_err(|_| Damaged)?;
    }
    Ok(out)
}

/// The pixels as red, green, blue; what is seen through is white.
fn on_white(picture: &DynamicImage) -> Vec<u8> {
    if !picture.color().has_alpha() {
        return picture.to_rgb8().into_raw();
    }
    let over = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        u8::try_from((value * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
    };
    picture.to_rgba8().pixels().flat_map(|p| [over(p[0], p[3]), over(p[1], p[3]), over(p[2], p[3])]).collect()
}

/// The same picture, pixel for pixel, without what is written beside it. The colour space stays.
fn without_metadata(bytes: &[u8], format: ImageFormat) -> Result<Vec<u8>, Damaged> {
    let bytes = Bytes::copy_from_slice(bytes);
    let bare = match format {
        ImageFormat::Jpeg => {
            let mut picture = jpeg::Jpeg::from_bytes(bytes).map_err(|_| Damaged)?;
            // ITU-T T.81, B.2.4.6: APP0 is JFIF, APP2 a colour space, APP14 how colours are meant; all others and comments only tell.
            let told = |marker: u8| matches!(marker, jpeg::markers::APP0..=jpeg::markers::APP15 | jpeg::markers::COM);
            let kept = [jpeg::markers::APP0, jpeg::markers::APP2, jpeg::markers::APP14];
            let profile = |segment: &jpeg::JpegSegment| segment.contents().starts_with(b"ICC_PROFILE\0");
            picture.segments_mut().retain(|segment| {
                let marker = segment.marker();
                !told(marker) || kept.contains(&marker) && (marker != jpeg::markers::APP2 || profile(segment))
            });
            picture.encoder().bytes()
        }
        ImageFormat::Png => {
            let mut picture = png::Png::from_bytes(bytes).map_err(|_| Damaged)?;
            // W3C PNG, 11.3: these alone say how the picture looks.
            let kept = [
                b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD", b"pHYs",
                b"acTL", b"fcTL", b"fdAT",
            ];
            picture.chunks_mut().retain(|chunk| kept.contains(&&chunk.kind()));
            picture.encoder().bytes()
        }
        ImageFormat::WebP => {
            let mut picture = webp::WebP::from_bytes(bytes).map_err(|_| Damaged)?;
            picture.set_exif(None);
            picture.remove_chunks_by_id(*b"XMP ");
            picture.encoder().bytes()
        }
        _ => return Err(Damaged),
    };
    Ok(bare.to_vec())
}
