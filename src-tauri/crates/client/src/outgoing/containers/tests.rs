use super::*;
use proptest::prelude::*;

const PLACE: &[u8] = b"+55.7558+037.6173/";

pub(in crate::outgoing) fn piece(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).unwrap();
    [&size.to_be_bytes(), kind.as_slice(), content].concat()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn picture_start() -> Vec<u8> {
    piece(b"ftyp", b"heic\0\0\0\0mif1heic")
}

/// A picture of three items, as a phone writes it: the picture itself, Exif and XMP. `version` is that of the
/// locations; from 1 on XMP stands beside the items.
fn picture(version: u8) -> Vec<u8> {
    let start = picture_start();
    let item = |id: u16, kind: &[u8; 4]| {
        let content = [&[2, 0, 0, 0], &id.to_be_bytes()[..], &[0, 0], kind, b"\0"].concat();
        piece(b"infe", &content)
    };
    let items = [item(1, b"hvc1"), item(2, b"Exif"), item(3, b"mime")].concat();
    let items = piece(b"iinf", &[&[0, 0, 0, 0, 0, 3], &items[..]].concat());
    let meta = |at: u32| {
        let mut places = vec![version, 0, 0, 0, 0x44, 0];
        let id = |id: u16| match version {
            2 => u32::from(id).to_be_bytes().to_vec(),
            _ => id.to_be_bytes().to_vec(),
        };
        places.extend(id(3));
        let data = version > 0;
        for (item, start, length) in [(1, at, 6), (2, at + 6, 18), (3, at + 24, 18)] {
            places.extend(id(item));
            let beside = data && item == 3;
            if version > 0 {
                places.extend([0, u8::from(beside)]);
            }
            places.extend([0, 0, 0, 1]);
            let start = if beside { 0 } else { start };
            places.extend(start.to_be_bytes());
            places.extend(u32::to_be_bytes(length));
        }
        let beside = piece(b"idat", if data { PLACE } else { b"" });
        let handler = piece(b"hdlr", b"\0\0\0\0\0\0\0\0pict");
        let inside = [handler, items.clone(), piece(b"iloc", &places), beside].concat();
        piece(b"meta", &[&[0; 4], &inside[..]].concat())
    };
    let at = u32::try_from(start.len() + meta(0).len() + 8).unwrap();
    let data = [&b"pixels"[..], PLACE, if version > 0 { b"" } else { PLACE }].concat();
    [start, meta(at), piece(b"mdat", &data)].concat()
}

#[test]
fn a_picture_of_a_phone_loses_its_place_and_keeps_its_pixels() {
    for version in 0..=2 {
        let with = picture(version);
        assert!(holds(&with, PLACE));
        let mut without = with.clone();
        assert!(bare(&mut without));
        assert!(!holds(&without, PLACE), "locations of version {version}");
        assert!(holds(&without, b"pixels") && without.len() == with.len());
    }
}

#[test]
fn a_trap_of_places_is_not_walked_into() {
    // Every item says that it stands in the whole file, as often as there is room to say so.
    let places = |extents: u16, sizes: u8| {
        let mut places = vec![1, 0, 0, 0, sizes, 0, 0, 1, 0, 2, 0, 0, 0, 0];
        places.extend(extents.to_be_bytes());
        for _ in 0..extents {
            let extent: &[u8] = if sizes == 0 {
                b""
            } else {
                &[0, 0, 0, 0, 0, 0, 3, 232]
            };
            places.extend(extent);
        }
        locations(&places, &HashSet::from([2]), 1_000)
    };
    assert_eq!(places(1, 0x44), Some(vec![(false, 0..1_000)]));
    assert_eq!(places(60_000, 0x44), None);
    assert_eq!(places(60_000, 0), None);
}

#[test]
fn a_camera_that_writes_behind_the_end_hides_nothing_by_it() {
    let mut film = [
        piece(b"ftyp", b"mp42"),
        piece(b"moov", &piece(b"udta", PLACE)),
    ]
    .concat();
    film.extend(b"\0\0\x01");
    assert!(bare(&mut film) && !holds(&film, PLACE));
}

