//! Events of a chat as changes of what can be found in it.

use linkify::{LinkFinder, LinkKind};
use matrix_sdk::ruma::OwnedEventId;
use matrix_sdk::ruma::events::poll::unstable_start::UnstablePollStartEventContent;
use matrix_sdk::ruma::events::room::MediaSource;
use matrix_sdk::ruma::events::room::encrypted::EncryptedEventScheme;
use matrix_sdk::ruma::events::room::message::sanitize::remove_plain_reply_fallback;
use matrix_sdk::ruma::events::room::message::{MessageType, Relation};
use matrix_sdk::ruma::events::{
    AnySyncMessageLikeEvent, AnySyncTimelineEvent, SyncMessageLikeEvent,
};
use matrix_sdk::ruma::serde::Raw;
use parta_model::{Change, Findable, MediaSecret, SearchKind, UserId};
use serde::Deserialize;

/// What an event says. An event that nobody looks for, or that can't be read, says nothing; the sender's name is
/// added by who knows it.
pub(super) fn change(raw: &Raw<AnySyncTimelineEvent>) -> Option<Change> {
    let AnySyncTimelineEvent::MessageLike(event) = raw.deserialize().ok()? else {
        return None;
    };
    let (id, sender) = (event.event_id().to_string(), event.sender().to_string());
    let (sender, at) = (UserId::new(sender), event.origin_server_ts().get().into());
    if let AnySyncMessageLikeEvent::RoomRedaction(_) = event {
        return redacted(raw);
    }
    if event.is_redacted() {
        return Some(Change::Deleted { event: id });
    }
    let (content, target) = match event {
        AnySyncMessageLikeEvent::RoomMessage(SyncMessageLikeEvent::Original(message)) => {
            match message.content.relates_to {
                Some(Relation::Replacement(edit)) => (
                    findable(&edit.new_content.msgtype, false),
                    Some(edit.event_id),
                ),
                Some(Relation::Reply { .. }) => (findable(&message.content.msgtype, true), None),
                _ => (findable(&message.content.msgtype, false), None),
            }
        }
        AnySyncMessageLikeEvent::UnstablePollStart(SyncMessageLikeEvent::Original(poll)) => {
            match poll.content {
                UnstablePollStartEventContent::New(poll) => {
                    (text(&poll.poll_start.question.text), None)
                }
                UnstablePollStartEventContent::Replacement(edit) => (
                    text(&edit.relates_to.new_content.poll_start.question.text),
                    Some(edit.relates_to.event_id),
                ),
                _ => return None,
            }
        }
        AnySyncMessageLikeEvent::RoomEncrypted(SyncMessageLikeEvent::Original(sealed)) => {
            let EncryptedEventScheme::MegolmV1AesSha2(scheme) = sealed.content.scheme else {
                return None;
            };
            return Some(Change::Sealed {
                event: id,
                session: scheme.session_id,
                at,
            });
        }
        _ => return None,
    };
    Some(match target {
        Some(target) => Change::Edited {
            event: id,
            target: target.to_string(),
            sender,
            at,
            content,
        },
        None => Change::Said {
            event: id,
            sender,
            name: None,
            at,
            content,
        },
    })
}

/// Rooms of different versions name what is deleted in different places.
fn redacted(raw: &Raw<AnySyncTimelineEvent>) -> Option<Change> {
    #[derive(Deserialize)]
    struct Redaction {
        redacts: Option<OwnedEventId>,
        #[serde(default)]
        content: Inner,
    }
    #[derive(Default, Deserialize)]
    struct Inner {
        redacts: Option<OwnedEventId>,
    }
    let redaction: Redaction = raw.deserialize_as_unchecked().ok()?;
    let event = redaction.content.redacts.or(redaction.redacts)?;
    Some(Change::Deleted {
        event: event.to_string(),
    })
}

fn findable(message: &MessageType, reply: bool) -> Findable {
    let info = |mime: Option<&String>, size: Option<u64>, seconds: Option<u64>| {
        (
            mime.cloned(),
            size,
            seconds.and_then(|seconds| u32::try_from(seconds).ok()),
        )
    };
    let (kind, caption, name, source, (mime, size, seconds)) = match message {
        MessageType::Image(c) => (
            SearchKind::Picture,
            c.caption(),
            c.filename(),
            &c.source,
            c.info.as_deref().map_or((None, None, None), |i| {
                info(i.mimetype.as_ref(), i.size.map(u64::from), None)
            }),
        ),
        MessageType::Video(c) => (
            SearchKind::Picture,
            c.caption(),
            c.filename(),
            &c.source,
            c.info.as_deref().map_or((None, None, None), |i| {
                info(
                    i.mimetype.as_ref(),
                    i.size.map(u64::from),
                    i.duration.map(|d| d.as_secs()),
                )
            }),
        ),
        MessageType::Audio(c) => (
            if c.voice.is_some() {
                SearchKind::Voice
            } else {
                SearchKind::File
            },
            c.caption(),
            c.filename(),
            &c.source,
            c.info.as_deref().map_or((None, None, None), |i| {
                info(
                    i.mimetype.as_ref(),
                    i.size.map(u64::from),
                    i.duration.map(|d| d.as_secs()),
                )
            }),
        ),
        MessageType::File(c) => (
            SearchKind::File,
            c.caption(),
            c.filename(),
            &c.source,
            c.info.as_deref().map_or((None, None, None), |i| {
                info(i.mimetype.as_ref(), i.size.map(u64::from), None)
            }),
        ),
        other if reply => return text(remove_plain_reply_fallback(other.body())),
        other => return text(other.body()),
    };
    Findable {
        kind,
        name: Some(name.to_owned()),
        mime,
        size,
        seconds,
        media: secret(source),
        ..text(caption.unwrap_or_default())
    }
}

