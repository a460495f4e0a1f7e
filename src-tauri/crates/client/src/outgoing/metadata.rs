//! Takes out of a picture what it says beyond itself: the place, the camera, the editor. The pixels stay as they are.
//!
//! What is kept is listed, not what is dropped: a kind of metadata that nobody has thought of goes too, and so does
//! whatever lies behind the end of the picture (a phone hides a film with its own place there).

/// What is left of a picture, and whether it moves.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bare {
    pub(super) bytes: Vec<u8>,
    pub(super) animated: bool,
}

/// Nothing where the bytes are not what they begin as: then the picture has to be drawn anew.
pub(super) fn jpeg(bytes: &[u8]) -> Option<Bare> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
    out.extend([0xff, 0xd8]);
    loop {
        rest = rest.strip_prefix(&[0xff])?;
        let (&marker, after) = rest.split_first()?;
        if marker == 0xff {
            // Padding before a marker.
            continue;
        }
        if marker == 0xd9 {
            out.extend([0xff, 0xd9]);
            return Some(Bare {
                bytes: out,
                animated: false,
            });
        }
        if marker == 0x01 || (0xd0..=0xd7).contains(&marker) {
            out.extend([0xff, marker]);
            rest = after;
            continue;
        }
        let length = usize::from(u16::from_be_bytes([*after.first()?, *after.get(1)?]));
        let segment = after.get(..length)?;
        rest = after.get(length..)?;
        if keeps_segment(marker, segment.get(2..)?) {
            out.extend([0xff, marker]);
            out.extend(segment);
        }
        if marker == 0xda {
            let scan = scan_end(rest)?;
            out.extend(&rest[..scan]);
            rest = &rest[scan..];
        }
    }
}

/// Tables, frames and scans; of the application's own segments only what decides the colours.
fn keeps_segment(marker: u8, content: &[u8]) -> bool {
    match marker {
        0xe0 => content.starts_with(b"JFIF\0"),
        0xe2 => content.starts_with(b"ICC_PROFILE\0"),
        0xee => content.starts_with(b"Adobe"),
        0xe1..=0xef | 0xfe => false,
        _ => true,
    }
}

/// Where the coded data ends and the next marker stands.
fn scan_end(data: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += data.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        match data.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}

pub(super) fn png(bytes: &[u8]) -> Option<Bare> {
    const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
    const KEPT: [&[u8; 4]; 15] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
        b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
    ];
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    out.extend(SIGNATURE);
    let mut animated = false;
    loop {
        let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk()?)).ok()?;
        let kind = rest.get(4..8)?;
        let end = length.checked_add(12)?;
        let chunk = rest.get(..end)?;
        rest = &rest[end..];
        animated |= kind == b"acTL";
        if KEPT.iter().any(|kept| kept.as_slice() == kind) {
            out.extend(chunk);
        }
        if kind == b"IEND" {
            return Some(Bare {
                bytes: out,
                animated,
            });
        }
    }
}

pub(super) fn webp(bytes: &[u8]) -> Option<Bare> {
    const KEPT: [&[u8; 4]; 7] = [
        b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP",
    ];
    // In the first byte of `VP8X`: whether metadata follows, and whether the picture moves.
    const METADATA: u8 = 0x08 | 0x04;
    const MOVES: u8 = 0x02;
    let total = usize::try_from(u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?)).ok()?;
    let content = bytes.strip_prefix(b"RIFF")?.get(4..)?;
    let mut rest = content.get(..total)?.strip_prefix(b"WEBP")?;
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    let mut animated = false;
    while !rest.is_empty() {
        let kind = rest.get(..4)?;
        let length = usize::try_from(u32::from_le_bytes(*rest.get(4..)?.first_chunk()?)).ok()?;
        let end = length.checked_add(8)?;
        let chunk = rest.get(..end)?;
        // A chunk of odd length is followed by a filler, which careless writers leave out at the very end.
        rest = rest.get(end + length % 2..).unwrap_or_default();
        if !KEPT.iter().any(|kept| kept.as_slice() == kind) {
            continue;
        }
        let start = out.len();
        out.extend(chunk);
        if length % 2 == 1 {
            out.push(0);
        }
        if kind == b"VP8X" {
            let flags = out.get_mut(start + 8)?;
            animated = *flags & MOVES != 0;
            *flags &= !METADATA;
        }
    }
    let length = u32::try_from(out.len() - 8).ok()?;
    out[4..8].copy_from_slice(&length.to_le_bytes());
    Some(Bare {
        bytes: out,
        animated,
    })
}

pub(super) fn gif(bytes: &[u8]) -> Option<Bare> {
    /// The bytes of a table of colours, by the packed field that announces it.
    fn table(packed: u8) -> usize {
        if packed & 0x80 == 0 {
            0
        } else {
            3 << ((packed & 7) + 1)
        }
    }
    /// The length of a run of sub-blocks, its end included.
    fn blocks(data: &[u8]) -> Option<usize> {
        let mut at = 0;
        loop {
            let length = usize::from(*data.get(at)?);
            at += 1 + length;
            if length == 0 {
                return (at <= data.len()).then_some(at);
            }
        }
    }
    let header = bytes.get(..13)?;
    if !header.starts_with(b"GIF87a") && !header.starts_with(b"GIF89a") {
        return None;
    }
    let head = 13 + table(header[10]);
    let mut out = bytes.get(..head)?.to_vec();
    let mut rest = &bytes[head..];
    let mut frames = 0;
    loop {
        let length = match rest.first()? {
            0x3b => {
                out.push(0x3b);
                return Some(Bare {
                    bytes: out,
                    animated: frames > 1,
                });
            }
            0x2c => {
                frames += 1;
                // The descriptor, its colours, the size of a code, the picture.
                let data = 10 + table(*rest.get(9)?) + 1;
                data + blocks(rest.get(data..)?)?
            }
            0x21 => 2 + blocks(rest.get(2..)?)?,
            _ => return None,
        };
        let block = rest.get(..length)?;
        rest = &rest[length..];
        let keeps = match block {
            // Of the applications' own blocks only the one that says how often a picture repeats.
            [0x21, 0xff, ..] => {
                matches!(block.get(3..14), Some(b"NETSCAPE2.0" | b"ANIMEXTS1.0"))
            }
            [0x21, kind, ..] => *kind == 0xf9,
            _ => true,
        };
        if keeps {
            out.extend(block);
        }
    }
}
