//! Makes a picture ready to be seen by others: upright, of a sensible size, without what it tells of its place.
//!
//! The bytes are a stranger's as often as not (a file somebody was given), so they are decoded within limits, and what
//! can't be decoded goes out as a plain file.

use super::containers;
use super::metadata::{self, Bare};
use blurhash::encode as blurhash;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};
use std::io::Cursor;

/// What a picture is scaled down to, in pixels of its longer side.
const LONGEST: u32 = 2560;
const QUALITY: u8 = 87;
const THUMBNAIL: u32 = 800;
const THUMBNAIL_QUALITY: u8 = 80;
/// A picture this small, in bytes, is its own thumbnail where its sides allow it.
const SMALL: usize = 128 << 10;
const AVATAR: u32 = 512;
/// A picture of more bytes than this is a file.
const LARGEST: usize = 100 << 20;
/// Beyond this nothing is decoded: the best of phones make 50 million pixels, a bomb makes billions.
const MOST_PIXELS: u64 = 64_000_000;
const LONGEST_DECODED: u32 = 30_000;
const MOST_MEMORY: u64 = 384 << 20;
/// A profile of colours is a few kilobytes; more than this is something else.
const LARGEST_PROFILE: usize = 64 << 10;

/// A picture as it is sent.
pub(super) struct Picture {
    pub(super) bytes: Vec<u8>,
    pub(super) mime: &'static str,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) animated: bool,
    pub(super) blurhash: Option<String>,
    pub(super) thumbnail: Option<Thumbnail>,
}

/// A smaller JPEG of it.
pub(super) struct Thumbnail {
    pub(super) bytes: Vec<u8>,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// What came of a picture.
pub(super) enum Prepared {
    Picture(Box<Picture>),
    /// It can't be decoded here: what goes out as a file, without metadata where they can be found.
    File(Vec<u8>),
}

/// Takes a moment for a large picture: not for an async thread.
pub(super) fn prepare(mut bytes: Vec<u8>) -> Prepared {
    let Some(format) = format(&bytes) else {
        containers::bare(&mut bytes);
        return Prepared::File(bytes);
    };
    let bare = bare(&bytes, format);
    let decoded = if bytes.len() > LARGEST {
        None
    } else {
        decode(&bytes, format)
    };
    let Some(decoded) = decoded else {
        return Prepared::File(bare.map_or(bytes, |bare| bare.bytes));
    };
    match finish(decoded, bare, format) {
        Some(picture) => Prepared::Picture(Box::new(picture)),
        None => Prepared::File(bytes),
    }
}

/// A square for a chat: at most 512 pixels wide, JPEG unless something shows through it.
pub(super) fn avatar(bytes: &[u8]) -> Option<(Vec<u8>, &'static str)> {
    let decoded = decode(bytes, format(bytes)?)?;
    let picture = decoded.upright();
    let side = picture.width().min(picture.height());
    let (left, top) = ((picture.width() - side) / 2, (picture.height() - side) / 2);
    let mut square = picture.crop_imm(left, top, side, side);
    if side > AVATAR {
        square = square.resize_exact(AVATAR, AVATAR, FilterType::CatmullRom);
    }
    if square.color().has_alpha() {
        Some((png(&square, None)?, "image/png"))
    } else {
        Some((jpeg(&square, 90, None)?, "image/jpeg"))
    }
}

/// By the first bytes, whatever the name says.
fn format(bytes: &[u8]) -> Option<ImageFormat> {
    image::guess_format(bytes).ok().filter(|format| {
        matches!(
            format,
            ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::Gif | ImageFormat::WebP
        )
    })
}

fn bare(bytes: &[u8], format: ImageFormat) -> Option<Bare> {
    match format {
        ImageFormat::Jpeg => metadata::jpeg(bytes),
        ImageFormat::Png => metadata::png(bytes),
        ImageFormat::Gif => metadata::gif(bytes),
        ImageFormat::WebP => metadata::webp(bytes),
        _ => None,
    }
}

struct Decoded {
    /// As it is stored: not yet turned.
    picture: DynamicImage,
    orientation: Orientation,
    profile: Option<Vec<u8>>,
}

impl Decoded {
    fn upright(mut self) -> DynamicImage {
        self.picture.apply_orientation(self.orientation);
        self.picture
    }
}

fn decode(bytes: &[u8], format: ImageFormat) -> Option<Decoded> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_DECODED);
    limits.max_image_height = Some(LONGEST_DECODED);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
        return None;
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder
        .icc_profile()
        .ok()
        .flatten()
        // What is drawn anew is red, green and blue; a printer's profile would spoil it.
        .filter(|profile| profile.len() <= LARGEST_PROFILE && profile.get(16..20) == Some(b"RGB "));
    let picture = DynamicImage::from_decoder(decoder).ok()?;
    (picture.width() > 0 && picture.height() > 0).then_some(Decoded {
        picture,
        orientation,
        profile,
    })
}

