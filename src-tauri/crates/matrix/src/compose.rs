//! Turns what a person has written into what is sent: Markdown into the few tags of Matrix, names into links.
//!
//! Only light formatting has a meaning here. What else CommonMark knows (headings, tables, markup of its own, blocks by
//! indentation) stays the text it was: a teacher who writes «2*3*4» or «# 5» means just that.

use crate::error::{Error, Result};
use matrix_sdk::ruma::events::Mentions;
use matrix_sdk::ruma::events::room::message::{
    FormattedBody, MessageType, RoomMessageEventContentWithoutRelation, TextMessageEventContent,
};
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::ruma::{OwnedUserId, UserId as MatrixUserId};
use parta_model::{AskAck, EVERYONE, Mention, UserId, Written};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, TextMergeStream, html};

/// The field of a message that asks its readers to acknowledge it.
pub(crate) const ACK: &str = "school.parta.ack";
/// What one event may weigh as content: Matrix refuses events over 65,536 bytes, and encryption adds a third.
const MOST_BYTES: usize = 45_000;
const MATRIX_TO: &str = "https://matrix.to/#/";

/// A text and whom it names, ready for any kind of message.
pub(crate) struct Composed {
    pub(crate) body: String,
    pub(crate) html: Option<String>,
    pub(crate) mentions: Mentions,
}

impl Composed {
    pub(crate) fn text(self) -> TextMessageEventContent {
        match self.html {
            Some(html) => TextMessageEventContent::html(self.body, html),
            None => TextMessageEventContent::plain(self.body),
        }
    }

    pub(crate) fn formatted(&self) -> Option<FormattedBody> {
        self.html.clone().map(FormattedBody::html)
    }

    pub(crate) fn message(self) -> RoomMessageEventContentWithoutRelation {
        let mentions = self.mentions.clone();
        RoomMessageEventContentWithoutRelation::new(MessageType::Text(self.text()))
            .add_mentions(mentions)
    }
}

/// # Errors
/// [`Error::TooLong`] for what no event can hold.
pub(crate) fn compose(written: &Written) -> Result<Composed> {
    let body = written.text.trim().to_owned();
    if body.len() > MOST_BYTES {
        return Err(Error::TooLong);
    }
    let named: Vec<&Mention> = written
        .mentions
        .iter()
        .filter(|mention| !mention.name.is_empty() && body.contains(&format!("@{}", mention.name)))
        .collect();
    let mut mentions = Mentions::new();
    for mention in &named {
        match <&MatrixUserId>::try_from(mention.id.as_str()) {
            Ok(id) => {
                mentions.user_ids.insert(id.to_owned());
            }
            Err(_) if mention.id.as_str() == EVERYONE => mentions.room = true,
            Err(_) => {}
        }
    }
    // Formatting doubles a text; one that only fits without it goes out without it.
    let html = formatted(&body, &named).filter(|html| body.len() + html.len() <= MOST_BYTES);
    Ok(Composed {
        body,
        html,
        mentions,
    })
}

/// The markup, where the text has any that means something.
fn formatted(text: &str, mentions: &[&Mention]) -> Option<String> {
    let literal = literal(text);
    let parser = Parser::new_ext(&literal, Options::ENABLE_STRIKETHROUGH);
    let mut plain = true;
    let mut events = Vec::new();
    let mut dropped_links = 0u32;
    for event in TextMergeStream::new(parser) {
        match event {
            Event::SoftBreak => events.push(Event::HardBreak),
            Event::Html(text) | Event::InlineHtml(text) => events.push(Event::Text(text)),
            Event::Rule => {
                events.extend([
                    Event::Start(Tag::Paragraph),
                    Event::Text(CowStr::Borrowed("—")),
                    Event::End(TagEnd::Paragraph),
                ]);
            }
            Event::Start(Tag::Heading { .. }) => events.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::Heading(_)) => events.push(Event::End(TagEnd::Paragraph)),
            Event::Start(Tag::HtmlBlock) => events.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => events.push(Event::End(TagEnd::Paragraph)),
            // A picture from elsewhere would tell its server who reads.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            Event::Start(Tag::Link { ref dest_url, .. }) if !safe(dest_url) => dropped_links += 1,
            Event::End(TagEnd::Link) if dropped_links > 0 => dropped_links -= 1,
            Event::Text(text) => plain &= !name(text, mentions, &mut events),
            event => {
                plain &= matches!(
                    event,
                    Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) | Event::HardBreak
                );
                events.push(event);
            }
        }
    }
    if plain {
        return None;
    }
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, events.into_iter());
    let out = out.trim_end();
    // One paragraph alone is a line of talk, not a document.
    match out
        .strip_prefix("<p>")
        .and_then(|inner| inner.strip_suffix("</p>"))
    {
        Some(inner) if !inner.contains("<p>") => Some(inner.to_owned()),
        _ => Some(out.to_owned()),
    }
}

