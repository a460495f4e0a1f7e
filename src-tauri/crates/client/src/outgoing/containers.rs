//! Takes the place out of what phones write as ISO media files: pictures (HEIF, AVIF) and films (MP4, QuickTime). What
//! tells too much is overwritten where it stands, so that nothing else moves and nothing has to be drawn anew.
//!
//! A track of its own, as some sports cameras write, is part of the film and stays.

use std::collections::HashSet;
use std::ops::Range;

/// What a picture or a film is made of besides `meta` and `moov`; any other box of it is emptied.
const KEPT: [&[u8; 4]; 7] = [
    b"ftyp", b"styp", b"pdin", b"moof", b"mdat", b"mfra", b"sidx",
];
/// A film has tracks, and these their media.
const DEEPEST: usize = 2;
const EMPTY: &[u8; 4] = b"free";
/// What phones and cameras write. Raw pictures are made of boxes too, and keep in them what they are.
const BRANDS: [&[u8]; 12] = [
    b"hei", b"hev", b"mif1", b"msf1", b"avi", b"iso", b"mp4", b"avc1", b"qt  ", b"3g", b"M4V",
    b"MSNV",
];

/// One box: its name, where it begins, and where its content stands.
pub(super) struct Piece {
    pub(super) kind: [u8; 4],
    start: usize,
    pub(super) content: Range<usize>,
}

/// Empties what tells of the place, the camera and the editor; whether this is such a file at all.
pub(super) fn bare(bytes: &mut [u8]) -> bool {
    // What stands behind the last box, or is missing of it, is no reason to leave the others as they are.
    let (pieces, _) = read(bytes, 0..bytes.len());
    if !is_media(bytes, &pieces) {
        return false;
    }
    for piece in &pieces {
        match &piece.kind {
            b"meta" => match told_by_items(bytes, piece) {
                Some(gone) => gone.into_iter().for_each(|range| bytes[range].fill(0)),
                // Of a film, not of the items of a picture.
                None => empty(bytes, piece),
            },
            b"moov" => empty_told(bytes, piece.content.clone(), DEEPEST),
            kind if KEPT.contains(&kind) => {}
            _ => empty(bytes, piece),
        }
    }
    true
}

/// A film of old may begin without saying what it is.
fn is_media(bytes: &[u8], pieces: &[Piece]) -> bool {
    match pieces.first() {
        Some(first) if &first.kind == b"ftyp" => {
            let brand = bytes.get(first.content.clone()).unwrap_or_default();
            BRANDS.iter().any(|known| brand.starts_with(known))
        }
        Some(first) if [b"moov", b"mdat", b"wide"].contains(&&first.kind) => {
            pieces.iter().any(|piece| &piece.kind == b"moov")
        }
        _ => false,
    }
}

/// The boxes of a range, or nothing where they don't fill it.
pub(super) fn pieces(bytes: &[u8], range: Range<usize>) -> Option<Vec<Piece>> {
    let (found, whole) = read(bytes, range);
    whole.then_some(found)
}

/// The boxes of a range as far as they can be read, and whether they fill it.
fn read(bytes: &[u8], range: Range<usize>) -> (Vec<Piece>, bool) {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let Some(piece) = piece_at(bytes, at..range.end) else {
            return (found, false);
        };
        at = piece.content.end;
        found.push(piece);
    }
    (found, true)
}

fn piece_at(bytes: &[u8], range: Range<usize>) -> Option<Piece> {
    let head = bytes.get(range.clone())?;
    let kind = *head.get(4..)?.first_chunk()?;
    let (header, size) = match u32::from_be_bytes(*head.first_chunk()?) {
        // The last one goes to the end.
        0 => (8, head.len()),
        1 => (16, number(head.get(8..16)?)?),
        size => (8, usize::try_from(size).ok()?),
    };
    (header..=head.len()).contains(&size).then(|| Piece {
        kind,
        start: range.start,
        content: range.start + header..range.start + size,
    })
}

fn empty(bytes: &mut [u8], piece: &Piece) {
    bytes[piece.start + 4..piece.start + 8].copy_from_slice(EMPTY);
    bytes[piece.content.clone()].fill(0);
}

/// What players show of a film besides itself; in its tracks too.
fn empty_told(bytes: &mut [u8], range: Range<usize>, deep: usize) {
    for piece in read(bytes, range).0 {
        match &piece.kind {
            b"udta" | b"meta" | b"uuid" => empty(bytes, &piece),
            b"trak" | b"mdia" if deep > 0 => empty_told(bytes, piece.content, deep - 1),
            _ => {}
        }
    }
}

