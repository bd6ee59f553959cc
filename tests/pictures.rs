//! Pictures: cut to the widths of screens, upright, without what the camera wrote; the original stays at home.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod common;

use common::{Random, Temp, run_in};
use image::{DynamicImage, GenericImageView, RgbImage, RgbaImage};
use jpeg_encoder::{ColorType, Encoder};
use metodika::format::picture::{self, Cut, Measure};
use std::fs;
use std::time::SystemTime;

/// What a camera writes (Exif 3.0): the orientation, the maker, and where it was.
fn exif(orientation: u8) -> Vec<u8> {
    let mut out = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value].concat()
    };
    out.extend(3u16.to_le_bytes());
    out.extend(entry(0x010f, 2, 4, *b"Cam\0"));
    out.extend(entry(0x0112, 3, 1, [orientation, 0, 0, 0]));
    out.extend(entry(0x8825, 4, 1, 50u32.to_le_bytes()));
    out.extend(0u32.to_le_bytes());
    // The folder of GPS, at byte 50: north.
    out.extend(1u16.to_le_bytes());
    out.extend(entry(0x0001, 2, 2, *b"N\0\0\0"));
    out.extend(0u32.to_le_bytes());
    out
}

/// A photograph: red on the left, blue on the right, with what a camera and an editor's program write.
fn photograph(width: u16, height: u16, orientation: u8) -> Vec<u8> {
    let pixels: Vec<u8> = (0..height)
        .flat_map(|y| {
            (0..width).flat_map(move |x| {
                let grain = ((u32::from(x) * 7919 + u32::from(y) * 104_729) % 60) as u8;
                if x < width / 2 { [190 + grain, grain, 20] } else { [20, grain, 190 + grain] }
            })
        })
        .collect();
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, 90);
    encoder.add_app_segment(1, exif(orientation)).expect("a segment");
    encoder.add_app_segment(1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Tula</x:xmpmeta>".to_vec()).expect("a segment");
    encoder.add_app_segment(13, b"Photoshop 3.0\0Ivanova".to_vec()).expect("a segment");
    encoder.encode(&pixels, width, height, ColorType::Rgb).expect("a photograph");
    out
}

fn png(picture: impl Into<DynamicImage>) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    picture.into().write_to(&mut out, image::ImageFormat::Png).expect("a drawing");
    out.into_inner()
}

fn site(name: &str) -> Temp {
    let temp = Temp::new(name);
    temp.write("content/site.yaml", "title: Сайт\nbase_url: https://example.org/\n");
    temp
}

fn built(temp: &Temp) {
    let run = run_in(&temp.0, &["build", "--today", "2024-10-15", "--strict"]);
    assert_eq!(run.status, 0, "{}", run.err);
}

fn is_told(bytes: &[u8]) -> bool {
    ["Exif", "Cam\0", "xmpmeta", "Photoshop", "Ivanova", "Tula"].iter().any(|word| memchr::memmem::find(bytes, word.as_bytes()).is_some())
}

#[test]
fn a_photograph_is_published_upright_in_the_widths_of_screens_and_tells_nothing() {
    let temp = site("pictures-photo");
    let text = format!("---\nназвание: Семинар\nдата: 2024-10-01\n---\n{}\n\n![зал](зал.JPG)\n", "Слово. ".repeat(100));
    temp.write("content/workshops/seminar/index.md", text);
    let original = photograph(2000, 1000, 6);
    assert!(is_told(&original));
    temp.write("content/workshops/seminar/зал.JPG", &original);
    built(&temp);

    // On its side: a thousand wide, two thousand high.
    assert_eq!(temp.list("public/files/workshops/seminar"), ["зал.1000.JPG", "зал.480.JPG"]);
    for (name, size) in [("зал.1000.JPG", (1000, 2000)), ("зал.480.JPG", (480, 960))] {
        let bytes = fs::read(temp.0.join("public/files/workshops/seminar").join(name)).expect("a picture");
        assert!(!is_told(&bytes), "{name} tells");
        assert!(bytes.len() < original.len(), "{name} is {} bytes, the original {}", bytes.len(), original.len());
        let picture = image::load_from_memory(&bytes).expect("a picture");
        assert_eq!(picture.dimensions(), size);
        // Turned by a quarter: what was on the left is above.
        assert!(picture.get_pixel(size.0 / 2, 10).0[0] > 150 && picture.get_pixel(size.0 / 2, size.1 - 10).0[2] > 150, "{name} is upright");
    }
    let page = temp.read("public/workshops/seminar/index.html");
    let encoded = "../../files/workshops/seminar/%D0%B7%D0%B0%D0%BB";
    let srcset = format!("width=\"1000\" height=\"2000\" srcset=\"{encoded}.480.JPG 480w, {encoded}.1000.JPG 1000w\"");
    assert!(page.contains(&srcset) && page.contains("loading=\"lazy\""), "{page}");
}

