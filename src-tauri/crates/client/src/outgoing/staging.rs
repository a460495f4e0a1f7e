//! What has been handed over to be sent and has not been sent yet.
//!
//! The SDK's queue takes the bytes of a file whole and keeps them encrypted in its own store, so until then they are
//! whole in memory here, once, and nowhere on the disk: a file on its way out never lies there in the clear.

use super::voice::{Recorded, Recorder};
use crate::error::{Error, Result};
use parta_model::Staged;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Mutex as AsyncMutex, Semaphore};

/// What may be staged at a time.
const MOST: usize = 64;
const MOST_BYTES: u64 = 512 << 20;
/// What one push may hold.
pub(super) const LARGEST_PUSH: usize = 4 << 20;
/// An hour of speech, which nobody can know to be shorter before it ends.
const RECORDING: u64 = 14 << 20;

pub(super) struct File {
    pub(super) name: String,
    size: u64,
    pub(super) bytes: Vec<u8>,
}

impl File {
    fn is_whole(&self) -> bool {
        self.bytes.len() as u64 == self.size
    }
}

/// A recording that is going on. Gone once it has been finished.
pub(super) type Recording = Arc<AsyncMutex<Option<Recorder>>>;

enum Entry {
    File(File),
    Recording(Recording),
    Voice(Arc<Recorded>),
}

impl Entry {
    /// What it may come to.
    fn weight(&self) -> u64 {
        match self {
            Self::File(file) => file.size,
            Self::Recording(_) => RECORDING,
            Self::Voice(voice) => voice.bytes.len() as u64,
        }
    }
}

/// Where the next bytes go.
pub(super) enum Pushed {
    Taken,
    Recording(Recording),
}

pub(crate) struct Staging {
    entries: Mutex<HashMap<String, Entry>>,
    /// A large picture needs a few hundred megabytes while it is looked at: one at a time.
    pub(super) pictures: Semaphore,
}

impl Default for Staging {
    fn default() -> Self {
        Self {
            entries: Mutex::default(),
            pictures: Semaphore::new(1),
        }
    }
}

