//! Contrast of colours that the settings give (WCAG 2.2, 1.4.3): text that cannot be read is an error.

use super::Theme;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Problem};
use crate::source::Span;

/// Roles that stand as text on the paper.
const TEXT: &[&str] = &["ink", "muted", "accent", "held", "overdue", "today"];
/// The least ratio for text.
const LEAST: f64 = 4.5;

/// The pairs of colours among the settings' and the theme's that differ too little.
pub fn contrast(config: &Config, theme: &Theme) -> Vec<Diagnostic> {
    let own = &config.settings.roles.0;
    let colour =
        |role: &str| own.get(role).map(|t| t.value.as_str()).or_else(|| theme.roles.get(role).map(String::as_str)).and_then(luminance);
    let Some(paper) = colour("paper") else { return Vec::new() };
    let mut out = Vec::new();
    for role in TEXT {
        let Some(text) = colour(role) else { continue };
        let Some(written) = own.get(*role).or_else(|| own.get("paper")) else { continue };
        let ratio = (text.max(paper) + 0.05) / (text.min(paper) + 0.05);
        if ratio < LEAST {
            let problem =
                Problem::LowContrast { role: (*role).into(), against: "paper".into(), ratio: format!("{ratio:.1}").replace('.', ",") };
            out.push(Diagnostic::new(problem, Span::new(&"content/site.yaml".into(), written.span)));
        }
    }
    out
}

/// Red, green and blue of `#rgb` or `#rrggbb`.
pub(super) fn channels(colour: &str) -> Option<[u8; 3]> {
    let hex = colour.trim().strip_prefix('#')?;
    let digits: Vec<u8> = hex.chars().map(|c| u8::try_from(c.to_digit(16)?).ok()).collect::<Option<_>>()?;
    match digits.len() {
        3 => Some([digits[0] * 17, digits[1] * 17, digits[2] * 17]),
        6 => Some([digits[0] * 16 + digits[1], digits[2] * 16 + digits[3], digits[4] * 16 + digits[5]]),
        _ => None,
    }
}

/// Relative luminance of `#rgb` or `#rrggbb`.
fn luminance(colour: &str) -> Option<f64> {
    let linear = channels(colour)?.map(|c| {
        let c = f64::from(c) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    });
    Some(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
}

#[cfg(test)]
mod tests {
    use super::luminance;

    #[test]
    fn black_and_white_are_21_to_1() {
        let ratio = (luminance("#fff").unwrap() + 0.05) / (luminance("#000000").unwrap() + 0.05);
        assert!((ratio - 21.0).abs() < 0.01);
        assert_eq!(luminance("red"), None);
    }
}
