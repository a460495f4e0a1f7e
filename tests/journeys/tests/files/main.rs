//! Pictures, files and voice messages on their way from one person to another.

#![allow(clippy::unwrap_used, reason = "shared steps of tests")]

mod kept;
mod unsent;

use image::codecs::jpeg::JpegEncoder;
use image::{ImageEncoder, Rgb, RgbImage};
use parta_journeys::{App, Device, Stream, chat, server};
use parta_testkit::{Homeserver, segment};
use serde_json::{Value, json};

/// Stands for the place a camera writes down.
const PLACE: &[u8] = b"GPS 55.7558N 37.6173E";

/// A photograph that tells where it was taken.
fn photograph() -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\0\0\0\0\0\0".to_vec();
    exif.extend(PLACE);
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    encoder.set_exif_metadata(exif).unwrap();
    let drawn = RgbImage::from_fn(1_200, 900, |x, y| {
        let part = |at: u32, whole: u32| u8::try_from(at * 255 / whole).unwrap();
        Rgb([part(x, 1_200), part(y, 900), 120])
    });
    drawn.write_with_encoder(encoder).unwrap();
    assert!(holds(&bytes, PLACE));
    bytes
}

struct Two {
    server: Homeserver,
    room: String,
    place: Device,
    maria: App,
    olga: App,
    olgas: Stream,
    _places: (Device, tempfile::TempDir),
}

async fn two(encrypted: bool) -> Two {
    let (server, dir) = server(&[("maria", "Мария"), ("olga", "Ольга")])
        .await
        .unwrap();
    let room = chat(&server, &["maria", "olga"], Some("5А"), encrypted)
        .await
        .unwrap();
    let (place, other) = (Device::new().unwrap(), Device::new().unwrap());
    let (mut maria, mut olga) = (place.start().await.unwrap(), other.start().await.unwrap());
    maria.sign_in(&server, "maria").await.unwrap();
    olga.sign_in(&server, "olga").await.unwrap();
    let olgas = olga.watch("timeline", json!({"chat": room})).await;
    olgas.until("the chat", Value::is_array).await;
    Two {
        server,
        room,
        place,
        maria,
        olga,
        olgas,
        _places: (other, dir),
    }
}

impl Two {
    /// Maria sends a film; what Olga saves it with.
    async fn send_film(&mut self, film: &[u8]) -> Value {
        let id = self.maria.stage("Запись урока.bin", film).await.unwrap();
        let files = [json!({"staged": id, "asFile": false})];
        let args = json!({"chat": self.room, "files": files, "caption": null, "replyTo": null});
        self.maria.call("send_files", args).await.unwrap();
        let file = seen(&self.olgas, "file").await;
        json!({"media": key(&file["media"]), "name": "Запись урока.bin"})
    }
}

fn bodies<'a>(timeline: &'a Value, kind: &str) -> Vec<&'a Value> {
    let items = timeline.as_array().map(Vec::as_slice).unwrap_or_default();
    let bodies = items.iter().map(|item| &item["kind"]["message"]["body"]);
    bodies.filter(|body| body["kind"] == kind).collect()
}

/// What a message holds that Olga sees sooner or later.
async fn seen(olgas: &Stream, kind: &str) -> Value {
    let timeline = olgas
        .until(kind, |timeline| !bodies(timeline, kind).is_empty())
        .await;
    bodies(&timeline, kind)[0].clone()
}

fn key(media: &Value) -> &str {
    media["key"].as_str().unwrap()
}

fn code<T: std::fmt::Debug>(result: Result<T, Value>) -> String {
    result.unwrap_err()["code"].as_str().unwrap().to_owned()
}

/// Bytes of no kind, the same in every run.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    std::iter::repeat_with(next).take(count).collect()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// The messages of the chat on the server.
async fn messages(server: &Homeserver, room: &str) -> usize {
    let path = format!(
        "/_matrix/client/v3/rooms/{}/messages?dir=f&limit=100",
        segment(room)
    );
    let page = server.acting_as("olga").get(&path).await.unwrap();
    let events = page["chunk"].as_array().unwrap();
    let said =
        |event: &&Value| event["type"] == "m.room.message" || event["type"] == "m.room.encrypted";
    events.iter().filter(said).count()
}

#[tokio::test]
async fn a_picture_sent_as_a_file_arrives_untouched() {
    let mut two = two(false).await;
    let photograph = photograph();
    let id = two.maria.stage("IMG_1.jpg", &photograph).await.unwrap();
    let files = [json!({"staged": id, "asFile": true})];
    let args = json!({"chat": two.room, "files": files, "caption": null, "replyTo": null});
    two.maria.call("send_files", args.clone()).await.unwrap();
    let file = seen(&two.olgas, "file").await;
    assert_eq!(file["media"]["name"], "IMG_1.jpg");
    let (bytes, _) = two.olga.media(key(&file["media"])).await.unwrap();
    assert!(bytes == photograph);
    assert_eq!(
        code(two.maria.call("send_files", args).await),
        "fileGone",
        "once"
    );
}