impl Staging {
    fn entries(&self) -> MutexGuard<'_, HashMap<String, Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, entry: Entry) -> Result<String> {
        let mut entries = self.entries();
        let weight: u64 = entries.values().map(Entry::weight).sum();
        if entries.len() >= MOST || entry.weight() > MOST_BYTES.saturating_sub(weight) {
            return Err(parta_matrix::Error::TooLarge.into());
        }
        let id = format!("{:032x}", rand::random::<u128>());
        entries.insert(id.clone(), entry);
        Ok(id)
    }

    pub(super) fn add_file(&self, name: String, size: u64) -> Result<Staged> {
        let file = File {
            name: name.clone(),
            size,
            bytes: Vec::new(),
        };
        let id = self.add(Entry::File(file))?;
        Ok(Staged { id, name, size })
    }

    pub(super) fn add_recording(&self, recorder: Recorder) -> Result<String> {
        self.add(Entry::Recording(Arc::new(AsyncMutex::new(Some(recorder)))))
    }

    /// Takes the next bytes of a file. More than was said means that the file has changed under the person's hands:
    /// it is let go.
    pub(super) fn push(&self, id: &str, bytes: &[u8]) -> Result<Pushed> {
        if bytes.len() > LARGEST_PUSH {
            return Err(parta_matrix::Error::TooLarge.into());
        }
        let mut entries = self.entries();
        match entries.get_mut(id) {
            Some(Entry::File(file)) => {
                if (file.bytes.len() + bytes.len()) as u64 > file.size {
                    entries.remove(id);
                    return Err(Error::FileGone);
                }
                if file.bytes.try_reserve(bytes.len()).is_err() {
                    entries.remove(id);
                    return Err(parta_matrix::Error::TooLarge.into());
                }
                file.bytes.extend_from_slice(bytes);
                Ok(Pushed::Taken)
            }
            Some(Entry::Recording(recording)) => Ok(Pushed::Recording(recording.clone())),
            Some(Entry::Voice(_)) | None => Err(Error::FileGone),
        }
    }

    /// Whether all of these can be taken: each once, each whole.
    pub(super) fn are_whole(&self, ids: &[&str]) -> bool {
        let entries = self.entries();
        ids.iter().enumerate().all(|(position, id)| {
            let whole = matches!(entries.get(*id), Some(Entry::File(file)) if file.is_whole());
            whole && !ids[..position].contains(id)
        })
    }

    /// Takes a whole file out, so that no second call sends it too.
    pub(super) fn take_file(&self, id: &str) -> Result<File> {
        let mut entries = self.entries();
        match entries.remove(id) {
            Some(Entry::File(file)) if file.is_whole() => Ok(file),
            Some(other) => {
                entries.insert(id.to_owned(), other);
                Err(Error::FileGone)
            }
            None => Err(Error::FileGone),
        }
    }

    /// The bytes of a whole file that is not to be sent.
    pub(crate) fn take_bytes(&self, id: &str) -> Result<Vec<u8>> {
        Ok(self.take_file(id)?.bytes)
    }

    pub(super) fn recording(&self, id: &str) -> Option<Recording> {
        match self.entries().get(id) {
            Some(Entry::Recording(recording)) => Some(recording.clone()),
            _ => None,
        }
    }

    /// Puts what a recording has become in its place, unless it was let go meanwhile.
    pub(super) fn set_voice(&self, id: &str, voice: Arc<Recorded>) -> Result<()> {
        match self.entries().get_mut(id) {
            Some(entry) => {
                *entry = Entry::Voice(voice);
                Ok(())
            }
            None => Err(Error::FileGone),
        }
    }

    pub(super) fn voice(&self, id: &str) -> Option<Arc<Recorded>> {
        match self.entries().get(id) {
            Some(Entry::Voice(voice)) => Some(voice.clone()),
            _ => None,
        }
    }

    /// Takes a finished recording out, so that no second call sends it too.
    pub(super) fn take_voice(&self, id: &str) -> Result<Arc<Recorded>> {
        let voice = self.voice(id).ok_or(Error::FileGone)?;
        self.entries()
            .remove(id)
            .map(|_| voice)
            .ok_or(Error::FileGone)
    }

    /// What could not be sent waits for another try.
    pub(super) fn put_back(&self, id: &str, voice: Arc<Recorded>) {
        self.entries().insert(id.to_owned(), Entry::Voice(voice));
    }

    pub(super) fn remove(&self, id: &str) {
        self.entries().remove(id);
    }

    /// Nothing of a person stays behind after a sign-out.
    pub(crate) fn clear(&self) {
        self.entries().clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gone<T>(result: Result<T>) -> bool {
        matches!(result, Err(Error::FileGone))
    }

    fn too_large<T>(result: Result<T>) -> bool {
        matches!(result, Err(Error::Matrix(parta_matrix::Error::TooLarge)))
    }

    #[test]
    fn a_file_is_taken_whole_and_once() {
        let staging = Staging::default();
        let id = staging.add_file("a.bin".into(), 5).unwrap().id;
        staging.push(&id, b"abc").unwrap();
        assert!(!staging.are_whole(&[&id]));
        assert!(gone(staging.take_file(&id)), "fewer bytes than were said");
        staging.push(&id, b"de").unwrap();
        assert!(staging.are_whole(&[&id]));
        assert!(!staging.are_whole(&[&id, &id]));
        assert_eq!(staging.take_file(&id).unwrap().bytes, b"abcde");
        assert!(gone(staging.take_file(&id)));
    }

    #[test]
    fn bytes_after_the_end_or_after_letting_go_are_refused() {
        let staging = Staging::default();
        let id = staging.add_file("a.bin".into(), 2).unwrap().id;
        assert!(gone(staging.push(&id, b"abc")));
        assert!(gone(staging.push(&id, b"a")), "it was let go");
        let id = staging.add_file("a.bin".into(), 2).unwrap().id;
        staging.remove(&id);
        assert!(gone(staging.push(&id, b"ab")));
        assert!(gone(staging.push("no such thing", b"ab")));
    }

    #[test]
    fn memory_has_an_end_and_letting_go_frees_it() {
        let staging = Staging::default();
        let large = staging.add_file("a".into(), MOST_BYTES - 1).unwrap().id;
        assert!(too_large(staging.add_file("b".into(), 2)));
        assert!(too_large(staging.add_file("c".into(), u64::MAX)));
        staging.remove(&large);
        for _ in 0..MOST {
            staging.add_file("d".into(), 0).unwrap();
        }
        assert!(too_large(staging.add_file("e".into(), 0)));
        staging.clear();
        let id = staging.add_file("f".into(), MOST_BYTES).unwrap().id;
        assert!(too_large(staging.push(&id, &vec![0; LARGEST_PUSH + 1])));
    }
}
