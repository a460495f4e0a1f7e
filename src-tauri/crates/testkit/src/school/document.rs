//! Documents of the school as valid small PDFs: one page, drawn, with its text as strokes.

use super::picture::Canvas;

const PAPER: [u8; 3] = [255, 255, 255];
const INK: [u8; 3] = [30, 30, 30];
const LINE: [u8; 3] = [170, 170, 170];

/// The form that parents sign.
pub(super) fn consent() -> Vec<u8> {
    let mut canvas = sheet("Согласие");
    for (row, text) in [
        "на экскурсию в музей",
        "",
        "Я, ",
        "",
        "родитель ученика",
        "",
        "класса 5А, согласен на поездку",
        "автобусом в понедельник",
    ]
    .into_iter()
    .enumerate()
    {
        canvas.text(90, 230 + row * 56, 20, text, INK);
    }
    for (left, top, width) in [
        (150, 366, 590),
        (380, 478, 360),
        (90, 910, 250),
        (430, 910, 310),
    ] {
        canvas.rectangle(left, top, width, 2, LINE);
    }
    canvas.text(90, 930, 18, "Дата", INK);
    canvas.text(430, 930, 18, "Подпись", INK);
    pdf(&canvas)
}

/// Two weeks of school meals.
pub(super) fn menu() -> Vec<u8> {
    let mut canvas = sheet("Меню столовой");
    let days = [
        "Пн - каша, суп, котлета",
        "Вт - омлет, борщ, рыба",
        "Ср - сырники, щи, плов",
        "Чт - каша, суп, курица",
        "Пт - запеканка, уха, рагу",
    ];
    for week in 0..2 {
        canvas.text(
            90,
            230 + week * 430,
            24,
            &format!("Неделя {}", week + 1),
            INK,
        );
        for (row, day) in days.iter().enumerate() {
            let top = 300 + week * 430 + row * 64;
            canvas.text(90, top, 18, day, INK);
            canvas.rectangle(90, top + 40, 650, 2, LINE);
        }
    }
    pdf(&canvas)
}

/// An A4 sheet at 100 dots per inch with a heading.
fn sheet(heading: &str) -> Canvas {
    let mut canvas = Canvas::new(827, 1_169, PAPER);
    canvas.text(90, 100, 36, heading, INK);
    canvas.rectangle(90, 170, 647, 3, INK);
    canvas
}

fn pdf(canvas: &Canvas) -> Vec<u8> {
    let image = miniz_oxide::deflate::compress_to_vec_zlib(&canvas.grey(), 6);
    let place = b"q 595 0 0 842 0 0 cm /Page Do Q";
    let plain = |text: &str| text.as_bytes().to_vec();
    let stream = |head: String, data: &[u8]| {
        let mut object = format!("<< {head} /Length {} >>\nstream\n", data.len()).into_bytes();
        object.extend(data);
        object.extend(b"\nendstream");
        object
    };
    let objects = [
        plain("<< /Type /Catalog /Pages 2 0 R >>"),
        plain("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        plain(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
             /Resources << /XObject << /Page 5 0 R >> >> >>",
        ),
        stream(String::new(), place),
        stream(
            format!(
                "/Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /DeviceGray /BitsPerComponent 8 \
                 /Filter /FlateDecode",
                canvas.width, canvas.height
            ),
            &image,
        ),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = String::from("0000000000 65535 f \n");
    for (index, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.extend(format!("{} 0 obj\n", index + 1).into_bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let count = objects.len() + 1;
    let start = file.len();
    file.extend(
        format!("xref\n0 {count}\n{table}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n")
            .into_bytes(),
    );
    file
}