#[tokio::test]
async fn a_voice_message_can_be_heard_before_it_is_sent_and_after() {
    let mut two = two(true).await;
    let staged = two
        .maria
        .call("stage_voice", json!({"rate": 44_100}))
        .await
        .unwrap();
    let id = staged["id"].as_str().unwrap().to_owned();
    let hum: Vec<u8> = (0..88_200_i32)
        .flat_map(|n| {
            let loud = if n < 44_100 { 60 } else { 6 };
            let sample = i16::try_from((n % 100 - 50) * loud).unwrap();
            sample.to_le_bytes()
        })
        .collect();
    for part in hum.chunks(10_001) {
        two.maria.push(&id, part).await.unwrap();
    }
    let voice = two
        .maria
        .call("finish_voice", json!({"id": id}))
        .await
        .unwrap();
    assert_eq!(voice["length"], 2_000);
    let (heard, mime) = two
        .maria
        .media(voice["media"].as_str().unwrap())
        .await
        .unwrap();
    assert_eq!(mime.as_deref(), Some("audio/ogg"));
    let args = json!({"chat": two.room, "id": id, "replyTo": null});
    two.maria.call("send_voice", args.clone()).await.unwrap();
    assert_eq!(
        code(two.maria.call("send_voice", args).await),
        "fileGone",
        "once"
    );

    let audio = seen(&two.olgas, "audio").await;
    assert_eq!(audio["voice"], true);
    assert_eq!(audio["media"]["name"], "Голосовое сообщение.ogg");
    assert_eq!(audio["media"]["seconds"], 2);
    let bars: Vec<u64> = audio["waveform"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_u64)
        .collect();
    assert_eq!(bars.len(), 100);
    assert!(bars[25] > 900 && bars[75] < 200, "{bars:?}");
    let (bytes, mime) = two.olga.media(key(&audio["media"])).await.unwrap();
    assert_eq!(mime.as_deref(), Some("audio/ogg"));
    assert!(bytes == heard && bytes.starts_with(b"OggS") && holds(&bytes[..64], b"OpusHead"));
}

#[tokio::test]
async fn silence_is_no_voice_message() {
    let mut two = two(false).await;
    let staged = two
        .maria
        .call("stage_voice", json!({"rate": 48_000}))
        .await
        .unwrap();
    let id = staged["id"].as_str().unwrap().to_owned();
    two.maria.push(&id, &[0; 96_000]).await.unwrap();
    assert_eq!(
        code(two.maria.call("finish_voice", json!({"id": id})).await),
        "noSound"
    );
    assert_eq!(code(two.maria.push(&id, &[0; 2]).await), "fileGone");
}

#[tokio::test]
async fn what_can_not_be_sent_is_said_before_it_is_read() {
    let mut two = two(false).await;
    // The server takes 50 megabytes.
    let args = json!({"name": "Фильм.mp4", "size": 60_000_000});
    assert_eq!(code(two.maria.call("stage_file", args).await), "tooLarge");

    let args = json!({"name": "a".repeat(4_000), "size": 4});
    let staged = two.maria.call("stage_file", args.clone()).await.unwrap();
    assert!(staged["name"].as_str().unwrap().len() <= 255);
    let id = staged["id"].as_str().unwrap().to_owned();
    two.maria.push(&id, b"abc").await.unwrap();
    let files = json!([{"staged": id, "asFile": false}]);
    let send = json!({"chat": two.room, "files": files, "caption": null, "replyTo": null});
    assert_eq!(
        code(two.maria.call("send_files", send.clone()).await),
        "fileGone",
        "a byte is missing"
    );
    two.maria.push(&id, b"d").await.unwrap();
    assert_eq!(
        code(two.maria.push(&id, b"e").await),
        "fileGone",
        "a byte too many"
    );
    assert_eq!(code(two.maria.call("send_files", send).await), "fileGone");

    let staged = two.maria.call("stage_file", args).await.unwrap();
    let id = staged["id"].as_str().unwrap().to_owned();
    two.maria.call("unstage", json!({"id": id})).await.unwrap();
    assert_eq!(code(two.maria.push(&id, b"abcd").await), "fileGone");
}