#[test]
fn a_cover_is_wanted_at_once_and_stands_for_the_page_elsewhere() {
    let temp = site("pictures-cover");
    temp.write(
        "content/news/a/index.md",
        "---\nназвание: Новость\nдата: 2024-10-01\nобложка: {file: zal.jpg, alt: Читальный зал}\n---\nТекст.\n",
    );
    temp.write("content/news/a/zal.jpg", photograph(3000, 1500, 1));
    built(&temp);
    let page = temp.read("public/news/a/index.html");
    let img = page.lines().find(|line| line.contains("<img")).expect("a picture");
    assert!(img.contains("zal.480.jpg 480w") && img.contains("zal.1600.jpg 1600w") && img.contains("fetchpriority=\"high\""), "{img}");
    assert!(!img.contains("loading=") && img.contains("width=\"1600\" height=\"800\""), "{img}");
    assert!(page.contains("<meta property=\"og:image\" content=\"https://example.org/files/news/a/zal.1600.jpg\">"), "{page}");
}

#[test]
fn a_picture_to_take_away_stays_pixel_for_pixel_and_tells_nothing() {
    let temp = site("pictures-whole");
    temp.write(
        "content/news/a/index.md",
        "---\nназвание: Новость\nдата: 2024-10-01\nфайлы: [{file: afisha.jpg, title: Афиша}]\n---\n[Крупно](afisha.jpg)\n",
    );
    let original = photograph(900, 600, 1);
    temp.write("content/news/a/afisha.jpg", &original);
    built(&temp);
    let published = fs::read(temp.0.join("public/files/news/a/afisha.jpg")).expect("the poster");
    assert!(!is_told(&published));
    assert_eq!(image::load_from_memory(&published).unwrap().to_rgb8(), image::load_from_memory(&original).unwrap().to_rgb8());
}

#[test]
fn drawings_stay_png_and_photographs_in_png_become_jpeg() {
    let temp = site("pictures-png");
    let body = "---\nназвание: Новость\nдата: 2024-10-01\n---\n![схема](shema.png)\n\n![снимок](snimok.png)\n\n![значок](znak.png)\n";
    temp.write("content/news/a/index.md", body);
    temp.write(
        "content/news/a/shema.png",
        png(RgbImage::from_fn(1200, 800, |x, _| image::Rgb(if x % 40 < 20 { [0; 3] } else { [255; 3] }))),
    );
    let noise = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).wrapping_mul(2_246_822_519).to_le_bytes();
    temp.write(
        "content/news/a/snimok.png",
        png(RgbImage::from_fn(700, 500, |x, y| {
            let n = noise(x, y);
            image::Rgb([n[1], n[2], n[3]])
        })),
    );
    temp.write("content/news/a/znak.png", png(RgbaImage::from_fn(64, 64, |x, _| image::Rgba([0, 0, 0, if x < 32 { 0 } else { 255 }]))));
    built(&temp);
    assert_eq!(temp.list("public/files/news/a"), ["shema.1200.png", "snimok-png.480.jpg", "snimok-png.700.jpg", "znak.64.png"]);
    let sign = image::load_from_memory(&fs::read(temp.0.join("public/files/news/a/znak.64.png")).unwrap()).unwrap();
    assert_eq!(sign.get_pixel(0, 0).0[3], 0, "what is seen through stays so");
}

#[test]
fn an_unchanged_picture_is_not_cut_again() {
    let temp = site("pictures-again");
    temp.write("content/news/a/index.md", "---\nназвание: Новость\nдата: 2024-10-01\n---\n![зал](zal.jpg)\n");
    temp.write("content/news/a/zal.jpg", photograph(1000, 700, 1));
    built(&temp);
    let folder = ".metodika/pictures";
    let times = |temp: &Temp| -> Vec<(String, SystemTime)> {
        let time = |name: &String| fs::metadata(temp.0.join(folder).join(name)).unwrap().modified().unwrap();
        temp.list(folder).into_iter().filter(|name| !name.starts_with("title-")).map(|name| (name.clone(), time(&name))).collect()
    };
    let first = times(&temp);
    assert_eq!(first.len(), 2);
    temp.write("content/news/a/index.md", "---\nназвание: Другая новость\nдата: 2024-10-01\n---\n![зал](zal.jpg)\n");
    built(&temp);
    assert_eq!(times(&temp), first);
    // Another picture in its place: the cuts of the first go.
    temp.write("content/news/a/zal.jpg", photograph(1000, 701, 1));
    built(&temp);
    let second = times(&temp);
    assert_eq!(second.len(), 2);
    assert!(second.iter().all(|(name, _)| !first.iter().any(|(old, _)| old == name)), "{second:?}");
}

