use super::*;
use image::codecs::gif::GifEncoder;
use image::codecs::webp::WebPEncoder;
use image::{Frame, ImageEncoder, Rgba, RgbaImage};
use proptest::prelude::*;

/// Stands for the place a camera writes down.
const PLACE: &[u8] = b"GPS 55.7558N 37.6173E";

/// Red on the left, blue on the right.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| {
        image::Rgb(if x < width / 2 {
            [220, 20, 20]
        } else {
            [20, 20, 220]
        })
    })
}

/// Exif with an orientation and a place.
fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(PLACE);
    exif
}

fn written(mut encoder: impl ImageEncoder, picture: &RgbImage, orientation: Option<u8>) {
    if let Some(orientation) = orientation {
        encoder.set_exif_metadata(exif(orientation)).unwrap();
    }
    picture.write_with_encoder(encoder).unwrap();
}

fn as_jpeg(picture: &RgbImage, orientation: Option<u8>) -> Vec<u8> {
    let mut out = Vec::new();
    written(
        JpegEncoder::new_with_quality(&mut out, 95),
        picture,
        orientation,
    );
    out
}

fn as_png(picture: &RgbImage, orientation: Option<u8>) -> Vec<u8> {
    let mut out = Vec::new();
    written(PngEncoder::new(&mut out), picture, orientation);
    out
}

fn as_webp(picture: &RgbImage, orientation: Option<u8>) -> Vec<u8> {
    let mut out = Vec::new();
    written(WebPEncoder::new_lossless(&mut out), picture, orientation);
    out
}

/// Two frames, and a remark between the header and the first.
fn as_gif() -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = GifEncoder::new(&mut out);
    for red in [50, 200] {
        let frame = RgbaImage::from_pixel(30, 20, Rgba([red, 0, 0, 255]));
        encoder.encode_frame(Frame::new(frame)).unwrap();
    }
    drop(encoder);
    let table = if out[10] & 0x80 == 0 {
        0
    } else {
        3 << ((out[10] & 7) + 1)
    };
    let mut remark = vec![0x21, 0xfe, u8::try_from(PLACE.len()).unwrap()];
    remark.extend(PLACE);
    remark.push(0);
    out.splice(13 + table..13 + table, remark);
    out
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn picture(bytes: Vec<u8>) -> Picture {
    match prepare(bytes) {
        Prepared::Picture(picture) => *picture,
        Prepared::File(_) => panic!("it is a picture"),
    }
}

fn pixels(bytes: &[u8]) -> RgbImage {
    image::load_from_memory(bytes).unwrap().to_rgb8()
}

#[test]
fn the_place_is_gone_and_not_a_pixel_has_changed() {
    let drawn = halves(64, 48);
    for (bytes, mime) in [
        (as_jpeg(&drawn, Some(1)), "image/jpeg"),
        (as_png(&drawn, Some(1)), "image/png"),
        (as_webp(&drawn, Some(1)), "image/webp"),
    ] {
        assert!(
            holds(&bytes, PLACE),
            "{mime}: the test has no place to remove"
        );
        let before = pixels(&bytes);
        let sent = picture(bytes);
        assert_eq!(sent.mime, mime);
        assert!(
            !holds(&sent.bytes, PLACE) && !holds(&sent.bytes, b"Exif"),
            "{mime}"
        );
        assert_eq!(pixels(&sent.bytes), before, "{mime}");
        assert_eq!((sent.width, sent.height), (64, 48));
        assert!(sent.blurhash.is_some() && !sent.animated);
    }
}

#[test]
fn what_hides_behind_the_end_of_a_photograph_is_cut_off() {
    let mut bytes = as_jpeg(&halves(64, 48), None);
    bytes.extend(b"ftypmp42");
    bytes.extend(PLACE);
    assert!(!holds(&picture(bytes).bytes, PLACE));
}

#[test]
fn a_photograph_taken_upright_is_upright_for_everybody() {
    // 6: the camera was turned; what lies on the left belongs on top.
    for bytes in [
        as_jpeg(&halves(60, 40), Some(6)),
        as_png(&halves(60, 40), Some(6)),
        as_webp(&halves(60, 40), Some(6)),
    ] {
        let sent = picture(bytes);
        assert_eq!((sent.width, sent.height), (40, 60), "{}", sent.mime);
        let shown = pixels(&sent.bytes);
        assert_eq!(shown.dimensions(), (40, 60));
        let (top, bottom) = (shown.get_pixel(20, 10).0, shown.get_pixel(20, 50).0);
        assert!(top[0] > 150 && bottom[2] > 150, "{top:?} {bottom:?}");
        assert!(!holds(&sent.bytes, PLACE));
    }
}

#[test]
fn a_large_photograph_is_scaled_down_and_has_a_thumbnail() {
    let sent = picture(as_jpeg(&halves(4_000, 1_000), Some(1)));
    assert_eq!((sent.width, sent.height), (2_560, 640));
    assert_eq!(pixels(&sent.bytes).dimensions(), (2_560, 640));
    assert!(!holds(&sent.bytes, PLACE));
    let small = sent.thumbnail.unwrap();
    assert_eq!((small.width, small.height), (800, 200));
    assert_eq!(pixels(&small.bytes).dimensions(), (800, 200));
    assert_eq!(
        image::guess_format(&small.bytes).unwrap(),
        ImageFormat::Jpeg
    );
    assert!(!holds(&small.bytes, PLACE));
}

