//! A map of places as inline SVG: circles at their coordinates, drawn when the site is built. No tiles, no script; the table beside it says
//! the same. The projection is equirectangular, with longitudes shortened by the cosine of the middle latitude (a plate carrée true to
//! scale there), which on the width of a region is as good as any.

use crate::site::coverage::Point;
use crate::value::html::escape;
use std::f64::consts::PI;
use std::fmt::Write;

/// A place on the map.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub name: String,
    pub point: Point,
    /// How many events it had; with none the circle is empty if there are some ahead, else hatched.
    pub count: usize,
    pub has_ahead: bool,
}

/// Units of the drawing: its width, its largest height, the room around the outermost places, and the size of letters.
const WIDTH: f64 = 720.0;
const HIGHEST: f64 = 480.0;
const MARGIN: f64 = 56.0;
const LETTERS: f64 = 15.0;
/// How wide a letter is on average, in sizes of letters.
const LETTER: f64 = 0.58;
/// The radius of a place that nothing reached, and of the one with most events.
const SMALLEST: f64 = 7.0;
const LARGEST: f64 = 22.0;

/// A box on the drawing: left, top, right, bottom.
type Area = [f64; 4];

/// The drawing with its title and what it tells in words; `id` tells it from others on the page.
pub(super) fn map(spots: &[Spot], id: &str, title: &str, description: &str) -> String {
    let middle = spots.iter().map(|spot| spot.point.lat).sum::<f64>() / spots.len().max(1) as f64;
    let flat = |point: Point| (point.lon * (middle * PI / 180.0).cos(), -point.lat);
    let (xs, ys): (Vec<f64>, Vec<f64>) = spots.iter().map(|spot| flat(spot.point)).unzip();
    let bounds = |all: &[f64]| (all.iter().copied().fold(f64::MAX, f64::min), all.iter().copied().fold(f64::MIN, f64::max));
    let ((left, right), (top, bottom)) = (bounds(&xs), bounds(&ys));
    let fits = |room: f64, span: f64| (room - 2.0 * MARGIN) / span.max(0.05);
    let scale = fits(WIDTH - 60.0, right - left).min(fits(HIGHEST, bottom - top));
    let height = ((bottom - top) * scale + 2.0 * MARGIN).max(2.0 * MARGIN);
    let inset = (WIDTH - (right - left) * scale) / 2.0;
    let places: Vec<(f64, f64)> = xs.iter().zip(&ys).map(|(x, y)| ((x - left) * scale + inset, (y - top) * scale + MARGIN)).collect();
    let most = spots.iter().map(|spot| spot.count).max().unwrap_or(0).max(1) as f64;
    // The area of a circle is as its number.
    let radius = |spot: &Spot| SMALLEST + (LARGEST - SMALLEST) * (spot.count as f64 / most).sqrt();

    let mut taken: Vec<Area> = places.iter().zip(spots).map(|((x, y), spot)| around(*x, *y, radius(spot))).collect();
    let mut out = format!(
        "<svg class=\"coverage-map\" viewBox=\"0 0 {WIDTH:.0} {height:.0}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">\
         <title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>\
         <defs><pattern id=\"{id}-h\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path d=\"M0 0V5\"/></pattern></defs>",
        escape(title),
        escape(description)
    );
    // The small lie above the large.
    let mut order: Vec<usize> = (0..spots.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(spots[*at].count));
    for at in &order {
        let (spot, (x, y)) = (&spots[*at], places[*at]);
        let (class, fill) = match (spot.count, spot.has_ahead) {
            (0, false) => ("missed", format!(" fill=\"url(#{id}-h)\"")),
            (0, true) => ("ahead", String::new()),
            _ => ("reached", String::new()),
        };
        let _ = write!(out, "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{:.1}\"{fill}/>", radius(spot));
    }
    for at in order {
        let (spot, (x, y)) = (&spots[at], places[at]);
        let text = if spot.count > 0 { format!("{} {}", spot.name, spot.count) } else { spot.name.clone() };
        let (place, anchor, area) = label(x, y, radius(spot), &text, &taken, height);
        taken.push(area);
        let _ = write!(out, "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}", place.0, place.1, escape(&spot.name));
        if spot.count > 0 {
            let _ = write!(out, " <tspan>{}</tspan>", spot.count);
        }
        out.push_str("</text>");
    }
    out + "</svg>"
}

