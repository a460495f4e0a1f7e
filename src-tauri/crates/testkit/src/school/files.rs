//! The pictures and documents of the history, as bytes with what an event says of them.

use super::history::File;
use super::{document, picture};

/// A file ready to be uploaded.
pub struct FileBytes {
    pub name: &'static str,
    pub mime: &'static str,
    pub bytes: Vec<u8>,
    /// Pixels, of pictures.
    pub size: Option<(usize, usize)>,
}

impl File {
    pub const ALL: [Self; 5] = [
        Self::Museum,
        Self::Timetable,
        Self::Page,
        Self::Consent,
        Self::Menu,
    ];

    pub fn make(self) -> FileBytes {
        let image = |name, canvas: picture::Canvas| FileBytes {
            name,
            mime: "image/png",
            bytes: canvas.png(),
            size: Some((canvas.width, canvas.height)),
        };
        let pdf = |name, bytes| FileBytes {
            name,
            mime: "application/pdf",
            bytes,
            size: None,
        };
        match self {
            Self::Museum => image("Афиша.png", picture::museum()),
            Self::Timetable => image("Расписание.png", picture::timetable()),
            Self::Page => image("IMG_2087.png", picture::page()),
            Self::Consent => pdf("Согласие на экскурсию.pdf", document::consent()),
            Self::Menu => pdf("Меню столовой.pdf", document::menu()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_what_they_say() {
        for file in File::ALL {
            let made = file.make();
            let start: &[u8] = if made.mime == "image/png" {
                b"\x89PNG"
            } else {
                b"%PDF-1.4"
            };
            assert!(made.bytes.starts_with(start), "{}", made.name);
            assert!(
                (2_000..2_000_000).contains(&made.bytes.len()),
                "{}: {}",
                made.name,
                made.bytes.len()
            );
        }
    }
}