#[test]
fn a_screenshot_stays_sharp_and_what_shows_through_is_white_in_its_thumbnail() {
    let clear = RgbaImage::from_pixel(3_000, 100, Rgba([0, 0, 0, 0]));
    let mut bytes = Vec::new();
    clear
        .write_with_encoder(PngEncoder::new(&mut bytes))
        .unwrap();
    let sent = picture(bytes.clone());
    assert_eq!(
        (sent.mime, sent.width, sent.height),
        ("image/png", 3_000, 100)
    );
    let small = pixels(&sent.thumbnail.unwrap().bytes);
    assert!(
        small
            .pixels()
            .all(|pixel| pixel.0.iter().all(|part| *part > 250))
    );
}

#[test]
fn a_moving_picture_goes_on_moving_without_its_remarks() {
    use image::AnimationDecoder;
    let bytes = as_gif();
    assert!(holds(&bytes, PLACE));
    let sent = picture(bytes);
    assert!(sent.animated && !holds(&sent.bytes, PLACE));
    let frames = image::codecs::gif::GifDecoder::new(Cursor::new(&sent.bytes)).unwrap();
    assert_eq!(frames.into_frames().collect_frames().unwrap().len(), 2);
}

#[test]
fn a_bomb_is_not_unpacked() {
    // The header of a picture of 900 million pixels; unpacked, it would be 2.7 gigabytes.
    let mut bomb = as_png(&halves(8, 8), Some(1));
    for at in [16, 20] {
        bomb[at..at + 4].copy_from_slice(&30_000_u32.to_be_bytes());
    }
    let sum = checksum(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&sum.to_be_bytes());
    let Prepared::File(bytes) = prepare(bomb) else {
        panic!("it was unpacked")
    };
    assert!(!holds(&bytes, PLACE), "even so it does not tell its place");
}

fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (if sum & 1 == 1 { 0xedb8_8320 } else { 0 })
        })
    })
}

#[test]
fn what_is_no_picture_goes_out_as_it_is() {
    for bytes in [b"".to_vec(), b"%PDF-1.7".to_vec(), b"\xff\xd8\xff".to_vec()] {
        let Prepared::File(same) = prepare(bytes.clone()) else {
            panic!("not a picture")
        };
        assert_eq!(same, bytes);
    }
}

#[test]
fn an_avatar_is_the_middle_of_the_picture_as_a_square() {
    let (bytes, mime) = avatar(&as_jpeg(&halves(1_600, 900), Some(6))).unwrap();
    assert_eq!(mime, "image/jpeg");
    let square = pixels(&bytes);
    assert_eq!(square.dimensions(), (512, 512));
    assert!(square.get_pixel(256, 10).0[0] > 150 && square.get_pixel(256, 500).0[2] > 150);
    let (small, mime) = avatar(&as_png(&halves(40, 30), None)).unwrap();
    assert_eq!(
        (mime, pixels(&small).dimensions()),
        ("image/jpeg", (30, 30))
    );
    assert!(avatar(b"no picture").is_none());
}

/// A file of every kind, to be spoilt.
fn kinds() -> Vec<Vec<u8>> {
    let drawn = halves(24, 16);
    vec![
        as_jpeg(&drawn, Some(6)),
        as_png(&drawn, Some(3)),
        as_webp(&drawn, Some(8)),
        as_gif(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn spoilt_pictures_harm_nothing(
        kind in 0_usize..4,
        cut in 0.0_f64..1.0,
        spoilt in prop::collection::vec((0.0_f64..1.0, any::<u8>()), 0..12),
    ) {
        let mut bytes = kinds().swap_remove(kind);
        let length = bytes.len() as f64;
        for (place, value) in spoilt {
            bytes[(place * length) as usize] = value;
        }
        if cut < 0.5 {
            bytes.truncate((cut * 2.0 * length) as usize);
        }
        if let Prepared::Picture(sent) = prepare(bytes.clone()) {
            prop_assert!(sent.width > 0 && sent.height > 0 && !sent.bytes.is_empty());
        }
        let _ = avatar(&bytes);
    }

    #[test]
    fn bytes_of_a_stranger_harm_nothing(
        start in prop::sample::select(vec![
            b"\xff\xd8\xff".to_vec(),
            b"\x89PNG\r\n\x1a\n".to_vec(),
            b"GIF89a".to_vec(),
            b"RIFF\xff\0\0\0WEBPVP8X".to_vec(),
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let bytes = [start, rest].concat();
        for bare in [metadata::jpeg(&bytes), metadata::png(&bytes), metadata::gif(&bytes), metadata::webp(&bytes)] {
            prop_assert!(bare.is_none_or(|bare| bare.bytes.len() <= bytes.len() + 1));
        }
        let _ = prepare(bytes);
    }
}
