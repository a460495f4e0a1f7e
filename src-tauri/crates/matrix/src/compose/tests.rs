use super::*;
use proptest::prelude::*;

fn html(text: &str) -> Option<String> {
    compose(&Written {
        text: text.to_owned(),
        mentions: Vec::new(),
    })
    .unwrap()
    .html
}

fn mention(id: &str, name: &str) -> Mention {
    Mention {
        id: UserId::new(id),
        name: name.to_owned(),
    }
}

#[test]
fn light_formatting_becomes_the_tags_of_matrix() {
    for (typed, sent) in [
        ("**жирный**", "<strong>жирный</strong>"),
        (
            "это _курсив_ и *он же*",
            "это <em>курсив</em> и <em>он же</em>",
        ),
        ("~~зачёркнуто~~", "<del>зачёркнуто</del>"),
        ("`x = 2`", "<code>x = 2</code>"),
        (
            "[сайт](https://school.example)",
            "<a href=\"https://school.example\">сайт</a>",
        ),
        ("> цитата", "<blockquote>\n<p>цитата</p>\n</blockquote>"),
        ("- один\n- два", "<ul>\n<li>один</li>\n<li>два</li>\n</ul>"),
        (
            "первая **строка**\nвторая",
            "первая <strong>строка</strong><br />\nвторая",
        ),
    ] {
        assert_eq!(html(typed).as_deref(), Some(sent), "{typed}");
    }
}

#[test]
fn what_only_looks_like_markdown_stays_as_it_was_typed() {
    for typed in [
        "2*3*4=24",
        "файл_с_именем.docx",
        "# 5 задача",
        "    отступ",
        "просто текст\nв две строки",
        "3 < 5 & 7 > 2",
        "===",
    ] {
        assert_eq!(html(typed), None, "{typed}");
    }
}

#[test]
fn markup_that_is_typed_is_text() {
    assert_eq!(
        html("<script>alert(1)</script> **да**").as_deref(),
        Some("&lt;script&gt;alert(1)&lt;/script&gt; <strong>да</strong>")
    );
    let picture = html("![кот](https://elsewhere/cat.png) **да**").unwrap();
    assert!(
        !picture.contains("<img") && !picture.contains("elsewhere"),
        "{picture}"
    );
    let link = html("[тут](javascript:alert(1)) **да**").unwrap();
    assert!(!link.contains("javascript"), "{link}");
}

#[test]
fn names_become_links_and_intentional_mentions() {
    let written = Written {
        text: "@Иванова Мария, **завтра**? И @все.".to_owned(),
        mentions: vec![
            mention("@m:school", "Иванова Мария"),
            mention("@i:school", "Иванова"),
            mention("@room", "все"),
            mention("@gone:school", "Кто-то стёртый"),
        ],
    };
    let composed = compose(&written).unwrap();
    assert_eq!(
        composed.html.as_deref(),
        Some(
            "<a href=\"https://matrix.to/#/@m:school\">@Иванова Мария</a>, <strong>завтра</strong>? И @все."
        )
    );
    assert!(composed.mentions.room);
    assert!(
        composed
            .mentions
            .user_ids
            .iter()
            .any(|id| id == "@m:school")
    );
    assert!(
        !composed
            .mentions
            .user_ids
            .iter()
            .any(|id| id == "@gone:school")
    );
    let again = named(
        composed.html.as_deref(),
        Some(&composed.mentions),
        &composed.body,
    );
    assert_eq!(
        again,
        vec![
            mention("@m:school", "Иванова Мария"),
            mention("@room", "все")
        ]
    );
}

#[test]
fn a_text_that_no_event_holds_is_refused_and_a_long_one_loses_only_its_formatting() {
    let written = |text: String| Written {
        text,
        mentions: Vec::new(),
    };
    assert!(matches!(
        compose(&written("я".repeat(30_000))),
        Err(Error::TooLong)
    ));
    let long = compose(&written(format!("**да** {}", "я".repeat(20_000)))).unwrap();
    assert_eq!(long.html, None);
}

proptest! {
    #[test]
    fn no_text_can_smuggle_in_markup(text in "\\PC{0,80}", hostile in prop_oneof!["<script>", "<img src=x onerror=y>", "</a><iframe>", "[a](javascript:x)", "<b onclick=z>"]) {
        let html = html(&format!("{text}{hostile} **x**")).unwrap_or_default();
        for bad in ["<script", "<img", "<iframe", "javascript:x\"", "<b "] {
            prop_assert!(!html.contains(bad), "{html}");
        }
    }

    #[test]
    fn what_is_sent_keeps_the_body_as_it_was_written(text in "\\PC{0,200}") {
        let composed = compose(&Written { text: text.clone(), mentions: Vec::new() }).unwrap();
        prop_assert_eq!(composed.body, text.trim());
    }
}
