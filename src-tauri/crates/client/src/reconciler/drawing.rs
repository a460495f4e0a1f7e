//! The pictures of automatic chats: a few letters on a colour that says whose they are, so that the three chats of a
//! class are told apart in a list, here and on a phone.

use ab_glyph::{Font, FontRef, Glyph, GlyphId, PxScale, ScaleFont, point};
use image::{ImageFormat, Rgb, RgbImage};
use parta_model::reconcile::{Picture, Tone};
use std::io::Cursor;

/// Pixels on each side.
const SIZE: u16 = 256;
/// Of the width letters may take, and how high they are where they are few.
const WIDTH: f32 = 0.74;
const HEIGHT: f32 = 0.5;
/// Golos Text, the interface's own face: capitals, small letters and figures of both alphabets.
const FACE: &[u8] = include_bytes!("../../assets/GolosText-letters.ttf");

/// The picture as a PNG; nothing where none of its letters can be drawn.
pub(super) fn draw(picture: &Picture) -> Option<Vec<u8>> {
    let face = FontRef::try_from_slice(FACE).ok()?;
    let side = f32::from(SIZE);
    let text: Vec<char> = picture
        .text
        .chars()
        .filter(|letter| face.glyph_id(*letter) != GlyphId(0))
        .collect();
    let widest = width(&face, &text, side * HEIGHT);
    if widest <= 0.0 {
        return None;
    }
    let scale = PxScale::from(side * HEIGHT * (side * WIDTH / widest).min(1.0));
    let scaled = face.as_scaled(scale);
    // Capitals stand in the middle: what hangs below the line is left out of account.
    let capital = face
        .outline_glyph(face.glyph_id('А').with_scale(scale))?
        .px_bounds()
        .height();
    let (mut x, y) = (
        (side - width(&face, &text, scale.x)) / 2.0,
        (side + capital) / 2.0,
    );
    let ground = colour(picture.tone);
    let mut drawn = RgbImage::from_pixel(SIZE.into(), SIZE.into(), Rgb(ground));
    for letter in text {
        let glyph: Glyph = face
            .glyph_id(letter)
            .with_scale_and_position(scale, point(x, y));
        x += scaled.h_advance(glyph.id);
        let Some(outline) = face.outline_glyph(glyph) else {
            continue;
        };
        let bounds = outline.px_bounds();
        outline.draw(|left, top, cover| {
            let at = (
                left.saturating_add_signed(bounds.min.x as i32),
                top.saturating_add_signed(bounds.min.y as i32),
            );
            if let Some(pixel) = drawn.get_pixel_mut_checked(at.0, at.1) {
                let mixed =
                    |channel: u8| (f32::from(channel) + (255.0 - f32::from(channel)) * cover) as u8;
                pixel.0 = ground.map(mixed);
            }
        });
    }
    let mut bytes = Cursor::new(Vec::new());
    drawn.write_to(&mut bytes, ImageFormat::Png).ok()?;
    Some(bytes.into_inner())
}

fn width(face: &FontRef<'_>, text: &[char], size: f32) -> f32 {
    let scaled = face.as_scaled(PxScale::from(size));
    text.iter()
        .map(|letter| scaled.h_advance(face.glyph_id(*letter)))
        .sum()
}

/// Colours of the interface's own that white letters are read on.
fn colour(tone: Tone) -> [u8; 3] {
    match tone {
        Tone::Students => [0x28, 0x70, 0x8e],
        Tone::Parents => [0x1f, 0x6b, 0x57],
        Tone::Teachers => [0x7a, 0x5a, 0xa6],
        Tone::Staff => [0x85, 0x62, 0x2a],
        Tone::Everybody => [0x4a, 0x6b, 0xa3],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, tone: Tone) -> RgbImage {
        let picture = Picture {
            text: text.to_owned(),
            tone,
        };
        image::load_from_memory(&draw(&picture).unwrap())
            .unwrap()
            .to_rgb8()
    }

    /// The rectangle in which there is anything.
    fn letters(picture: &RgbImage) -> (u32, u32, u32, u32) {
        let ground = *picture.get_pixel(0, 0);
        let marked = || {
            picture
                .enumerate_pixels()
                .filter(|(_, _, pixel)| **pixel != ground)
        };
        let (left, right) = (
            marked().map(|(x, ..)| x).min().unwrap(),
            marked().map(|(x, ..)| x).max().unwrap(),
        );
        let (top, bottom) = (
            marked().map(|(_, y, _)| y).min().unwrap(),
            marked().map(|(_, y, _)| y).max().unwrap(),
        );
        (left, right, top, bottom)
    }

    #[test]
    fn letters_stand_in_the_middle_and_fit_however_many_they_are() {
        for text in ["5А", "11Б", "ИС21", "Н", "ЖШЩЫ"] {
            let (left, right, top, bottom) = letters(&drawn(text, Tone::Parents));
            let side = u32::from(SIZE);
            assert!(left > 20 && side - right > 20, "{text}: {left}..{right}");
            assert!(
                (left + right).abs_diff(side) < 24,
                "{text}: {left}..{right}"
            );
            assert!(
                (top + bottom).abs_diff(side) < 40,
                "{text}: {top}..{bottom}"
            );
        }
    }

    #[test]
    fn the_chats_of_a_class_differ_by_their_colour() {
        let ground = |tone| *drawn("5А", tone).get_pixel(0, 0);
        assert_ne!(ground(Tone::Students), ground(Tone::Parents));
        assert_ne!(ground(Tone::Parents), ground(Tone::Teachers));
    }

    #[test]
    fn what_has_no_letters_has_no_picture() {
        let picture = Picture {
            text: "💥".to_owned(),
            tone: Tone::Staff,
        };
        assert_eq!(draw(&picture), None);
    }
}
