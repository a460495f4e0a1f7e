//! Maps what the SDK's timeline holds to the words of the model.

use crate::media::MediaSources;
use crate::system;
use crate::text::text;
use crate::timeline::poll;
use matrix_sdk::ruma::events::room::MediaSource;
use matrix_sdk::ruma::events::room::message::MessageType;
use matrix_sdk::ruma::events::sticker::StickerMediaSource;
use matrix_sdk::ruma::events::{AnyMessageLikeEventContent, MessageLikeEventContent as _};
use matrix_sdk::ruma::{UInt, UserId};
use matrix_sdk_base::crypto::types::events::UtdCause;
use matrix_sdk_ui::timeline::{EncryptedMessage, MsgLikeKind, TimelineItemContent};
use parta_model::{Body, Media, Person, Preview, SystemEvent, Text, Undecryptable};

/// What an item shows: something said, something that happened, or nothing worth a line.
pub(crate) enum Shown {
    Body(Body),
    System(SystemEvent),
    Nothing,
}

/// `who` is the sender's name as it will be shown.
pub(crate) fn shown(
    content: &TimelineItemContent,
    who: &Person,
    me: &UserId,
    sources: &MediaSources,
) -> Shown {
    match content {
        TimelineItemContent::MsgLike(message) => Shown::Body(body(&message.kind, me, sources)),
        TimelineItemContent::MembershipChange(change) => system::membership(change, who),
        TimelineItemContent::ProfileChange(change) => system::profile(change, who),
        TimelineItemContent::OtherState(state) => system::other(state.content(), who),
        TimelineItemContent::FailedToParseMessageLike { event_type, .. } => {
            Shown::Body(Body::Other {
                event_type: event_type.to_string(),
            })
        }
        TimelineItemContent::FailedToParseState { .. } => Shown::Nothing,
        TimelineItemContent::CallInvite | TimelineItemContent::RtcNotification { .. } => {
            Shown::Body(Body::Other {
                event_type: "m.call.invite".to_owned(),
            })
        }
    }
}

pub(crate) fn body(kind: &MsgLikeKind, me: &UserId, sources: &MediaSources) -> Body {
    match kind {
        MsgLikeKind::Message(message) => message_body(message.msgtype(), sources),
        MsgLikeKind::Sticker(sticker) => {
            let content = sticker.content();
            let source = match &content.source {
                StickerMediaSource::Plain(mxc) => Some(MediaSource::Plain(mxc.clone())),
                StickerMediaSource::Encrypted(file) => Some(MediaSource::Encrypted(file.clone())),
                _ => None,
            };
            Body::Sticker {
                media: Media {
                    key: source.map(|source| sources.note(&source)),
                    name: content.body.clone(),
                    width: pixels(content.info.width),
                    height: pixels(content.info.height),
                    ..Media::default()
                },
            }
        }
        MsgLikeKind::Poll(state) => Body::Poll {
            poll: poll(state, me),
        },
        MsgLikeKind::Redacted => Body::Deleted,
        MsgLikeKind::UnableToDecrypt(message) => Body::Undecryptable {
            reason: undecryptable(message),
        },
        MsgLikeKind::LiveLocation(_) => Body::Location {
            text: String::new(),
        },
        MsgLikeKind::Other(other) => Body::Other {
            event_type: other.event_type().to_string(),
        },
    }
}

/// What a message that is still in the queue will show.
pub(crate) fn unsent_body(content: &AnyMessageLikeEventContent, sources: &MediaSources) -> Body {
    match content {
        AnyMessageLikeEventContent::RoomMessage(message) => message_body(&message.msgtype, sources),
        other => Body::Other {
            event_type: other.event_type().to_string(),
        },
    }
}