#[test]
fn a_picture_with_stray_bytes_among_its_items_can_still_be_seen() {
    let handler = piece(b"hdlr", b"\0\0\0\0\0\0\0\0pict");
    let items = piece(b"meta", &[&[0; 4], &handler[..], &[0, 0, 1]].concat());
    let picture = [picture_start(), items].concat();
    let mut same = picture.clone();
    assert!(bare(&mut same) && same == picture);
}

#[test]
fn a_raw_picture_keeps_what_it_is_made_of() {
    let raw = [
        piece(b"ftyp", b"crx \0\0\0\x01crx isom"),
        piece(b"uuid", b"the preview"),
    ]
    .concat();
    let mut same = raw.clone();
    assert!(!bare(&mut same) && same == raw);
}

#[test]
fn tracks_within_tracks_end_somewhere() {
    let mut deep = vec![0; 400_000];
    for (level, head) in deep.chunks_mut(8).enumerate() {
        head[..4].copy_from_slice(&u32::try_from(400_000 - level * 8).unwrap().to_be_bytes());
        head[4..].copy_from_slice(b"trak");
    }
    let mut film = [piece(b"ftyp", b"isom"), piece(b"moov", &deep)].concat();
    assert!(bare(&mut film));
}

#[test]
fn a_film_hidden_in_a_picture_goes_with_its_place() {
    let mut picture = picture(1);
    picture.extend(piece(b"mpvd", PLACE));
    assert!(bare(&mut picture) && !holds(&picture, PLACE));
}

#[test]
fn a_film_loses_what_players_show_besides_it() {
    let told = |kind: &[u8; 4]| piece(kind, &piece(b"\xa9xyz", PLACE));
    let track = piece(
        b"trak",
        &[piece(b"tkhd", b"turned"), told(b"udta"), told(b"meta")].concat(),
    );
    let movie = [
        piece(b"mvhd", b"seconds"),
        track,
        told(b"udta"),
        told(b"meta"),
        told(b"uuid"),
    ];
    let film = [
        piece(b"ftyp", b"isom"),
        piece(b"mdat", b"frames"),
        piece(b"moov", &movie.concat()),
        told(b"uuid"),
    ];
    let mut film = film.concat();
    let length = film.len();
    assert!(bare(&mut film));
    assert!(!holds(&film, PLACE) && film.len() == length);
    for kept in [&b"turned"[..], b"seconds", b"frames"] {
        assert!(holds(&film, kept));
    }
}

#[test]
fn the_box_that_goes_to_the_end_and_the_very_long_one_are_read() {
    let mut long = picture_start();
    long.extend([0, 0, 0, 1]);
    long.extend(b"uuid");
    long.extend(u64::to_be_bytes(16 + 18));
    long.extend(PLACE);
    let mut open = picture_start();
    open.extend([0, 0, 0, 0]);
    open.extend(b"uuid");
    open.extend(PLACE);
    for mut file in [long, open] {
        assert!(bare(&mut file) && !holds(&file, PLACE));
    }
}

#[test]
fn what_is_no_such_file_stays_as_it_is() {
    for bytes in [
        &b""[..],
        b"\0\0\0\x08free",
        b"%PDF-1.7 and more",
        b"\0\0\0\x08wide and the rest of it",
    ] {
        let mut same = bytes.to_vec();
        assert!(!bare(&mut same));
        assert_eq!(same, bytes);
    }
}

proptest! {
    #[test]
    fn damaged_files_are_read_to_their_end(version in 0u8..3, at in 0usize..400, byte: u8, cut in 0usize..400) {
        let mut file = picture(version);
        if let Some(place) = file.get_mut(at) {
            *place = byte;
        }
        file.truncate(file.len().saturating_sub(cut));
        let length = file.len();
        bare(&mut file);
        prop_assert_eq!(file.len(), length);
    }
}
