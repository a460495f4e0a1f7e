//! Files and voice messages on their way out: handed over in pieces ([`staging`]), made ready ([`pictures`], [`voice`]),
//! put into the SDK's queue, which holds them on the disk until the server has them.

mod containers;
mod film;
mod metadata;
mod opus;
mod pictures;
mod resample;
mod staging;
mod voice;

pub(crate) use staging::Staging;

use crate::Client;
use crate::error::{Error, Result};
use crate::files::is_hidden;
use parta_matrix::{MediaBytes, Thumbnail, Upload, UploadKind};
use parta_model::{ChatId, MediaKey, Outgoing, Staged, StagedVoice, Written};
use pictures::Prepared;
use staging::{File, Pushed};
use std::sync::Arc;
use voice::{Recorder, Unusable};

/// What the name of a file is cut to; no system makes longer ones.
const LONGEST_NAME: usize = 200;
/// Addresses of media that are not sent yet.
const STAGED: &str = "staged:";
const VOICE_NAME: &str = "Голосовое сообщение.ogg";
const VOICE_TYPE: &str = "audio/ogg";
/// Bytes that are shown by no one.
const PLAIN: &str = "application/octet-stream";
/// A photograph is made smaller before it is sent; so large may it be before that.
const LARGEST_PHOTO: u64 = 100 << 20;
/// How much of a file is looked at to tell text from bytes.
const LOOKED_AT: usize = 64 << 10;

impl Client {
    /// Makes room for a file that comes by [`Client::push`]. What the server would not take is refused here, before
    /// any of it is read; while the server's limit is not known, it is taken, and so is a photograph that will be made
    /// smaller. Its type is what its bytes say.
    pub async fn stage_file(&self, name: &str, size: u64) -> Result<Staged> {
        let limit = self.account()?.upload_limit().await;
        let shrinks = is_photo(name) && size <= LARGEST_PHOTO;
        if limit.is_some_and(|limit| size > limit) && !shrinks {
            return Err(parta_matrix::Error::TooLarge.into());
        }
        self.staging.add_file(shown_name(name), size)
    }

    /// Begins a recording of one channel; `rate` is that of the samples which come by [`Client::push`].
    pub fn stage_voice(&self, rate: u32) -> Result<Staged> {
        self.account()?;
        let recorder = Recorder::new(rate, rand::random()).ok_or(Error::Internal(
            "a recording at a rate that no microphone has",
        ))?;
        Ok(Staged {
            id: self.staging.add_recording(recorder)?,
            name: VOICE_NAME.to_owned(),
            size: 0,
        })
    }

    /// The next bytes of a staged file, or the next samples of a recording (16 bits, little-endian).
    pub async fn push(&self, id: &str, bytes: &[u8]) -> Result<()> {
        match self.staging.push(id, bytes)? {
            Pushed::Taken => Ok(()),
            Pushed::Recording(recording) => {
                let mut recording = recording.lock_owned().await;
                let bytes = bytes.to_vec();
                let pushed = tokio::task::spawn_blocking(move || match recording.as_mut() {
                    Some(recorder) => recorder.push(&bytes).map_err(Error::from),
                    None => Err(Error::FileGone),
                });
                pushed
                    .await
                    .map_err(|_| Error::Internal("a recording task failed"))?
            }
        }
    }

    /// Ends a recording. Asked again, it gives the same.
    pub async fn finish_voice(&self, id: &str) -> Result<StagedVoice> {
        if let Some(recording) = self.staging.recording(id) {
            let mut recording = recording.lock_owned().await;
            if let Some(recorder) = recording.take() {
                let finished = tokio::task::spawn_blocking(move || recorder.finish());
                let finished = finished
                    .await
                    .map_err(|_| Error::Internal("a recording task failed"))?;
                match finished {
                    Ok(voice) => self.staging.set_voice(id, Arc::new(voice))?,
                    Err(unusable) => {
                        self.staging.remove(id);
                        return Err(unusable.into());
                    }
                }
            }
        }
        let voice = self.staging.voice(id).ok_or(Error::FileGone)?;
        Ok(StagedVoice {
            id: id.to_owned(),
            length: voice.length,
            waveform: voice.waveform.clone(),
            media: MediaKey::new(format!("{STAGED}{id}")),
        })
    }

