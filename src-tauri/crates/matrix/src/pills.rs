//! Links to people in formatted text.

use crate::compose::percent_decoded;
use crate::text::escape;
use url::Url;

/// Puts a name of `name`'s choice on every link to a person in sanitised HTML; where it gives none, the sender's words
/// stay. Nothing where nothing changes.
pub fn with_names(html: &str, name: impl Fn(&str) -> Option<String>) -> Option<String> {
    // Most messages name nobody.
    if !html.contains("<a ") {
        return None;
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    // In text a «<» is escaped, so that each one begins a tag.
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        let (tag, after) = from.split_at(tag_end(from));
        out.push_str(before);
        out.push_str(tag);
        rest = after;
        if let Some(name) = person(tag).and_then(|person| name(&person))
            && let Some(end) = after.find("</a>")
        {
            out.push_str(&format!("@{}", escape(&name)));
            rest = &after[end..];
        }
    }
    out.push_str(rest);
    (out != html).then_some(out)
}

/// Where the tag ends that a text begins with: a «>» within quotes is part of an attribute.
fn tag_end(from: &str) -> usize {
    let mut quoted = false;
    let end = from.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    });
    end.map_or(from.len(), |end| end + 1)
}

/// Whom a tag links to, however the address is spelt: a window reads it as a browser does.
fn person(tag: &str) -> Option<String> {
    let (_, link) = tag.strip_prefix("<a ")?.split_once("href=\"")?;
    let (link, _) = link.split_once('"')?;
    let link = Url::parse(&link.replace("&amp;", "&")).ok()?;
    if link.scheme() != "https" || link.host_str() != Some("matrix.to") || link.port().is_some() {
        return None;
    }
    let target = link.fragment()?.strip_prefix('/')?;
    let target = target.split(['?', '/']).next()?;
    Some(percent_decoded(target)).filter(|person| person.starts_with('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(html: &str) -> String {
        let name = |id: &str| (id == "@pupil:school").then(|| "Пётр <b> & Ко".to_owned());
        with_names(html, name).unwrap_or_else(|| html.to_owned())
    }

    #[test]
    fn a_link_to_somebody_known_bears_his_name_and_nothing_else_is_touched() {
        let link = |to: &str, words: &str| {
            format!(r#"Да, <a href="https://matrix.to/#/{to}" rel="x">{words}</a>: <b>нет</b>"#)
        };
        for to in [
            "@pupil:school",
            "%40pupil%3Aschool",
            "@pupil:school?via=school&amp;via=x",
            "@pupil:school/",
        ] {
            assert_eq!(
                named(&link(to, "@<i>Завуч</i>")),
                link(to, "@Пётр &lt;b&gt; &amp; Ко")
            );
        }
        for spelt in [
            "HTTPS://MATRIX.TO/#/@pupil:school",
            "https://matrix.to:443/#/@pupil:school",
            "https://matrix.to#/@pupil:school",
        ] {
            let link = format!(r#"<a href="{spelt}">@Завуч</a>"#);
            assert!(!named(&link).contains("Завуч"), "{spelt}");
        }
        for html in [
            link("@stranger:school", "@Завуч"),
            r#"<a href="https://matrix.to:444/#/@pupil:school">чужой порт</a>"#.to_owned(),
            r#"<a href="https://school.example/#/@pupil:school">чужое место</a>"#.to_owned(),
            link("!room:school/$event", "сюда"),
            "https://matrix.to/#/@pupil:school просто текст".to_owned(),
            r#"<a title="<a href=" href="https://x/>https://matrix.to/#/">там</a>"#.to_owned(),
            r#"<a href="https://matrix.to/#/@pupil:school">без конца"#.to_owned(),
            String::new(),
        ] {
            assert_eq!(named(&html), html);
        }
        let hidden = r#"href="https://matrix.to/#/ <span title="x>">"#.to_owned();
        let hidden = hidden + link("@pupil:school", "@Завуч").as_str();
        assert!(
            !named(&hidden).contains("Завуч"),
            "nothing before it hides a link"
        );
        let two = link("@pupil:school", "@а") + link("@pupil:school", "@б").as_str();
        assert_eq!(named(&two).matches("@Пётр").count(), 2);
    }
}
