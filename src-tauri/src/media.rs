//! `media://localhost/<key>?w=&h=`: pictures and files that the core has fetched and decrypted, for the window only.
//! They go from memory to memory; the web view keeps nothing on disk.

use parta_api::{ApiError, Client, Code, fetch_media};
use percent_encoding::percent_decode_str;
use std::ops::Range;
use std::sync::Arc;
use tauri::http::{HeaderMap, Method, Request, Response, StatusCode, Uri, header};
use tauri::{Manager, UriSchemeContext, UriSchemeResponder, Wry};

pub const SCHEME: &str = "media";
/// Where the window's own page lives: the only page that may read media by `fetch`.
const PAGE: &str = if cfg!(windows) {
    "http://tauri.localhost"
} else {
    "tauri://localhost"
};
/// A key names the same bytes for ever.
const FOR_EVER: &str = "private, max-age=31536000, immutable";
const LARGEST_SIDE: u32 = 4096;

type Reply = Response<Vec<u8>>;

pub fn serve(
    context: UriSchemeContext<'_, Wry>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let client = context
        .app_handle()
        .try_state::<Arc<Client>>()
        .map(|client| client.inner().clone());
    let wanted = Wanted::parse(request.uri());
    let (Some(client), Some(wanted), &Method::GET) = (client, wanted, request.method()) else {
        return responder.respond(bare(StatusCode::BAD_REQUEST));
    };
    tauri::async_runtime::spawn(async move {
        responder.respond(
            match fetch_media(&client, &wanted.key, wanted.thumb).await {
                Ok(media) => full_or_part(
                    media.bytes,
                    media.mime.unwrap_or_default(),
                    range(request.headers()),
                ),
                Err(error) => bare(status(&error)),
            },
        );
    });
}

#[derive(Debug, PartialEq)]
struct Wanted {
    key: String,
    thumb: Option<(u32, u32)>,
}

impl Wanted {
    fn parse(uri: &Uri) -> Option<Self> {
        let key = percent_decode_str(uri.path().strip_prefix('/')?)
            .decode_utf8()
            .ok()?
            .into_owned();
        let side = |name: &str| {
            let fields = uri.query().unwrap_or_default().split('&');
            let value = fields
                .filter_map(|field| field.split_once('='))
                .find(|(field, _)| *field == name)?
                .1;
            value
                .parse()
                .ok()
                .filter(|side| (1..=LARGEST_SIDE).contains(side))
        };
        let thumb = side("w").zip(side("h"));
        (!key.is_empty()).then_some(Self { key, thumb })
    }
}

fn status(error: &ApiError) -> StatusCode {
    match error.code {
        Code::MediaGone => StatusCode::NOT_FOUND,
        Code::Locked | Code::NotSignedIn | Code::NotAllowed => StatusCode::FORBIDDEN,
        Code::BadRequest => StatusCode::BAD_REQUEST,
        Code::NoNetwork => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_GATEWAY,
    }
}

/// Pictures, sound and video keep their type; whatever a browser could run as a page becomes plain bytes.
fn safe_type(mime: &str) -> String {
    let essence = mime
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let harmless = match essence.split_once('/') {
        Some(("image" | "audio" | "video", kind)) => {
            !kind.is_empty()
                && kind
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
        }
        _ => false,
    };
    if harmless {
        essence
    } else {
        "application/octet-stream".to_owned()
    }
}

fn range(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::RANGE)?.to_str().ok()
}

fn full_or_part(bytes: Vec<u8>, mime: &str, range: Option<&str>) -> Reply {
    let total = bytes.len();
    let (mut reply, content_range) = match range.and_then(|range| part(range, total)) {
        None => (Response::new(bytes), None),
        Some(Ok(part)) => {
            let told = format!("bytes {}-{}/{total}", part.start, part.end - 1);
            let mut reply = Response::new(bytes[part].to_vec());
            *reply.status_mut() = StatusCode::PARTIAL_CONTENT;
            (reply, Some(told))
        }
        Some(Err(Unsatisfiable)) => {
            let mut reply = bare(StatusCode::RANGE_NOT_SATISFIABLE);
            set(
                &mut reply,
                header::CONTENT_RANGE,
                &format!("bytes */{total}"),
            );
            return reply;
        }
    };
    set(&mut reply, header::CONTENT_TYPE, &safe_type(mime));
    set(&mut reply, header::CACHE_CONTROL, FOR_EVER);
    set(&mut reply, header::ACCEPT_RANGES, "bytes");
    if let Some(told) = content_range {
        set(&mut reply, header::CONTENT_RANGE, &told);
    }
    guarded(reply)
}