    /// Lets go of what will not be sent.
    pub fn unstage(&self, id: &str) {
        self.staging.remove(id);
    }

    /// What is staged, as media; nothing where the key is that of sent media.
    pub(crate) fn staged_media(&self, key: &MediaKey) -> Option<Result<MediaBytes>> {
        let id = key.as_str().strip_prefix(STAGED)?;
        let voice = self.staging.voice(id);
        Some(
            voice
                .map(|voice| MediaBytes {
                    bytes: voice.bytes.clone(),
                    mime: Some(VOICE_TYPE),
                })
                .ok_or(parta_matrix::Error::MediaGone.into()),
        )
    }

    /// Puts files into the queue, in their order; the caption goes with the last, the reply with the first.
    pub async fn send_files(
        &self,
        chat: &ChatId,
        files: Vec<Outgoing>,
        caption: Option<Written>,
        reply_to: Option<&str>,
    ) -> Result<()> {
        let account = self.account()?;
        let Some(last) = files.len().checked_sub(1) else {
            return Ok(());
        };
        let ids: Vec<&str> = files.iter().map(|file| file.staged.as_str()).collect();
        if !self.staging.are_whole(&ids) {
            return Err(Error::FileGone);
        }
        let limit = account.upload_limit().await;
        let mut outbox = account
            .attachments(chat, caption.as_ref(), reply_to)
            .await?;
        for (position, outgoing) in files.iter().enumerate() {
            let file = self.staging.take_file(&outgoing.staged)?;
            let upload = self.ready(file, outgoing.as_file).await?;
            if limit.is_some_and(|limit| upload.bytes.len() as u64 > limit) {
                return Err(parta_matrix::Error::TooLarge.into());
            }
            outbox.send(upload, position == last).await?;
        }
        Ok(())
    }

    async fn ready(&self, file: File, as_file: bool) -> Result<Upload> {
        let File {
            mut name,
            mut bytes,
            ..
        } = file;
        let mime = sniffed(&bytes);
        if as_file || !mime.starts_with("image/") {
            let mut kind = UploadKind::Plain;
            // The types of old telephones are not known by their first bytes.
            if !as_file && !mime.starts_with("audio/") {
                containers::bare(&mut bytes);
            }
            if !as_file
                && mime.starts_with("video/")
                && let Some(film) = film::measure(&bytes)
            {
                kind = UploadKind::Film {
                    width: film.width,
                    height: film.height,
                    length: film.length,
                };
            }
            // Sound and films are what they are; a picture «as a file» has to look like a file to others too.
            let mime = if as_file && !mime.starts_with("text/") && mime_is_shown(mime) {
                PLAIN
            } else {
                mime
            };
            return Ok(Upload {
                name,
                mime: mime.to_owned(),
                bytes,
                kind,
            });
        }
        let _turn = self.staging.pictures.acquire().await;
        let prepared = tokio::task::spawn_blocking(move || pictures::prepare(bytes)).await;
        match prepared.map_err(|_| Error::Internal("a picture task failed"))? {
            Prepared::File(bytes) => Ok(Upload {
                name,
                mime: PLAIN.to_owned(),
                bytes,
                kind: UploadKind::Plain,
            }),
            Prepared::Picture(picture) => {
                if picture.mime != mime {
                    name = renamed(&name, picture.mime);
                }
                Ok(Upload {
                    name,
                    mime: picture.mime.to_owned(),
                    bytes: picture.bytes,
                    kind: UploadKind::Picture {
                        width: picture.width,
                        height: picture.height,
                        animated: picture.animated,
                        blurhash: picture.blurhash,
                        thumbnail: picture.thumbnail.map(|small| Thumbnail {
                            bytes: small.bytes,
                            width: small.width,
                            height: small.height,
                        }),
                    },
                })
            }
        }
    }

    pub async fn send_voice(&self, chat: &ChatId, id: &str, reply_to: Option<&str>) -> Result<()> {
        let account = self.account()?;
        let mut outbox = account.attachments(chat, None, reply_to).await?;
        // Taken out first: two clicks send one message.
        let voice = self.staging.take_voice(id)?;
        let upload = Upload {
            name: VOICE_NAME.to_owned(),
            mime: VOICE_TYPE.to_owned(),
            bytes: voice.bytes.clone(),
            kind: UploadKind::Voice {
                length: voice.length,
                waveform: voice.waveform.clone(),
            },
        };
        let sent = outbox.send(upload, true).await;
        if sent.is_err() {
            self.staging.put_back(id, voice);
        }
        Ok(sent?)
    }