fn text(text: &str) -> Findable {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    Findable {
        link: finder.links(text).any(|link| {
            link.as_str().starts_with("http://") || link.as_str().starts_with("https://")
        }),
        ..Findable::text(text)
    }
}

fn secret(source: &MediaSource) -> Option<MediaSecret> {
    serde_json::to_string(source).ok().map(MediaSecret::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(event_type: &str, content: Value) -> Option<Change> {
        let event = json!({
            "type": event_type, "event_id": "$one", "sender": "@olga:school", "origin_server_ts": 1_000, "content": content,
        });
        change(&Raw::from_json_string(event.to_string()).unwrap())
    }

    fn said(content: Value) -> Findable {
        match read("m.room.message", content) {
            Some(Change::Said { content, .. }) => content,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_text_is_found_without_what_it_quotes() {
        let content = json!({
            "msgtype": "m.text", "body": "> <@maria:school> Когда?\n\nВ шесть, https://school.example",
            "m.relates_to": {"m.in_reply_to": {"event_id": "$zero"}},
        });
        let found = said(content);
        assert_eq!(found.text, "В шесть, https://school.example");
        assert!(found.link);
        assert!(!said(json!({"msgtype": "m.text", "body": "файл.рф ftp://x"})).link);
    }

    #[test]
    fn each_kind_of_file_is_told_apart_and_keeps_its_keys() {
        let file = |msgtype: &str, more: Value| {
            let mut content = json!({
                "msgtype": msgtype, "body": "Подпись", "filename": "отчёт.bin",
                "info": {"mimetype": "a/b", "size": 7, "duration": 61_000},
                "file": {"url": "mxc://school/x", "v": "v2", "iv": "w+sE15fzSc0AAAAAAAAAAA",
                    "key": {"kty": "oct", "key_ops": ["encrypt", "decrypt"], "alg": "A256CTR", "k": "qcHVMSgYg-71CauWBezXI5qkaRb0LuIy-Wx5kIaHMIA", "ext": true},
                    "hashes": {"sha256": "LTzd85F4a8e5hh3CmPKcyk5vpGpoS9uHmEU9OlMCRzU"}},
            });
            content
                .as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            said(content)
        };
        for (msgtype, more, kind, seconds) in [
            ("m.image", json!({}), SearchKind::Picture, None),
            ("m.video", json!({}), SearchKind::Picture, Some(61)),
            ("m.file", json!({}), SearchKind::File, None),
            ("m.audio", json!({}), SearchKind::File, Some(61)),
            (
                "m.audio",
                json!({"org.matrix.msc3245.voice": {}}),
                SearchKind::Voice,
                Some(61),
            ),
        ] {
            let found = file(msgtype, more);
            assert_eq!((found.kind, found.seconds), (kind, seconds), "{msgtype}");
            assert_eq!(
                (found.text.as_str(), found.name.as_deref(), found.size),
                ("Подпись", Some("отчёт.bin"), Some(7))
            );
            let source: MediaSource = serde_json::from_str(found.media.unwrap().expose()).unwrap();
            assert!(matches!(source, MediaSource::Encrypted(file) if file.url == "mxc://school/x"));
        }
    }

    #[test]
    fn edits_deletions_polls_and_sealed_messages_are_understood() {
        let edit = json!({
            "msgtype": "m.text", "body": "* новое", "m.new_content": {"msgtype": "m.text", "body": "новое"},
            "m.relates_to": {"rel_type": "m.replace", "event_id": "$zero"},
        });
        assert!(
            matches!(read("m.room.message", edit), Some(Change::Edited { target, content, .. }) if target == "$zero" && content.text == "новое")
        );
        assert!(
            matches!(read("m.room.redaction", json!({"redacts": "$zero"})), Some(Change::Deleted { event }) if event == "$zero")
        );
        let poll = json!({
            "org.matrix.msc1767.text": "Когда? 1. Сегодня",
            "org.matrix.msc3381.poll.start": {
                "kind": "org.matrix.msc3381.poll.disclosed", "max_selections": 1,
                "question": {"org.matrix.msc1767.text": "Когда экскурсия?"},
                "answers": [{"id": "1", "org.matrix.msc1767.text": "Сегодня"}],
            },
        });
        assert!(
            matches!(read("org.matrix.msc3381.poll.start", poll), Some(Change::Said { content, .. }) if content.text == "Когда экскурсия?")
        );
        let sealed = json!({"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "AwgAEnAC", "session_id": "key", "sender_key": "x", "device_id": "Y"});
        assert!(
            matches!(read("m.room.encrypted", sealed), Some(Change::Sealed { session, .. }) if session == "key")
        );
    }

    #[test]
    fn nothing_hostile_is_more_than_nothing() {
        for content in [
            json!({}),
            json!({"msgtype": 5, "body": []}),
            json!({"msgtype": "m.image", "body": "x"}),
            json!({"redacts": 7}),
            json!({"redacts": "not an event"}),
            json!([]),
            json!({"algorithm": "m.olm.v1.curve25519-aes-sha2", "ciphertext": {}, "sender_key": "x"}),
        ] {
            for event_type in [
                "m.room.message",
                "m.room.redaction",
                "m.room.encrypted",
                "org.matrix.msc3381.poll.start",
                "m.reaction",
                "x",
            ] {
                let found = read(event_type, content.clone());
                assert!(
                    matches!(found, None | Some(Change::Deleted { .. })),
                    "{event_type} {content} {found:?}"
                );
            }
        }
    }
}
