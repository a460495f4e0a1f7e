//! Files into the send queue, and what the server takes.
//!
//! The queue of the SDK writes the bytes into its encrypted store before a call returns and uploads them when the
//! server is there, so a file survives a restart as a text does.

use crate::account::Account;
use crate::compose::{Composed, compose};
use crate::error::{Error, Result};
use crate::sync::LinkState;
use matrix_sdk::attachment::{
    AttachmentConfig, AttachmentInfo, BaseAudioInfo, BaseFileInfo, BaseImageInfo, BaseVideoInfo,
    Thumbnail as SdkThumbnail,
};
use matrix_sdk::room::reply::{EnforceThread, Reply};
use matrix_sdk::ruma::events::room::message::AddMentions;
use matrix_sdk::ruma::{OwnedEventId, UInt};
use matrix_sdk::send_queue::RoomSendQueueError;
use matrix_sdk::{Room, RoomState};
use mime::Mime;
use parta_model::{ChatId, Written};
use std::time::Duration;

/// A server that takes longer to name its limit is asked again with the next file.
const PATIENCE: Duration = Duration::from_secs(5);

/// A file that is ready to go out.
pub struct Upload {
    pub name: String,
    /// What the bytes are. Pictures, sound and films are shown as such by others.
    pub mime: String,
    pub bytes: Vec<u8>,
    pub kind: UploadKind,
}

pub enum UploadKind {
    Picture {
        width: u32,
        height: u32,
        animated: bool,
        blurhash: Option<String>,
        thumbnail: Option<Thumbnail>,
    },
    /// `length` in milliseconds, `waveform` from 0 to 1024.
    Voice {
        length: u64,
        waveform: Vec<u16>,
    },
    /// `length` in milliseconds.
    Film {
        width: u32,
        height: u32,
        length: Option<u64>,
    },
    Plain,
}

/// A smaller JPEG of a picture.
pub struct Thumbnail {
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

/// Files on their way into one chat: all that can be refused has been looked at before the first of them is handed over.
pub struct Attachments {
    room: Room,
    caption: Option<Composed>,
    /// Goes with the first.
    reply: Option<Reply>,
    limit: Option<u64>,
}

impl Account {
    /// How large a file the server takes, in bytes; nothing while it is not known.
    pub async fn upload_limit(&self) -> Option<u64> {
        if let Some(limit) = self.upload_limit.get() {
            return Some(*limit);
        }
        if *self.link().borrow() != LinkState::Online {
            return None;
        }
        let asked = self.client.load_or_fetch_max_upload_size();
        let limit = tokio::time::timeout(PATIENCE, asked).await.ok()?.ok()?;
        Some(*self.upload_limit.get_or_init(|| limit.into()))
    }

    /// Looks at everything but the files themselves.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] where the person is not in the chat, [`Error::NoSuchItem`] where the answered message
    /// can't be had, [`Error::TooLong`] for a caption that no event can hold.
    pub async fn attachments(
        &self,
        chat: &ChatId,
        caption: Option<&Written>,
        reply_to: Option<&str>,
    ) -> Result<Attachments> {
        let room = self.room(chat)?;
        if room.state() != RoomState::Joined {
            return Err(Error::NotAllowed);
        }
        let caption = caption
            .filter(|caption| !caption.text.trim().is_empty())
            .map(compose)
            .transpose()?;
        let reply = match reply_to {
            Some(event) => {
                let event = OwnedEventId::try_from(event).map_err(|_| Error::NoSuchItem)?;
                // The SDK would find out only after it has stored the file, and leave it there.
                room.load_or_fetch_event(&event, None)
                    .await
                    .map_err(|_| Error::NoSuchItem)?;
                Some(Reply {
                    event_id: event,
                    enforce_thread: EnforceThread::MaybeThreaded,
                    add_mentions: AddMentions::Yes,
                })
            }
            None => None,
        };
        Ok(Attachments {
            room,
            caption,
            reply,
            limit: self.upload_limit().await,
        })
    }

    /// Sets the picture of a chat, or removes it.
    pub async fn set_chat_avatar(
        &self,
        chat: &ChatId,
        picture: Option<(Vec<u8>, &str)>,
    ) -> Result<()> {
        let room = self.room(chat)?;
        match picture {
            Some((bytes, mime)) => {
                room.upload_avatar(&parsed(mime)?, bytes, None).await?;
            }
            None => {
                room.remove_avatar().await?;
            }
        }
        Ok(())
    }
}

impl Attachments {
    /// Puts a file on disk and into the queue; the caption goes with the last one.
    pub async fn send(&mut self, upload: Upload, last: bool) -> Result<()> {
        let Upload {
            name,
            mime,
            bytes,
            kind,
        } = upload;
        if self.limit.is_some_and(|limit| bytes.len() as u64 > limit) {
            return Err(Error::TooLarge);
        }
        let mime = parsed(&mime)?;
        let size = UInt::new(bytes.len() as u64);
        let mut config = AttachmentConfig::new().reply(self.reply.take());
        let info = match kind {
            UploadKind::Picture {
                width,
                height,
                animated,
                blurhash,
                thumbnail,
            } => {
                config.thumbnail = thumbnail.map(|small| SdkThumbnail {
                    size: UInt::new(small.bytes.len() as u64).unwrap_or_default(),
                    data: small.bytes,
                    content_type: mime::IMAGE_JPEG,
                    width: small.width.into(),
                    height: small.height.into(),
                });
                AttachmentInfo::Image(BaseImageInfo {
                    width: Some(width.into()),
                    height: Some(height.into()),
                    size,
                    blurhash,
                    is_animated: animated.then_some(true),
                })
            }
            UploadKind::Voice { length, waveform } => AttachmentInfo::Voice(BaseAudioInfo {
                duration: Some(Duration::from_millis(length)),
                size,
                waveform: Some(
                    waveform
                        .into_iter()
                        .map(|bar| f32::from(bar) / 1024.0)
                        .collect(),
                ),
            }),
            UploadKind::Film {
                width,
                height,
                length,
            } => AttachmentInfo::Video(BaseVideoInfo {
                width: Some(width.into()),
                height: Some(height.into()),
                duration: length.map(Duration::from_millis),
                size,
                ..BaseVideoInfo::default()
            }),
            UploadKind::Plain => match mime.type_() {
                mime::VIDEO => AttachmentInfo::Video(BaseVideoInfo {
                    size,
                    ..BaseVideoInfo::default()
                }),
                mime::AUDIO => AttachmentInfo::Audio(BaseAudioInfo {
                    size,
                    ..BaseAudioInfo::default()
                }),
                _ => AttachmentInfo::File(BaseFileInfo { size }),
            },
        };
        config.info = Some(info);
        if last && let Some(caption) = self.caption.take() {
            config.mentions = Some(caption.mentions.clone());
            config.caption = Some(caption.text());
        }
        self.room
            .send_queue()
            .send_attachment(name, mime, bytes, config)
            .await
            .map(drop)
            .map_err(|error| match error {
                RoomSendQueueError::RoomNotJoined => Error::NotAllowed,
                RoomSendQueueError::RoomDisappeared => Error::ChatGone,
                RoomSendQueueError::FailedToCreateAttachment => Error::NoSuchItem,
                RoomSendQueueError::StorageError(error) => Error::stored(&error),
            })
    }
}

fn parsed(mime: &str) -> Result<Mime> {
    mime.parse()
        .map_err(|_| Error::Internal("a type that is none"))
}