fn message_body(message: &MessageType, sources: &MediaSources) -> Body {
    match message {
        MessageType::Text(c) => Body::Text {
            text: text(&c.body, c.formatted.as_ref()),
        },
        MessageType::Notice(c) => Body::Notice {
            text: text(&c.body, c.formatted.as_ref()),
        },
        MessageType::Emote(c) => Body::Emote {
            text: text(&c.body, c.formatted.as_ref()),
        },
        MessageType::ServerNotice(c) => Body::Notice {
            text: text(&c.body, None),
        },
        MessageType::Image(c) => {
            let info = c.info.as_deref();
            let mut media = media(&c.source, c.filename(), sources);
            if let Some(info) = info {
                media.mime = info.mimetype.clone();
                media.size = info.size.map(u64::from);
                (media.width, media.height) = (pixels(info.width), pixels(info.height));
                media.blurhash = info.blurhash.clone();
                media.thumbnail = info
                    .thumbnail_source
                    .as_ref()
                    .map(|source| sources.note(source));
            }
            Body::Image {
                media,
                caption: c
                    .caption()
                    .map(|caption| text(caption, c.formatted_caption())),
            }
        }
        MessageType::Video(c) => {
            let mut media = media(&c.source, c.filename(), sources);
            if let Some(info) = c.info.as_deref() {
                media.mime = info.mimetype.clone();
                media.size = info.size.map(u64::from);
                (media.width, media.height) = (pixels(info.width), pixels(info.height));
                media.seconds = info.duration.and_then(|d| u32::try_from(d.as_secs()).ok());
                media.blurhash = info.blurhash.clone();
                media.thumbnail = info
                    .thumbnail_source
                    .as_ref()
                    .map(|source| sources.note(source));
            }
            Body::Video {
                media,
                caption: c
                    .caption()
                    .map(|caption| text(caption, c.formatted_caption())),
            }
        }
        MessageType::File(c) => {
            let mut media = media(&c.source, c.filename(), sources);
            if let Some(info) = c.info.as_deref() {
                media.mime = info.mimetype.clone();
                media.size = info.size.map(u64::from);
            }
            Body::File {
                media,
                caption: c
                    .caption()
                    .map(|caption| text(caption, c.formatted_caption())),
            }
        }
        MessageType::Audio(c) => {
            let mut media = media(&c.source, c.filename(), sources);
            if let Some(info) = c.info.as_deref() {
                media.mime = info.mimetype.clone();
                media.size = info.size.map(u64::from);
                media.seconds = info.duration.and_then(|d| u32::try_from(d.as_secs()).ok());
            }
            let waveform = c.audio.as_ref().map(|audio| {
                audio
                    .waveform
                    .iter()
                    .filter_map(|a| u16::try_from(u64::from(a.get())).ok())
                    .collect()
            });
            Body::Audio {
                media,
                caption: c
                    .caption()
                    .map(|caption| text(caption, c.formatted_caption())),
                voice: c.voice.is_some(),
                waveform: waveform.unwrap_or_default(),
            }
        }
        MessageType::Location(c) => Body::Location {
            text: c.body.clone(),
        },
        // Every other kind degrades to the readable text that the protocol asks each sender to add.
        other => Body::Text {
            text: text(other.body(), None),
        },
    }
}

fn media(source: &MediaSource, name: &str, sources: &MediaSources) -> Media {
    Media {
        key: Some(sources.note(source)),
        name: name.to_owned(),
        ..Media::default()
    }
}

fn pixels(size: Option<UInt>) -> Option<u32> {
    size.and_then(|size| u32::try_from(u64::from(size)).ok())
        .filter(|size| *size > 0)
}

fn undecryptable(message: &EncryptedMessage) -> Undecryptable {
    let EncryptedMessage::MegolmV1AesSha2 { cause, .. } = message else {
        return Undecryptable::Unknown;
    };
    match cause {
        UtdCause::SentBeforeWeJoined
        | UtdCause::HistoricalMessageAndBackupIsDisabled
        | UtdCause::HistoricalMessageAndDeviceIsUnverified => Undecryptable::SentBefore,
        UtdCause::WithheldForUnverifiedOrInsecureDevice
        | UtdCause::WithheldBySender
        | UtdCause::VerificationViolation
        | UtdCause::UnsignedDevice
        | UtdCause::UnknownDevice => Undecryptable::Withheld,
        UtdCause::Unknown => Undecryptable::WaitingForKey,
    }
}

/// What a list or a quote shows of a body.
pub(crate) fn preview(body: &Body) -> Preview {
    let words = |caption: &Option<Text>| caption.as_ref().map(|text| text.plain.clone());
    match body {
        Body::Text { text } | Body::Notice { text } | Body::Emote { text } => Preview::of(text),
        Body::Image { caption, .. } => Preview::Image {
            caption: words(caption),
        },
        Body::Video { caption, .. } => Preview::Video {
            caption: words(caption),
        },
        Body::File { media, .. } => Preview::File {
            name: media.name.clone(),
        },
        Body::Audio {
            media, voice: true, ..
        } => Preview::Voice {
            seconds: media.seconds,
        },
        Body::Audio { media, .. } => Preview::Audio {
            name: media.name.clone(),
        },
        Body::Sticker { media } => Preview::Sticker {
            text: media.name.clone(),
        },
        Body::Poll { poll } => Preview::Poll {
            question: poll.question.clone(),
        },
        Body::Location { .. } => Preview::Location,
        Body::Deleted => Preview::Deleted,
        Body::Undecryptable { .. } => Preview::Undecryptable,
        Body::Other { .. } => Preview::Other,
    }
}
