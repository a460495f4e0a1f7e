//! Files that were not sent when their session ended: their bytes move to the stores of the next one, and from there
//! into its queue. Texts need no such move, since all of a text is in its event.

use crate::account::Account;
use crate::error::{Error, Result};
use matrix_sdk::attachment::{
    AttachmentConfig, AttachmentInfo, BaseAudioInfo, BaseFileInfo, BaseImageInfo, BaseVideoInfo,
    Thumbnail,
};
use matrix_sdk::media::{MediaFormat, MediaRequestParameters};
use matrix_sdk::room::reply::{EnforceThread, Reply};
use matrix_sdk::ruma::UInt;
use matrix_sdk::ruma::events::AnyMessageLikeEventContent;
use matrix_sdk::ruma::events::room::message::{
    AddMentions, AudioMessageEventContent, FormattedBody, MessageType, Relation,
    RoomMessageEventContent, TextMessageEventContent, UnstableAmplitude,
};
use matrix_sdk::ruma::events::room::{MediaSource, ThumbnailInfo};
use matrix_sdk::send_queue::LocalEchoContent;
use matrix_sdk::{Client, Room};
use matrix_sdk_base::media::store::IgnoreMediaRetentionPolicy;
use mime::Mime;

/// The name that the SDK's queue gives to what no server has yet.
const NO_SERVER: &str = "send-queue.localhost";

impl Account {
    /// Takes over the bytes of what `before` had not sent, for [`Account::requeue`]. Doing it twice keeps them once.
    pub async fn take_over_files(&self, before: &Self) -> Result<()> {
        let rooms = before.client.send_queue().local_echoes().await;
        for echo in rooms
            .map_err(|error| Error::stored(&error))?
            .into_values()
            .flatten()
        {
            let LocalEchoContent::Event {
                serialized_event, ..
            } = echo.content
            else {
                continue;
            };
            let Ok(AnyMessageLikeEventContent::RoomMessage(content)) =
                serialized_event.deserialize()
            else {
                continue;
            };
            let Some(file) = Unsent::of(&content.msgtype) else {
                continue;
            };
            let thumbnail = file.thumbnail.map(|(source, _)| source);
            for source in [Some(file.source), thumbnail].into_iter().flatten() {
                let request = local(source);
                let Ok(bytes) = before
                    .client
                    .media()
                    .get_media_content(&request, true)
                    .await
                else {
                    continue;
                };
                let store = self.client.media_store().lock().await;
                store
                    .map_err(|error| Error::stored(&error))?
                    .add_media_content(&request, bytes, IgnoreMediaRetentionPolicy::Yes)
                    .await
                    .map_err(|error| Error::stored(&error))?;
            }
        }
        Ok(())
    }
}

/// A file in a message that no server has yet.
struct Unsent<'a> {
    source: &'a MediaSource,
    name: &'a str,
    mime: Option<&'a str>,
    info: AttachmentInfo,
    caption: Option<(&'a str, Option<&'a FormattedBody>)>,
    thumbnail: Option<(&'a MediaSource, Option<&'a ThumbnailInfo>)>,
}

impl<'a> Unsent<'a> {
    fn of(message: &'a MessageType) -> Option<Self> {
        let file = match message {
            MessageType::Image(c) => {
                let info = c.info.as_deref();
                Self {
                    source: &c.source,
                    name: c.filename(),
                    mime: info.and_then(|info| info.mimetype.as_deref()),
                    info: AttachmentInfo::Image(BaseImageInfo {
                        height: info.and_then(|info| info.height),
                        width: info.and_then(|info| info.width),
                        size: info.and_then(|info| info.size),
                        blurhash: info.and_then(|info| info.blurhash.clone()),
                        is_animated: info.and_then(|info| info.is_animated),
                    }),
                    caption: c.caption().map(|text| (text, c.formatted_caption())),
                    thumbnail: info.and_then(|info| {
                        let source = info.thumbnail_source.as_ref()?;
                        Some((source, info.thumbnail_info.as_deref()))
                    }),
                }
            }
            MessageType::Video(c) => {
                let info = c.info.as_deref();
                Self {
                    source: &c.source,
                    name: c.filename(),
                    mime: info.and_then(|info| info.mimetype.as_deref()),
                    info: AttachmentInfo::Video(BaseVideoInfo {
                        size: info.and_then(|info| info.size),
                        ..BaseVideoInfo::default()
                    }),
                    caption: c.caption().map(|text| (text, c.formatted_caption())),
                    thumbnail: None,
                }
            }
            MessageType::Audio(c) => Self {
                source: &c.source,
                name: c.filename(),
                mime: c.info.as_deref().and_then(|info| info.mimetype.as_deref()),
                info: sound(c),
                caption: c.caption().map(|text| (text, c.formatted_caption())),
                thumbnail: None,
            },
            MessageType::File(c) => {
                let info = c.info.as_deref();
                Self {
                    source: &c.source,
                    name: c.filename(),
                    mime: info.and_then(|info| info.mimetype.as_deref()),
                    info: AttachmentInfo::File(BaseFileInfo {
                        size: info.and_then(|info| info.size),
                    }),
                    caption: c.caption().map(|text| (text, c.formatted_caption())),
                    thumbnail: None,
                }
            }
            _ => return None,
        };
        is_local(file.source).then_some(file)
    }
}