fn around(x: f64, y: f64, r: f64) -> Area {
    [x - r, y - r, x + r, y + r]
}

/// Where a name stands: beside its circle, where it covers least of what is there.
fn label(x: f64, y: f64, r: f64, text: &str, taken: &[Area], height: f64) -> ((f64, f64), &'static str, Area) {
    let width = text.chars().count() as f64 * LETTERS * LETTER;
    let gap = r + 5.0;
    let diagonal = r * 0.7 + 3.0;
    let ways = [
        (x + gap, y + 5.0, "start"),
        (x - gap, y + 5.0, "end"),
        (x, y - gap, "middle"),
        (x, y + gap + 11.0, "middle"),
        (x + diagonal, y - diagonal, "start"),
        (x + diagonal, y + diagonal + 11.0, "start"),
        (x - diagonal, y - diagonal, "end"),
        (x - diagonal, y + diagonal + 11.0, "end"),
    ];
    let area = |(x, y, anchor): (f64, f64, &str)| -> Area {
        let left = match anchor {
            "start" => x,
            "end" => x - width,
            _ => x - width / 2.0,
        };
        [left, y - 13.0, left + width, y + 4.0]
    };
    let cost = |way: &(f64, f64, &'static str)| {
        let own = area(*way);
        let outside = (-own[0]).max(0.0) + (own[2] - WIDTH).max(0.0) + (-own[1]).max(0.0) + (own[3] - height).max(0.0);
        taken.iter().map(|other| shared(&own, other)).sum::<f64>() + outside * 100.0
    };
    let best = ways.iter().copied().min_by(|a, b| cost(a).total_cmp(&cost(b))).unwrap_or(ways[0]);
    ((best.0, best.1), best.2, area(best))
}

/// The area that both cover.
fn shared(a: &Area, b: &Area) -> f64 {
    let side = |n: usize| (a[n + 2].min(b[n + 2]) - a[n].max(b[n])).max(0.0);
    side(0) * side(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(name: &str, lat: f64, lon: f64, count: usize) -> Spot {
        Spot { name: name.into(), point: Point { lat, lon }, count, has_ahead: name == "Донской" && count == 0 }
    }

    #[test]
    fn north_is_up_and_names_keep_apart() {
        let spots = [
            spot("Узловая", 53.973, 38.176, 2),
            spot("Новомосковск", 54.010, 38.291, 0),
            spot("Донской", 53.967, 38.327, 0),
            spot("Белёв <1>", 53.812, 36.139, 0),
        ];
        let svg = map(&spots, "m", "Карта", "Где что было");
        let number = |after: &str, key: &str| -> f64 {
            let rest = &svg[svg.find(after).unwrap()..];
            let from = rest.find(&format!("{key}=\"")).unwrap() + key.len() + 2;
            rest[from..].split('"').next().unwrap().parse().unwrap()
        };
        assert!(number("<circle class=\"reached\"", "r") > 20.0, "{svg}");
        assert!(svg.contains("Белёв &lt;1&gt;") && svg.matches("url(#m-h)").count() == 2, "{svg}");
        assert_eq!(svg.matches("class=\"ahead\"").count(), 1);
        assert_eq!(svg.matches("<text").count(), 4);
        let mut taken = Vec::new();
        for (x, y, text) in [(100.0, 100.0, "Узловая 2"), (130.0, 95.0, "Новомосковск"), (140.0, 110.0, "Донской 1")]
        {
            taken.push(around(x, y, 7.0));
            let (.., area) = label(x, y, 7.0, text, &taken, 300.0);
            assert!(taken.iter().all(|other| shared(&area, other) < 60.0), "{text}");
            taken.push(area);
        }
    }

    #[test]
    fn one_place_and_none_are_drawn() {
        assert!(map(&[spot("Тула", 54.193, 37.617, 1)], "m", "", "").contains("<circle"));
        assert!(map(&[], "m", "", "").ends_with("</svg>"));
    }
}