#[test]
fn half_a_photograph_stops_the_build_and_the_site_stays() {
    let temp = site("pictures-half");
    temp.write("content/news/a/index.md", "---\nназвание: Новость\nдата: 2024-10-01\n---\n![зал](zal.jpg)\n");
    let whole = photograph(1000, 700, 1);
    temp.write("content/news/a/zal.jpg", &whole);
    built(&temp);
    let before = fs::read(temp.0.join("public/files/news/a/zal.1000.jpg")).unwrap();
    temp.write("content/news/a/zal.jpg", &whole[..300]);
    let run = run_in(&temp.0, &["build", "--today", "2024-10-15"]);
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.err.contains("damaged-picture") && run.err.contains("zal.jpg"), "{}", run.err);
    assert_eq!(fs::read(temp.0.join("public/files/news/a/zal.1000.jpg")).unwrap(), before);
}

#[test]
fn whatever_is_called_a_picture_is_cut_or_refused() {
    let small = RgbImage::from_fn(40, 30, |x, y| image::Rgb([x as u8, y as u8, 7]));
    let mut webp = std::io::Cursor::new(Vec::new());
    DynamicImage::from(small.clone()).write_to(&mut webp, image::ImageFormat::WebP).expect("a picture");
    let whole = [photograph(64, 48, 6), png(small), webp.into_inner()];
    let mut random = Random(0x0f0c_a5ed);
    for round in 0..300 {
        let mut bytes = random.of(&whole).clone();
        if round > 2 {
            for _ in 0..1 + random.below(6) {
                let at = random.below(bytes.len());
                bytes[at] = random.below(256) as u8;
            }
            if random.below(4) == 0 {
                bytes.truncate(random.below(bytes.len()));
            }
        }
        let measure = Measure::of(std::io::Cursor::new(&bytes), bytes.len() as u64);
        // One that claims to be huge is not decoded here: it only takes time.
        let Some(measure) = measure.filter(|measure| measure.width < 2000 && measure.height < 2000) else { continue };
        let widths: Vec<Cut> = measure.widths(1 << 20).into_iter().map(Cut::Wide).chain([Cut::Whole]).collect();
        if let Ok(made) = picture::cut(&bytes, measure.form, &widths) {
            for (bytes, cut) in made.iter().zip(widths) {
                let size = image::load_from_memory(bytes).expect("a picture").dimensions();
                if let Cut::Wide(width) = cut {
                    assert_eq!(size, (width, measure.height_at(width)));
                }
            }
        }
    }
}

#[test]
fn a_page_without_a_cover_has_a_picture_with_its_title() {
    let temp = site("pictures-title");
    let seminar = "---\nназвание: «Чтение» — семинар\nдата: 2024-11-07\n---\nТекст.\n";
    temp.write("content/workshops/seminar.md", seminar);
    built(&temp);
    let size = |path: &str| image::load_from_memory(&fs::read(temp.0.join(path)).expect(path)).expect("a picture").dimensions();
    assert_eq!(size("public/workshops/seminar/title.png"), (1200, 630));
    assert_eq!(size("public/title.png"), (1200, 630));
    let image = |page: &str| {
        let page = temp.read(page);
        let line = page.lines().find(|line| line.contains("og:image")).expect("a picture").to_owned();
        line.split('"').nth(3).expect("an address").to_owned()
    };
    assert_eq!(image("public/workshops/seminar/index.html"), "https://example.org/workshops/seminar/title.png");
    assert_eq!(image("public/calendar/index.html"), "https://example.org/title.png");

    // Another title, another picture; the same, the same.
    let first = fs::read(temp.0.join("public/workshops/seminar/title.png")).unwrap();
    temp.write("content/workshops/seminar.md", seminar.replace("Текст", "Другой текст"));
    built(&temp);
    assert_eq!(fs::read(temp.0.join("public/workshops/seminar/title.png")).unwrap(), first);
    temp.write("content/workshops/seminar.md", seminar.replace("«Чтение»", "«Письмо»"));
    built(&temp);
    assert_ne!(fs::read(temp.0.join("public/workshops/seminar/title.png")).unwrap(), first);

    temp.write("content/site.yaml", "title: Сайт\nbase_url: https://example.org/\nlink_pictures: false\n");
    built(&temp);
    assert!(!temp.0.join("public/title.png").exists() && !temp.read("public/index.html").contains("og:image"));
}