fn safe(url: &str) -> bool {
    ["http://", "https://", "mailto:", "matrix:", "tel:"]
        .iter()
        .any(|scheme| {
            url.get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        })
}

/// Cuts a text at the names in it and puts links there; says whether there were any.
fn name<'a>(text: CowStr<'a>, mentions: &[&Mention], events: &mut Vec<Event<'a>>) -> bool {
    let mut rest: &str = &text;
    let mut found = false;
    loop {
        let next = mentions
            .iter()
            .filter(|mention| mention.id.as_str() != EVERYONE)
            .filter_map(|mention| Some((rest.find(&format!("@{}", mention.name))?, *mention)))
            // The longest name wins where two begin together.
            .min_by_key(|(at, mention)| (*at, std::cmp::Reverse(mention.name.len())));
        let Some((at, mention)) = next else { break };
        let end = at + 1 + mention.name.len();
        events.push(Event::Text(rest[..at].to_owned().into()));
        events.push(Event::Start(Tag::Link {
            link_type: pulldown_cmark::LinkType::Inline,
            dest_url: format!("{MATRIX_TO}{}", mention.id).into(),
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        }));
        events.push(Event::Text(rest[at..end].to_owned().into()));
        events.push(Event::End(TagEnd::Link));
        found = true;
        rest = &rest[end..];
    }
    events.push(Event::Text(rest.to_owned().into()));
    found
}

/// Escapes what looks like Markdown and is not meant: «2*3*4», «snake_case», «# 5», indented lines.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut fence = false;
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let bare = line.trim_start();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            fence = !fence;
            out.push_str(line);
            continue;
        }
        if fence {
            out.push_str(line);
            continue;
        }
        let indent = line.len() - bare.len();
        // Four blanks would make a block of code.
        let indent = &line[..indent];
        if indent.chars().count() > 3 || indent.contains('\t') {
            out.push_str("   ");
        } else {
            out.push_str(indent);
        }
        if bare.starts_with('#')
            || (bare.starts_with('=') && bare.trim_end_matches(['=', ' ', '\r']).is_empty())
        {
            out.push('\\');
        }
        escape_between_letters(bare, &mut out);
    }
    out
}

fn escape_between_letters(line: &str, out: &mut String) {
    let mut code = false;
    let mut before = ' ';
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        match c {
            '`' => code = !code,
            '*' | '_' if !code && before.is_alphanumeric() && after.is_alphanumeric() => {
                out.push('\\')
            }
            // Markup of one's own is text.
            '<' if !code => out.push('\\'),
            _ => {}
        }
        out.push(c);
        before = c;
    }
}

/// Whom a formatted text names, with the names as the text has them: to edit it again.
pub(crate) fn named(html: Option<&str>, mentions: Option<&Mentions>, body: &str) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut rest = html.unwrap_or_default();
    while let Some(at) = rest.find(MATRIX_TO) {
        rest = &rest[at + MATRIX_TO.len()..];
        let Some((id, after)) = rest.split_once('"') else {
            break;
        };
        let Some((text, _)) = after
            .split_once('>')
            .and_then(|(_, text)| text.split_once("</a>"))
        else {
            break;
        };
        let id: Option<OwnedUserId> = percent_decoded(id).as_str().try_into().ok();
        let name = text.trim_start_matches('@');
        if let Some(id) = id
            && body.contains(&format!("@{name}"))
            && !found.iter().any(|mention| mention.name == name)
        {
            found.push(Mention {
                id: UserId::new(id.as_str()),
                name: name.to_owned(),
            });
        }
    }
    if mentions.is_some_and(|mentions| mentions.room) {
        for word in ["все", "all", "room"] {
            if body.contains(&format!("@{word}")) {
                found.push(Mention {
                    id: UserId::new(EVERYONE),
                    name: word.to_owned(),
                });
                break;
            }
        }
    }
    found
}

pub(crate) fn percent_decoded(id: &str) -> String {
    id.replace("%40", "@")
        .replace("%3A", ":")
        .replace("%3a", ":")
}

/// The end of the year 9999 in milliseconds since 1970: no calendar of a window goes further.
const LAST_DAY: u64 = 253_402_300_799_999;

/// What a message asks of its readers, by the field [`ACK`]. What can't be read asks for nothing.
pub(crate) fn asked_ack<T>(event: &Raw<T>) -> Option<AskAck> {
    let content = event.get_field::<serde_json::Value>("content").ok()??;
    let asked = content.get(ACK)?.as_object()?;
    let due = asked.get("due_ts").and_then(serde_json::Value::as_u64);
    Some(AskAck {
        due: due.filter(|due| *due <= LAST_DAY),
    })
}

#[cfg(test)]
mod tests;
