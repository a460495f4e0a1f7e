//! Pictures drawn in code: a museum's poster, a timetable, a page of a textbook; and the PNG they are written as.

use super::random::Random;

/// Letters as strokes on a grid of 4 by 6: `А 062046 1434` is a line over three points and another over two.
const GLYPHS: &str = include_str!("glyphs.txt");

type Colour = [u8; 3];

const WHITE: Colour = [255, 255, 255];
const INK: Colour = [38, 44, 56];

/// A picture being drawn.
pub(super) struct Canvas {
    pub width: usize,
    pub height: usize,
    pixels: Vec<Colour>,
}

impl Canvas {
    pub fn new(width: usize, height: usize, colour: Colour) -> Self {
        Self {
            width,
            height,
            pixels: vec![colour; width * height],
        }
    }

    pub fn rectangle(
        &mut self,
        left: usize,
        top: usize,
        width: usize,
        height: usize,
        colour: Colour,
    ) {
        for y in top..(top + height).min(self.height) {
            let row = y * self.width;
            let right = (left + width).min(self.width);
            self.pixels[row + left.min(right)..row + right].fill(colour);
        }
    }

    /// From one colour at the top to another at the bottom.
    fn gradient(&mut self, from: Colour, to: Colour) {
        for y in 0..self.height {
            let share = y as f32 / self.height as f32;
            let colour = mix(from, to, share);
            self.rectangle(0, y, self.width, 1, colour);
        }
    }

    /// A thick line with round ends; a point when both ends are one.
    pub fn stroke(&mut self, from: (f32, f32), to: (f32, f32), thickness: f32, colour: Colour) {
        let reach = thickness / 2.0 + 1.0;
        let (left, right) = (from.0.min(to.0) - reach, from.0.max(to.0) + reach);
        let (top, bottom) = (from.1.min(to.1) - reach, from.1.max(to.1) + reach);
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).max(f32::EPSILON);
        for y in top.max(0.0) as usize..(bottom.max(0.0) as usize + 1).min(self.height) {
            for x in left.max(0.0) as usize..(right.max(0.0) as usize + 1).min(self.width) {
                let (px, py) = (x as f32 - from.0, y as f32 - from.1);
                let along = ((px * dx + py * dy) / length).clamp(0.0, 1.0);
                let distance = (px - along * dx).hypot(py - along * dy);
                let cover = (thickness / 2.0 - distance + 0.5).clamp(0.0, 1.0);
                if cover > 0.0 {
                    let pixel = &mut self.pixels[y * self.width + x];
                    *pixel = mix(*pixel, colour, cover);
                }
            }
        }
    }

    /// Capitals, digits and a few signs; `height` is that of a letter.
    pub fn text(&mut self, left: usize, top: usize, height: usize, text: &str, colour: Colour) {
        let unit = height as f32 / 6.0;
        let mut x = left as f32;
        for letter in text.to_uppercase().chars() {
            for stroke in strokes(letter) {
                let points: Vec<(f32, f32)> = stroke
                    .iter()
                    .map(|(px, py)| (x + px * unit, top as f32 + py * unit))
                    .collect();
                for pair in points.windows(2) {
                    self.stroke(pair[0], pair[1], unit * 0.95, colour);
                }
            }
            x += unit * if letter == ' ' { 3.6 } else { 5.8 };
        }
    }

    /// The bytes of one channel, for documents.
    pub fn grey(&self) -> Vec<u8> {
        self.pixels.iter().map(|pixel| pixel[1]).collect()
    }

    pub fn png(&self) -> Vec<u8> {
        let mut rows = Vec::with_capacity(self.pixels.len() * 3 + self.height);
        for row in self.pixels.chunks(self.width) {
            rows.push(0);
            rows.extend(row.iter().flatten());
        }
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut header = Vec::new();
        header.extend((self.width as u32).to_be_bytes());
        header.extend((self.height as u32).to_be_bytes());
        header.extend([8, 2, 0, 0, 0]);
        chunk(&mut file, b"IHDR", &header);
        chunk(
            &mut file,
            b"IDAT",
            &miniz_oxide::deflate::compress_to_vec_zlib(&rows, 4),
        );
        chunk(&mut file, b"IEND", &[]);
        file
    }
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    file.extend((data.len() as u32).to_be_bytes());
    let start = file.len();
    file.extend(kind);
    file.extend(data);
    file.extend(crc(&file[start..]).to_be_bytes());
}