#[tokio::test]
async fn an_empty_file_arrives_as_an_empty_file() {
    for encrypted in [false, true] {
        let mut two = two(encrypted).await;
        let id = two.maria.stage("пусто.txt", b"").await.unwrap();
        let files = [json!({"staged": id, "asFile": false})];
        let args = json!({"chat": two.room, "files": files, "caption": null, "replyTo": null});
        two.maria.call("send_files", args).await.unwrap();
        let file = seen(&two.olgas, "file").await;
        assert_eq!(file["media"]["name"], "пусто.txt");
        assert!(
            two.olga
                .media(key(&file["media"]))
                .await
                .unwrap()
                .0
                .is_empty()
        );
    }
}

/// One box of what phones write.
fn piece(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).unwrap();
    [&size.to_be_bytes(), kind.as_slice(), content].concat()
}

/// Held upright for a minute, with the place where it was taken.
fn film() -> Vec<u8> {
    let mut head = vec![0; 20];
    head[14..16].copy_from_slice(&[2, 88]);
    head[18..20].copy_from_slice(&36_000_u16.to_be_bytes());
    let mut track = vec![0; 84];
    track[45] = 1;
    track[76..78].copy_from_slice(&1_280_u16.to_be_bytes());
    track[80..82].copy_from_slice(&720_u16.to_be_bytes());
    let told = piece(b"udta", &piece(b"\xa9xyz", PLACE));
    let track = piece(b"trak", &piece(b"tkhd", &track));
    let movie = piece(b"moov", &[piece(b"mvhd", &head), track, told].concat());
    [
        piece(b"ftyp", b"isom\0\0\0\0isommp42"),
        piece(b"mdat", b"frames"),
        movie,
    ]
    .concat()
}

#[tokio::test]
async fn a_photograph_that_can_not_be_shown_here_leaves_its_place_behind() {
    let mut two = two(false).await;
    let photograph = [
        piece(b"ftyp", b"heic\0\0\0\0mif1heic"),
        piece(b"mdat", b"pixels"),
        piece(b"uuid", PLACE),
    ];
    let id = two
        .maria
        .stage("IMG_2.HEIC", &photograph.concat())
        .await
        .unwrap();
    let files = [json!({"staged": id, "asFile": false})];
    let args = json!({"chat": two.room, "files": files, "caption": null, "replyTo": null});
    two.maria.call("send_files", args).await.unwrap();
    let media = seen(&two.olgas, "file").await["media"].clone();
    assert_eq!(media["name"], "IMG_2.HEIC");
    let (bytes, _) = two.olga.media(key(&media)).await.unwrap();
    assert!(holds(&bytes, b"pixels") && !holds(&bytes, PLACE));
}

#[tokio::test]
async fn a_film_says_how_large_it_is_and_leaves_its_place_behind() {
    let mut two = two(false).await;
    let id = two.maria.stage("Выпускной.mp4", &film()).await.unwrap();
    let files = [json!({"staged": id, "asFile": false})];
    let args = json!({"chat": two.room, "files": files, "caption": null, "replyTo": null});
    two.maria.call("send_files", args).await.unwrap();
    let media = seen(&two.olgas, "video").await["media"].clone();
    let said = [&media["width"], &media["height"], &media["seconds"]];
    assert_eq!(said, [720, 1_280, 60], "as it is seen");
    let (bytes, mime) = two.olga.media(key(&media)).await.unwrap();
    assert_eq!(mime.as_deref(), Some("video/mp4"));
    assert!(holds(&bytes, b"frames") && !holds(&bytes, PLACE));
}

#[tokio::test]
async fn a_chat_gets_a_picture_and_loses_it_again() {
    let mut two = two(false).await;
    let avatar = |server: &Homeserver, room: &str| {
        let path = format!(
            "/_matrix/client/v3/rooms/{}/state/m.room.avatar",
            segment(room)
        );
        let olga = server.acting_as("olga");
        async move { olga.get(&path).await.unwrap() }
    };
    let id = two.maria.stage("Класс.jpg", &photograph()).await.unwrap();
    let args = json!({"chat": two.room, "staged": id});
    two.maria.call("set_chat_avatar", args).await.unwrap();
    let set = avatar(&two.server, &two.room).await;
    let (bytes, mime) = two.olga.media(set["url"].as_str().unwrap()).await.unwrap();
    assert_eq!(mime.as_deref(), Some("image/jpeg"));
    assert!(!holds(&bytes, PLACE) && bytes.len() < 200_000);
    let args = json!({"chat": two.room, "staged": null});
    two.maria.call("set_chat_avatar", args).await.unwrap();
    assert!(avatar(&two.server, &two.room).await["url"].is_null());
    let id = two.maria.stage("нет.jpg", b"no picture").await.unwrap();
    let args = json!({"chat": two.room, "staged": id});
    assert_eq!(
        code(two.maria.call("set_chat_avatar", args).await),
        "fileGone"
    );
}