/// Where the items of a picture stand that hold Exif or XMP; nothing where these are no such items.
fn told_by_items(bytes: &[u8], meta: &Piece) -> Option<Vec<Range<usize>>> {
    // A version and flags stand before its boxes.
    let (inside, _) = read(bytes, meta.content.start + 4..meta.content.end);
    let piece = |kind: &[u8; 4]| inside.iter().find(|piece| piece.kind == *kind);
    let content = |kind: &[u8; 4]| piece(kind).and_then(|piece| bytes.get(piece.content.clone()));
    if content(b"hdlr")?.get(8..12)? != b"pict" {
        return None;
    }
    // A picture whose items can't be understood keeps them: it could not be seen without.
    let told = piece(b"iinf").and_then(|items| told_items(bytes, items));
    let places = told.and_then(|told| locations(content(b"iloc")?, &told, bytes.len()));
    let data = piece(b"idat").map_or(0, |piece| piece.content.start);
    let mut gone = Vec::new();
    for (in_data, range) in places.unwrap_or_default() {
        let from = if in_data { data } else { 0 };
        let range = from + range.start..from + range.end;
        if bytes.get(range.clone()).is_some() {
            gone.push(range);
        }
    }
    Some(gone)
}

fn told_items(bytes: &[u8], items: &Piece) -> Option<HashSet<u32>> {
    let mut content = Reader(bytes.get(items.content.clone())?);
    let version = content.take(1)?;
    content.skip(3)?;
    let count = if version == 0 { 2 } else { 4 };
    content.skip(count)?;
    let start = items.content.start + 4 + count;
    let mut told = HashSet::new();
    for entry in read(bytes, start..items.content.end).0 {
        let mut info = Reader(bytes.get(entry.content)?);
        let version = info.take(1)?;
        info.skip(3)?;
        // Older entries have no type; nobody writes pictures with them.
        if version < 2 {
            continue;
        }
        let item = info.take(if version == 2 { 2 } else { 4 })?;
        info.skip(2)?;
        if matches!(info.0.get(..4)?, b"Exif" | b"mime" | b"uri ") {
            told.insert(u32::try_from(item).ok()?);
        }
    }
    Some(told)
}

/// The ranges that items stand in, in the data beside them or in the file. Together no longer than the file: more would
/// be a trap, which costs hours to empty.
fn locations(
    content: &[u8],
    told: &HashSet<u32>,
    longest: usize,
) -> Option<Vec<(bool, Range<usize>)>> {
    let mut reader = Reader(content);
    let version = reader.take(1)?;
    reader.skip(3)?;
    let sizes = reader.take(2)?;
    let [offset, length, base, index] = [12, 8, 4, 0].map(|shift| (sizes >> shift) & 0xf);
    let index = if version > 0 { index } else { 0 };
    let wide = if version < 2 { 2 } else { 4 };
    let count = reader.take(wide)?;
    let mut found = Vec::new();
    let mut room = longest;
    for _ in 0..count {
        let item = u32::try_from(reader.take(wide)?).ok()?;
        let method = if version == 0 {
            0
        } else {
            reader.take(2)? & 0xf
        };
        reader.skip(2)?;
        let base = reader.take(base)?;
        let extents = reader.take(2)?;
        // What is put together from other items has no bytes of its own.
        if method > 1 || !told.contains(&item) {
            reader.skip(extents * (index + offset + length))?;
            continue;
        }
        // Places without a size would be as many as somebody likes.
        if index + offset + length == 0 {
            return None;
        }
        for _ in 0..extents {
            reader.take(index)?;
            let start = base.checked_add(reader.take(offset)?)?;
            let length = reader.take(length)?;
            room = room.checked_sub(length)?;
            if start <= longest {
                found.push((method == 1, start..start + length));
            }
        }
    }
    Some(found)
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn skip(&mut self, bytes: usize) -> Option<()> {
        self.0 = self.0.get(bytes..)?;
        Some(())
    }

    fn take(&mut self, bytes: usize) -> Option<usize> {
        let value = number(self.0.get(..bytes)?)?;
        self.skip(bytes)?;
        Some(value)
    }
}

/// Of at most eight bytes.
pub(super) fn number(bytes: &[u8]) -> Option<usize> {
    if bytes.len() > 8 {
        return None;
    }
    let value = bytes
        .iter()
        .fold(0, |value: u64, byte| value << 8 | u64::from(*byte));
    usize::try_from(value).ok()
}

#[cfg(test)]
pub(super) mod tests;