/// The checksum of PNG, bit by bit: the files are few and small.
fn crc(data: &[u8]) -> u32 {
    !data.iter().fold(!0, |mut sum: u32, byte| {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                (sum >> 1) ^ 0xedb8_8320
            } else {
                sum >> 1
            };
        }
        sum
    })
}

fn mix(one: Colour, other: Colour, share: f32) -> Colour {
    let blend = |index: usize| {
        let (from, to) = (f32::from(one[index]), f32::from(other[index]));
        (from + (to - from) * share).round() as u8
    };
    [blend(0), blend(1), blend(2)]
}

fn strokes(letter: char) -> Vec<Vec<(f32, f32)>> {
    let letter = if letter == 'Ё' { 'Е' } else { letter };
    let Some(line) = GLYPHS.lines().find(|line| line.starts_with(letter)) else {
        return Vec::new();
    };
    let digit = |byte: &u8| f32::from(byte - b'0');
    line.split(' ')
        .skip(1)
        .map(|stroke| {
            stroke
                .as_bytes()
                .chunks(2)
                .map(|pair| (digit(&pair[0]), digit(&pair[1])))
                .collect()
        })
        .collect()
}

/// A poster: evening sky, a museum with columns, the river.
pub(super) fn museum() -> Canvas {
    let mut canvas = Canvas::new(900, 1_200, WHITE);
    canvas.gradient([250, 204, 148], [226, 132, 120]);
    canvas.stroke((700.0, 330.0), (700.0, 330.0), 190.0, [255, 236, 196]);
    for (x, y, size) in [
        (120.0, 250.0, 60.0),
        (190.0, 235.0, 84.0),
        (270.0, 255.0, 56.0),
        (520.0, 190.0, 44.0),
        (575.0, 180.0, 62.0),
    ] {
        canvas.stroke((x, y), (x + 60.0, y), size, [255, 226, 196]);
    }
    for step in 0..=30 {
        let x = step as f32 * 30.0;
        let y = 640.0 - 60.0 * (x / 170.0).sin().abs() - 30.0 * (x / 71.0).sin();
        canvas.stroke((x, y), (x, 900.0), 36.0, [122, 96, 124]);
    }
    canvas.rectangle(0, 880, 900, 320, [70, 92, 116]);
    for (row, y) in (905..1_000).step_by(24).enumerate() {
        for x in (20 + (row % 2) * 50..880).step_by(130) {
            canvas.stroke(
                (x as f32, y as f32),
                (x as f32 + 60.0, y as f32),
                5.0,
                [128, 150, 168],
            );
        }
    }
    let stone = [246, 238, 224];
    let shade = [214, 198, 178];
    canvas.rectangle(140, 860, 620, 24, shade);
    canvas.rectangle(165, 838, 570, 24, stone);
    canvas.rectangle(185, 560, 530, 280, [196, 158, 136]);
    for column in 0..6 {
        let left = 205 + column * 92;
        canvas.rectangle(left, 570, 40, 268, stone);
        canvas.rectangle(left + 28, 570, 12, 268, shade);
        canvas.rectangle(left - 8, 826, 56, 14, shade);
    }
    canvas.rectangle(170, 530, 560, 40, stone);
    for line in 0..70 {
        let half = 300 - line * 4;
        canvas.rectangle(
            450 - half,
            529 - line,
            half * 2,
            1,
            if line < 8 { shade } else { stone },
        );
    }
    canvas.text(262, 542, 18, "Краеведческий музей", INK);
    canvas.text(70, 60, 54, "Наш край", [110, 48, 60]);
    canvas.text(70, 136, 26, "история реки и города", [110, 48, 60]);
    canvas.text(70, 1_030, 34, "Выставка для школ", WHITE);
    canvas.text(70, 1_090, 24, "Понедельник 9:15", [255, 226, 196]);
    canvas.text(70, 1_138, 24, "Вход свободный", [255, 226, 196]);
    canvas
}