fn sound(content: &AudioMessageEventContent) -> AttachmentInfo {
    let details = content.audio.as_ref();
    let info = BaseAudioInfo {
        duration: details.map(|details| details.duration),
        size: content.info.as_deref().and_then(|info| info.size),
        waveform: details.map(|details| {
            let bars = details.waveform.iter();
            bars.map(|bar| u16::try_from(bar.get()).unwrap_or_default())
                .map(|bar| f32::from(bar) / f32::from(UnstableAmplitude::MAX))
                .collect()
        }),
    };
    match content.voice {
        Some(_) => AttachmentInfo::Voice(info),
        None => AttachmentInfo::Audio(info),
    }
}

fn is_local(source: &MediaSource) -> bool {
    let uri = match source {
        MediaSource::Plain(uri) => uri,
        MediaSource::Encrypted(file) => &file.url,
    };
    uri.server_name().is_ok_and(|server| server == NO_SERVER)
}

fn local(source: &MediaSource) -> MediaRequestParameters {
    MediaRequestParameters {
        source: source.clone(),
        format: MediaFormat::File,
    }
}

/// Puts a file that was taken over into the queue. Says `false` where the message is no such file.
pub(crate) async fn requeue(room: &Room, content: &RoomMessageEventContent) -> Result<bool> {
    let Some(file) = Unsent::of(&content.msgtype) else {
        return Ok(false);
    };
    let client = room.client();
    let Ok(bytes) = client
        .media()
        .get_media_content(&local(file.source), true)
        .await
    else {
        // Nothing can bring them back; the messages behind it must not wait for ever.
        tracing::warn!("the bytes of an unsent file are gone");
        return Ok(true);
    };
    let mime = file.mime.and_then(|mime| mime.parse::<Mime>().ok());
    let mut config = AttachmentConfig::new().info(file.info);
    config.thumbnail = match file.thumbnail {
        Some((source, info)) => thumbnail(&client, source, info).await,
        None => None,
    };
    config.caption = file.caption.map(|(text, formatted)| {
        let mut caption = TextMessageEventContent::plain(text);
        caption.formatted = formatted.cloned();
        caption
    });
    config.mentions = content.mentions.clone();
    config.reply = reply(room, content).await;
    let mime = mime.unwrap_or(mime::APPLICATION_OCTET_STREAM);
    room.send_queue()
        .send_attachment(file.name, mime, bytes, config)
        .await
        .map_err(|_| Error::ChatGone)?;
    // The queue has a copy of its own now.
    let thumbnail = file.thumbnail.map(|(source, _)| source);
    for source in [Some(file.source), thumbnail].into_iter().flatten() {
        let _ = client.media().remove_media_content(&local(source)).await;
    }
    Ok(true)
}

async fn thumbnail(
    client: &Client,
    source: &MediaSource,
    info: Option<&ThumbnailInfo>,
) -> Option<Thumbnail> {
    let data = client.media().get_media_content(&local(source), true).await;
    let (data, info) = (data.ok()?, info?);
    Some(Thumbnail {
        size: UInt::new(data.len() as u64)?,
        data,
        content_type: info.mimetype.as_deref()?.parse().ok()?,
        height: info.height?,
        width: info.width?,
    })
}

/// An answer to what can't be had any more goes out as a message of its own.
async fn reply(room: &Room, content: &RoomMessageEventContent) -> Option<Reply> {
    let Some(Relation::Reply(answered)) = &content.relates_to else {
        return None;
    };
    let event = &answered.in_reply_to.event_id;
    room.load_or_fetch_event(event, None).await.ok()?;
    Some(Reply {
        event_id: event.clone(),
        enforce_thread: EnforceThread::MaybeThreaded,
        // They are in the message already.
        add_mentions: AddMentions::No,
    })
}