fn finish(decoded: Decoded, bare: Option<Bare>, format: ImageFormat) -> Option<Picture> {
    let turned = decoded.orientation != Orientation::NoTransforms;
    let profile = decoded.profile.clone();
    let mut picture = decoded.upright();
    let animated = bare.as_ref().is_some_and(|bare| bare.animated);
    let large = format == ImageFormat::Jpeg && picture.width().max(picture.height()) > LONGEST;
    // Turning a moving picture would stop it.
    let again = (large || turned || bare.is_none()) && !animated;
    let kept = if again { None } else { bare };
    if large {
        picture = picture.resize(LONGEST, LONGEST, FilterType::CatmullRom);
    }
    let (bytes, mime) = match kept {
        Some(bare) => (bare.bytes, format.to_mime_type()),
        None => drawn(&picture, format, profile.clone())?,
    };
    let (width, height) = (picture.width(), picture.height());
    let thumbnail = if width.max(height) <= THUMBNAIL && bytes.len() <= SMALL {
        None
    } else {
        thumbnail(&picture, profile)
    };
    Some(Picture {
        blurhash: hash(&picture),
        bytes,
        mime,
        width,
        height,
        animated,
        thumbnail,
    })
}

/// Draws a picture anew: a photograph as JPEG, whatever has sharp lines or shows what is below it as PNG.
fn drawn(
    picture: &DynamicImage,
    format: ImageFormat,
    profile: Option<Vec<u8>>,
) -> Option<(Vec<u8>, &'static str)> {
    let photograph = format == ImageFormat::Jpeg
        || (format == ImageFormat::WebP && !picture.color().has_alpha());
    if photograph && let Some(bytes) = jpeg(picture, QUALITY, profile.clone()) {
        return Some((bytes, "image/jpeg"));
    }
    Some((png(picture, profile)?, "image/png"))
}

fn thumbnail(picture: &DynamicImage, profile: Option<Vec<u8>>) -> Option<Thumbnail> {
    let small = if picture.width().max(picture.height()) > THUMBNAIL {
        picture.thumbnail(THUMBNAIL, THUMBNAIL)
    } else {
        picture.clone()
    };
    let small = DynamicImage::ImageRgb8(on_white(&small));
    Some(Thumbnail {
        bytes: jpeg(&small, THUMBNAIL_QUALITY, profile)?,
        width: small.width(),
        height: small.height(),
    })
}

/// JPEG knows no transparency.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let mut out = RgbImage::new(picture.width(), picture.height());
    for (below, above) in out.pixels_mut().zip(picture.to_rgba8().pixels()) {
        let [red, green, blue, alpha] = above.0.map(u32::from);
        below.0 = [red, green, blue].map(|colour| {
            u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255)
        });
    }
    out
}

fn jpeg(picture: &DynamicImage, quality: u8, profile: Option<Vec<u8>>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut out, quality);
    with_profile(&mut encoder, profile);
    on_white(picture).write_with_encoder(encoder).ok()?;
    Some(out)
}

fn png(picture: &DynamicImage, profile: Option<Vec<u8>>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = PngEncoder::new(&mut out);
    with_profile(&mut encoder, profile);
    picture.write_with_encoder(encoder).ok()?;
    Some(out)
}

/// Without its profile the colours of a good camera turn pale.
fn with_profile(encoder: &mut impl image::ImageEncoder, profile: Option<Vec<u8>>) {
    if let Some(profile) = profile {
        // An encoder that can't keep it says so; the picture is the same, a little paler.
        let _ = encoder.set_icc_profile(profile);
    }
}

/// What is shown until the picture is there.
fn hash(picture: &DynamicImage) -> Option<String> {
    let small = picture.thumbnail(64, 64).to_rgba8();
    blurhash(4, 3, small.width(), small.height(), small.as_raw()).ok()
}

#[cfg(test)]
mod tests;