/// The week's lessons as a table.
pub(super) fn timetable() -> Canvas {
    let mut canvas = Canvas::new(1_200, 760, [250, 248, 243]);
    canvas.rectangle(0, 0, 1_200, 90, [46, 110, 105]);
    canvas.text(40, 30, 32, "5А - расписание", WHITE);
    let days = ["понед.", "вторник", "среда", "четверг", "пятница"];
    let lessons = [
        ["математ.", "русский", "англ.", "русский", "истор."],
        ["русский", "математ.", "математ.", "математ.", "русский"],
        ["истор.", "англ.", "русский", "биолог.", "математ."],
        ["литерат.", "геогр.", "музыка", "литерат.", "англ."],
        ["физ-ра", "литерат.", "технол.", "инф-ка", "физ-ра"],
        ["кл. час", "рисов.", "технол.", "физ-ра", "литерат."],
    ];
    for (column, day) in days.iter().enumerate() {
        let left = 110 + column * 214;
        canvas.rectangle(left, 110, 206, 60, [214, 232, 226]);
        canvas.text(left + 14, 130, 20, day, INK);
    }
    for (row, names) in lessons.iter().enumerate() {
        let top = 180 + row * 92;
        canvas.rectangle(40, top, 62, 84, [214, 232, 226]);
        canvas.text(60, top + 30, 24, &(row + 1).to_string(), INK);
        for (column, name) in names.iter().enumerate() {
            let changed = row >= 4 && (column == 2 || column == 4);
            let left = 110 + column * 214;
            canvas.rectangle(
                left,
                top,
                206,
                84,
                if changed { [252, 222, 178] } else { WHITE },
            );
            canvas.text(left + 14, top + 32, 20, name, INK);
        }
    }
    canvas
}

/// A page of exercises, as if photographed on a desk.
pub(super) fn page() -> Canvas {
    let mut canvas = Canvas::new(900, 1_160, [120, 92, 70]);
    for y in (0..1_160).step_by(58) {
        canvas.rectangle(0, y, 900, 3, [106, 80, 60]);
    }
    canvas.rectangle(72, 62, 776, 1_056, [84, 64, 50]);
    canvas.rectangle(60, 50, 776, 1_056, [248, 244, 232]);
    let mut random = Random::new(5, "page");
    let mut top = 100;
    for number in 214..=219 {
        canvas.text(110, top, 22, &format!("{number}."), [150, 60, 54]);
        let lines = random.between(3, 5);
        for line in 0..lines {
            let mut x = if line == 0 { 230.0 } else { 112.0 };
            let end = if line + 1 == lines {
                420.0 + random.between(0, 300) as f32
            } else {
                790.0
            };
            while x < end {
                let word = random.between(24, 92) as f32;
                canvas.stroke(
                    (x, top as f32 + 12.0),
                    ((x + word).min(end), top as f32 + 12.0),
                    7.0,
                    [104, 100, 96],
                );
                x += word + 16.0;
            }
            top += 32;
        }
        top += 26;
    }
    canvas.text(690, 1_064, 20, "стр. 87", [104, 100, 96]);
    canvas
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_png() {
        // The end of every PNG file.
        assert_eq!(crc(b"IEND"), 0xae42_6082);
    }

    #[test]
    fn every_letter_has_strokes() {
        for letter in ('А'..='Я').chain('0'..='9') {
            assert!(!strokes(letter).is_empty(), "{letter}");
        }
    }
}