fn bare(status: StatusCode) -> Reply {
    let mut reply = Response::new(Vec::new());
    *reply.status_mut() = status;
    set(&mut reply, header::CACHE_CONTROL, "no-store");
    guarded(reply)
}

fn guarded(mut reply: Reply) -> Reply {
    set(&mut reply, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(
        &mut reply,
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; sandbox",
    );
    set(&mut reply, header::ACCESS_CONTROL_ALLOW_ORIGIN, PAGE);
    reply
}

fn set(reply: &mut Reply, name: header::HeaderName, value: &str) {
    if let Ok(value) = value.parse() {
        reply.headers_mut().insert(name, value);
    }
}

#[derive(Debug, PartialEq)]
struct Unsatisfiable;

/// The part of `total` bytes that a `Range` header asks for; `None` where the whole is the right answer.
fn part(range: &str, total: usize) -> Option<Result<Range<usize>, Unsatisfiable>> {
    let (from, to) = range.strip_prefix("bytes=")?.split_once('-')?;
    let (from, to) = (from.trim(), to.trim());
    let part = if from.is_empty() {
        let last: usize = to.parse().ok()?;
        total.saturating_sub(last)..total
    } else {
        let from: usize = from.parse().ok()?;
        let to: usize = if to.is_empty() {
            usize::MAX
        } else {
            to.parse().ok()?
        };
        if to < from {
            return None;
        }
        from..to.saturating_add(1).min(total)
    };
    Some(if part.start < part.end {
        Ok(part)
    } else {
        Err(Unsatisfiable)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(uri: &str) -> Option<Wanted> {
        Wanted::parse(&uri.parse().unwrap())
    }

    #[test]
    fn a_key_may_hold_anything_that_is_encoded() {
        let plain = Wanted {
            key: "mxc://s/a?b#1".into(),
            thumb: None,
        };
        assert_eq!(
            wanted("media://localhost/mxc%3A%2F%2Fs%2Fa%3Fb%231"),
            Some(plain)
        );
        let small = Wanted {
            key: "k".into(),
            thumb: Some((320, 200)),
        };
        assert_eq!(wanted("http://media.localhost/k?w=320&h=200"), Some(small));
        assert_eq!(wanted("media://localhost/"), None);
        assert_eq!(
            wanted("media://localhost/k?w=99999&h=1").unwrap().thumb,
            None
        );
    }

    #[test]
    fn nothing_that_a_browser_runs_keeps_its_type() {
        assert_eq!(safe_type("image/png"), "image/png");
        assert_eq!(safe_type("Audio/OGG; codecs=opus"), "audio/ogg");
        for mime in [
            "text/html",
            "image/svg+xml",
            "application/pdf",
            "application/xhtml+xml",
            "image/",
            "image/x\r\ny: z",
            "",
        ] {
            assert_eq!(safe_type(mime), "application/octet-stream", "{mime}");
        }
    }

    #[test]
    fn a_range_gives_the_part_and_says_which() {
        let reply = full_or_part(b"0123456789".to_vec(), "video/mp4", Some("bytes=2-4"));
        assert_eq!(
            (reply.status().as_u16(), reply.body().as_slice()),
            (206, b"234".as_slice())
        );
        assert_eq!(reply.headers()["content-range"], "bytes 2-4/10");
        assert_eq!(part("bytes=7-", 10), Some(Ok(7..10)));
        assert_eq!(part("bytes=-3", 10), Some(Ok(7..10)));
        assert_eq!(part("bytes=0-999", 10), Some(Ok(0..10)));
        assert_eq!(part("bytes=10-", 10), Some(Err(Unsatisfiable)));
        assert_eq!(
            full_or_part(vec![1; 3], "video/mp4", Some("bytes=9-"))
                .status()
                .as_u16(),
            416
        );
    }

    #[test]
    fn a_range_that_is_not_understood_gives_the_whole() {
        for range in ["bytes=a-b", "lines=1-2", "bytes=4-2", "bytes=0-1,4-5"] {
            let reply = full_or_part(b"0123456789".to_vec(), "audio/ogg", Some(range));
            assert_eq!(
                (reply.status().as_u16(), reply.body().len()),
                (200, 10),
                "{range}"
            );
        }
    }

    #[test]
    fn every_reply_forbids_guessing_its_type_and_running_it() {
        for reply in [
            bare(StatusCode::NOT_FOUND),
            full_or_part(vec![], "image/png", None),
        ] {
            assert_eq!(reply.headers()["x-content-type-options"], "nosniff");
            assert!(
                reply.headers()["content-security-policy"]
                    .to_str()
                    .unwrap()
                    .contains("sandbox")
            );
        }
    }
}
