//! Bars beside each other, as SVG.

use std::fmt::Write as _;

const WIDTH: f64 = 760.0;
const LABELS: f64 = 230.0;
const VALUES: f64 = 90.0;
const BAR: f64 = 18.0;
const ROW: f64 = 26.0;
const TITLE: f64 = 34.0;

pub struct Panel {
    pub title: String,
    /// Label and value; those of ours stand out.
    pub bars: Vec<(String, f64)>,
}

/// One panel under the other, each with a scale of its own. Labels that begin with "twitter-native" are ours.
pub fn svg(panels: &[Panel]) -> String {
    let height: f64 = panels.iter().map(|panel| TITLE + ROW * panel.bars.len() as f64 + 14.0).sum();
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" font-family=\"sans-serif\" \
         font-size=\"13\">\n<rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\n"
    );
    let mut y = 0.0;
    for panel in panels {
        draw(&mut svg, panel, y);
        y += TITLE + ROW * panel.bars.len() as f64 + 14.0;
    }
    svg.push_str("</svg>\n");
    svg
}

fn draw(svg: &mut String, panel: &Panel, top: f64) {
    let text = |svg: &mut String, x: f64, y: f64, more: &str, text: &str| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        let _ = writeln!(svg, "<text x=\"{x:.0}\" y=\"{y:.0}\" fill=\"#1f2328\"{more}>{text}</text>");
    };
    text(svg, 10.0, top + 22.0, " font-weight=\"bold\"", &panel.title);
    let highest = panel.bars.iter().map(|(_, value)| *value).fold(f64::MIN_POSITIVE, f64::max);
    for (at, (label, value)) in panel.bars.iter().enumerate() {
        let y = top + TITLE + ROW * at as f64;
        let length = (WIDTH - LABELS - VALUES) * value / highest;
        let colour = if label.starts_with("twitter-native") { "#0969da" } else { "#afb8c1" };
        text(svg, LABELS - 8.0, y + 14.0, " text-anchor=\"end\"", label);
        let _ = writeln!(
            svg,
            "<rect x=\"{LABELS}\" y=\"{y:.0}\" width=\"{length:.1}\" height=\"{BAR}\" fill=\"{colour}\"/>"
        );
        text(svg, LABELS + length + 6.0, y + 14.0, "", &short(*value));
    }
}

/// Three digits, as many as are worth reading.
pub fn short(value: f64) -> String {
    match value.abs() {
        size if size >= 99.95 => format!("{value:.0}"),
        size if size >= 9.995 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_fills_the_width() {
        let bars = vec![("twitter-native".to_owned(), 1.0), ("a <b>".to_owned(), 2.0)];
        let svg = svg(&[Panel { title: "Seconds".to_owned(), bars }]);
        assert!(svg.contains("width=\"440.0\" height=\"18\" fill=\"#afb8c1\""), "{svg}");
        assert!(svg.contains("width=\"220.0\" height=\"18\" fill=\"#0969da\""), "{svg}");
        assert!(svg.contains("a &lt;b>"), "{svg}");
    }
}