    /// A staged picture as the square that stands for a chat.
    pub(crate) async fn avatar_of(&self, staged: &str) -> Result<(Vec<u8>, &'static str)> {
        let file = self.staging.take_file(staged)?;
        let _turn = self.staging.pictures.acquire().await;
        tokio::task::spawn_blocking(move || pictures::avatar(&file.bytes))
            .await
            .map_err(|_| Error::Internal("a picture task failed"))?
            .ok_or(Error::FileGone)
    }
}

impl From<Unusable> for Error {
    fn from(unusable: Unusable) -> Self {
        match unusable {
            Unusable::TooLong => parta_matrix::Error::TooLarge.into(),
            Unusable::Silent => Self::NoSound,
            Unusable::Failed => Self::Internal("the encoder failed"),
        }
    }
}

/// What the first bytes say.
fn sniffed(bytes: &[u8]) -> &'static str {
    if let Some(mime) = parta_matrix::sniff(bytes) {
        return mime;
    }
    let start = &bytes[..bytes.len().min(LOOKED_AT)];
    let text = match std::str::from_utf8(start) {
        Ok(_) => true,
        // A letter that is cut at the end is no mistake.
        Err(error) => error.error_len().is_none(),
    };
    if text && !start.is_empty() && !start.contains(&0) {
        "text/plain"
    } else {
        PLAIN
    }
}

/// Whether others would show it in its place instead of offering it as a file.
fn mime_is_shown(mime: &str) -> bool {
    ["image/", "audio/", "video/"]
        .iter()
        .any(|kind| mime.starts_with(kind))
}

/// The name that others see: without its folders, without what misleads the eye, and not endless.
fn shown_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|c| !c.is_control() && !is_hidden(*c))
        .collect();
    let clean = clean.trim();
    if clean.trim_matches('.').is_empty() {
        return "file".to_owned();
    }
    match clean.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.chars().count() <= 12 => {
            let room = LONGEST_NAME - extension.chars().count() - 1;
            let stem: String = stem.chars().take(room).collect();
            format!("{stem}.{extension}")
        }
        _ => clean.chars().take(LONGEST_NAME).collect(),
    }
}

/// A picture that was drawn anew in another format says so by its name.
fn renamed(name: &str, mime: &str) -> String {
    let extension = if mime == "image/png" { "png" } else { "jpg" };
    let stem = match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    };
    format!("{stem}.{extension}")
}

/// Whether a file calls itself a photograph; what its bytes are is seen once they are here.
fn is_photo(name: &str) -> bool {
    let name = name.to_lowercase();
    [".jpg", ".jpeg"].iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_not_mislead_and_has_an_end() {
        for (given, shown) in [
            ("план.pdf", "план.pdf"),
            ("/home/maria/Документы/план.pdf", "план.pdf"),
            ("C:\\Users\\maria\\план.pdf", "план.pdf"),
            ("отчёт\u{202e}fdp.exe", "отчётfdp.exe"),
            ("a\r\nb\t.txt", "ab.txt"),
            ("  ", "file"),
            ("..", "file"),
            ("", "file"),
        ] {
            assert_eq!(shown_name(given), shown);
        }
        let long = shown_name(&format!("{}.pdf", "я".repeat(4_000)));
        assert_eq!(long.chars().count(), LONGEST_NAME);
        assert!(long.ends_with(".pdf"));
        assert_eq!(shown_name(&"я".repeat(4_000)).chars().count(), LONGEST_NAME);
    }

    #[test]
    fn the_type_is_what_the_bytes_say() {
        assert_eq!(sniffed(b"\x89PNG\r\n\x1a\n\0\0"), "image/png");
        assert_eq!(
            sniffed(b"OggS\0\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x13OpusHead"),
            "audio/ogg"
        );
        assert_eq!(sniffed("Привет".as_bytes()), "text/plain");
        assert_eq!(sniffed(b"\0\x01\x02"), PLAIN);
        assert_eq!(sniffed(b""), PLAIN);
        let cut = "я".repeat(LOOKED_AT);
        assert_eq!(sniffed(&cut.as_bytes()[..LOOKED_AT + 1]), "text/plain");
    }
}
