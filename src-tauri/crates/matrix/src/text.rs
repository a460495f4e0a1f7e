//! Turns what people sent into text that is safe to show: the only place where foreign markup is let in.

use linkify::{LinkFinder, LinkKind};
use matrix_sdk::ruma::events::room::message::{FormattedBody, MessageFormat};
use parta_model::Text;
use ruma::html::{ElementAttributesSchemes, Html, ListBehavior, PropertiesNames, SanitizerConfig};

/// Deeper nesting serves nobody but an attacker.
const MOST_DEPTH: u32 = 32;
/// So many tags fit any thread's stack, however they are nested.
const SHALLOW: usize = 200;
/// Bytes; only what is used of it is ever taken.
const DEEP_STACK: usize = 256 << 20;

pub(crate) fn text(plain: &str, formatted: Option<&FormattedBody>) -> Text {
    let html = match formatted {
        Some(body) if body.format == MessageFormat::Html => {
            Some(sanitise(&body.body)).filter(|html| says_something(html))
        }
        _ => None,
    };
    let html = html.unwrap_or_else(|| markup(plain));
    Text {
        plain: plain.to_owned(),
        html,
    }
}

/// Whether anything is left between the tags: markup that is nested too deep or forbidden altogether leaves nothing.
fn says_something(html: &str) -> bool {
    let mut tag = false;
    html.chars().any(|c| {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            c => return !tag && !c.is_whitespace(),
        }
        false
    })
}

/// Parsing is recursive, so a message of thousands of nested elements gets a stack that holds them all: an event has
/// at most 65,536 bytes, which bounds their number.
fn sanitise(html: &str) -> String {
    if html.matches('<').count() <= SHALLOW {
        return sanitised(html);
    }
    std::thread::scope(|scope| {
        let deep = std::thread::Builder::new().stack_size(DEEP_STACK);
        let thread = deep.spawn_scoped(scope, || sanitised(html));
        thread
            .ok()
            .and_then(|thread| thread.join().ok())
            .unwrap_or_default()
    })
}

fn sanitised(html: &str) -> String {
    const SCHEMES: &[&str] = &["http", "https", "mailto", "matrix"];
    let config = SanitizerConfig::strict()
        // Pictures inside text would load from anywhere.
        .remove_elements(["img"])
        .allow_schemes(
            [ElementAttributesSchemes {
                element: "a",
                attr_schemes: &[PropertiesNames {
                    parent: "href",
                    properties: SCHEMES,
                }],
            }],
            ListBehavior::Override,
        )
        .remove_reply_fallback()
        .max_depth(MOST_DEPTH);
    let html = Html::parse(html);
    html.sanitize_with(&config);
    html.to_string()
}

/// Plain text with its links made clickable.
fn markup(plain: &str) -> String {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url, LinkKind::Email]);
    let mut out = String::with_capacity(plain.len() + 16);
    for span in finder.spans(plain) {
        let shown = escape(span.as_str());
        match span.kind() {
            Some(LinkKind::Url)
                if span.as_str().starts_with("http://")
                    || span.as_str().starts_with("https://") =>
            {
                out.push_str(&format!("<a href=\"{shown}\">{shown}</a>"));
            }
            Some(LinkKind::Email) => {
                out.push_str(&format!("<a href=\"mailto:{shown}\">{shown}</a>"))
            }
            _ => out.push_str(&shown),
        }
    }
    out
}

pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("<br>"),
            '\r' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use matrix_sdk::ruma::events::room::message::FormattedBody;

    fn shown(html: &str) -> String {
        text("", Some(&FormattedBody::html(html))).html
    }

    #[test]
    fn plain_text_is_escaped_and_its_links_can_be_followed() {
        let text = text("a < b & https://школа.example/?q=1&r=\"2\n<script>", None);
        assert!(!text.html.contains("<script"));
        assert!(
            text.html
                .starts_with("a &lt; b &amp; <a href=\"https://школа.example/?q=1&amp;r=")
        );
        assert!(text.html.contains("<br>"));
    }

    #[test]
    fn nothing_that_runs_or_loads_survives() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<img src=\"mxc://a/b\">",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<a href=\" java\nscript:alert(1)\">x</a>",
            "<a href=\"data:text/html,x\">x</a>",
            "<p onclick=alert(1) style=\"position:fixed\">x</p>",
            "<iframe src=\"https://evil.example\"></iframe>",
            "<svg><script>alert(1)</script></svg>",
            "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
            "<form action=\"https://evil.example\"><input></form>",
            "<style>*{display:none}</style>",
            "<object data=x></object><embed src=x>",
            "<base href=\"https://evil.example\">",
        ] {
            let shown = shown(hostile).to_lowercase();
            for bad in [
                "<script",
                "<img",
                "onerror",
                "onclick",
                "javascript:",
                "data:",
                "<iframe",
                "<svg",
                "<form",
                "<input",
                "<style",
                " style=",
                "<object",
                "<embed",
                "<base",
            ] {
                assert!(!shown.contains(bad), "{hostile} → {shown}");
            }
        }
    }

    #[test]
    fn light_formatting_survives() {
        let html = shown(
            "<strong>Важно:</strong> <em>завтра</em> <a href=\"https://school.example\">сайт</a><ul><li>раз</li></ul><blockquote>цитата</blockquote><code>x</code>",
        );
        for kept in [
            "<strong>",
            "<em>",
            "href=\"https://school.example\"",
            "<li>",
            "<blockquote>",
            "<code>",
        ] {
            assert!(html.contains(kept), "{kept} in {html}");
        }
    }

    #[test]
    fn the_quoted_fallback_of_a_reply_is_not_shown_twice() {
        assert_eq!(
            shown("<mx-reply><blockquote>старое</blockquote></mx-reply>новое"),
            "новое"
        );
    }

    #[test]
    fn ten_thousand_nested_elements_neither_hang_nor_overflow() {
        let html = format!("{}x{}", "<div>".repeat(10_000), "</div>".repeat(10_000));
        assert!(shown(&html).len() < html.len());
    }
}
