//! Measures the plan of an organisation of 4,000 people in 120 classes: one line of JSON for each figure. The people are
//! made by counting, so every run works on the same plan.

use parta_model::contacts::{Contacts, Query};
use parta_model::edit::{Edit, batches, send};
use parta_model::plan::room_type;
use parta_model::reconcile::{Membership, Observed, PlaceNow, reconcile};
use parta_model::{
    ChatId, ClassFields, Directory, PlanEvent, PlanSource, UserId, cabinet::OrgPlan,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Instant;

const CLASSES: usize = 120;
const PUPILS: usize = 16;
const TEACHERS: usize = 160;
const LETTERS: [&str; 11] = ["А", "Б", "В", "Г", "Д", "Е", "Ж", "З", "И", "К", "Л"];
const FAMILIES: [&str; 12] = [
    "Иванов",
    "Щукин",
    "Белов",
    "Ёлкин",
    "Смирнов",
    "Кузнецов",
    "Попов",
    "Соколов",
    "Лебедев",
    "Козлов",
    "Новиков",
    "Морозов",
];
const GIVEN: [&str; 8] = [
    "Мария",
    "Иван",
    "Пётр",
    "Анна",
    "Ольга",
    "Фёдор",
    "Вера",
    "Глеб",
];

fn main() {
    let texts: Vec<(String, String)> = places()
        .into_iter()
        .map(|(id, events)| (id, Value::Array(events).to_string()))
        .collect();
    let me = UserId::new("@head:school");

    let begun = Instant::now();
    let sources: Vec<PlanSource> = texts.iter().map(|(id, text)| source(id, text)).collect();
    let plan = OrgPlan::read(&sources, &ChatId::new("!org")).expect("the plan can be read");
    let directory = Directory::read(&sources, &me);
    let cabinet = plan.show(&me, std::iter::empty()).expect("it is shown");
    time("the cabinet from what is kept", begun);
    count("people", cabinet.people.len());
    count("people in the directory", directory.people().len());
    count("classes", cabinet.classes.len());

    let begun = Instant::now();
    let contacts = Contacts::of_cabinet(&cabinet);
    time("its people in order to be filtered", begun);
    time_of_letters(&contacts);

    let class = cabinet.classes[0].clone();
    let titled = |title: String| ClassFields {
        stage: None,
        letter: None,
        title: Some(title),
        homeroom: None,
    };
    let begun = Instant::now();
    let edits = plan
        .set_class(&class.id, &titled("Класс".to_owned()))
        .expect("it can be renamed");
    let mut edited = plan.clone();
    edits.iter().for_each(|edit| drop(edited.lay(edit)));
    let shown = edited.show(&me, std::iter::empty()).expect("it is shown");
    let changed = parta_model::changes(&cabinet.people, &shown.people, |person| person.id.clone());
    let mut laid = sources.clone();
    edited.overlay(&mut laid);
    Directory::read(&laid, &me);
    time("one edit, until it is shown", begun);
    count("rows of people that it changes", changed.len());

    let begun = Instant::now();
    let promoted = plan.promote(None).expect("nothing stands in its way");
    time("promoting the school", begun);
    count("events of the promotion", events(&plan, &promoted));

    let thirty: Vec<Edit> = (0..30)
        .flat_map(|number| {
            plan.set_class(&class.id, &titled(format!("Класс {number}")))
                .expect("it can be renamed")
        })
        .filter(|edit| edit.target == parta_model::edit::Target::Class(class.id.clone()))
        .collect();
    count("events of thirty edits of a class", events(&plan, &thirty));

    let observed = founded();
    let begun = Instant::now();
    let actions = reconcile(&plan, &observed);
    time("from the plan to what has to be done", begun);
    count("steps", actions.len());
}

/// Each letter of some words, as one types them into the filter of the people.
fn time_of_letters(contacts: &Contacts) {
    let mut letters = Vec::new();
    for words in ["соколов 7б", "щукина мар", "ivanova", "cvbhyjd", "морозв"]
    {
        let ends = words
            .char_indices()
            .map(|(at, letter)| at + letter.len_utf8());
        for end in ends {
            let query = Query {
                text: words[..end].to_owned(),
                ..Query::default()
            };
            let begun = Instant::now();
            std::hint::black_box(contacts.order_of(&query).count());
            letters.push(begun.elapsed().as_secs_f64());
        }
    }
    letters.sort_by(f64::total_cmp);
    let slowest = letters[letters.len() * 95 / 100];
    println!(
        "{}",
        json!({"name": "a letter in the filter of people, p95", "seconds": slowest})
    );
}

/// How many events the edits are on the server.
fn events(plan: &OrgPlan, edits: &[Edit]) -> usize {
    let waiting = edits.iter().map(|edit| ((), edit, true));
    let written = batches(waiting).into_iter().map(|(target, batch)| {
        let edits: Vec<&Edit> = batch.into_iter().map(|(_, edit)| edit).collect();
        send(&edits, &plan.document(&target)).write.len()
    });
    written.sum()
}

fn time(name: &str, begun: Instant) {
    let seconds = begun.elapsed().as_secs_f64();
    println!("{}", json!({"name": name, "seconds": seconds}));
}

fn count(name: &str, count: usize) {
    println!("{}", json!({"name": name, "count": count}));
}

/// The organisation as its founder leaves it.
fn founded() -> Observed {
    let founder = UserId::new("@head:school");
    let place = PlaceNow {
        members: BTreeMap::from([(founder.clone(), Membership::Joined)]),
        levels: BTreeMap::from([(founder, 100)]),
        ..Default::default()
    };
    let ids = ["!org", "!staff", "!office", "!reception"];
    Observed {
        places: ids.map(|id| (ChatId::new(id), place.clone())).into(),
    }
}

fn event(kind: &str, key: String, content: Value) -> Value {
    json!({"kind": format!("school.parta.{kind}"), "key": key, "event": format!("${kind}{key}"), "content": content})
}

fn person(id: String, number: usize, role: &str, part: Option<&str>) -> Value {
    let name = json!({
        "family": FAMILIES[number % FAMILIES.len()],
        "given": GIVEN[number % GIVEN.len()],
        "patronymic": "Петрович",
    });
    let verified = json!({"by": "@head:school", "at": 1_790_000_000_000u64});
    let mut person =
        json!({"id": id, "role": role, "name": name, "verified": verified, "status": "active"});
    if let Some(part) = part {
        person["as"] = part.into();
    }
    person
}

/// The events of the organisation's space and of the staff room.
fn places() -> [(String, Vec<Value>); 2] {
    let rooms = json!({"staff": "!staff", "office": "!office", "reception": "!reception"});
    let org = json!({"kind": "school", "full_name": "Школа № 1", "short_name": "Школа 1", "school_year": 2026, "rooms": rooms});
    let mut organisation = vec![event("org", String::new(), org)];
    let mut staff = Vec::new();
    let teachers: Vec<Value> = (0..TEACHERS)
        .map(|number| person(format!("t{number}:school"), number, "teacher", None))
        .collect();
    for (part, people) in teachers.chunks(100).enumerate() {
        let key = format!("staff/{}", part + 1);
        staff.push(event("people", key, json!({ "people": people })));
    }
    for class in 0..CLASSES {
        let (id, homeroom) = (format!("class{class:03}"), format!("t{class}:school"));
        let content = json!({
            "stage": class / LETTERS.len() + 1,
            "letter": LETTERS[class % LETTERS.len()],
            "status": "active",
            "homeroom": homeroom,
            "chats": ["students", "parents", "teachers"],
        });
        organisation.push(event("class", id.clone(), content));
        let mut people = vec![person(homeroom, class, "teacher", Some("homeroom"))];
        for pupil in class * PUPILS..(class + 1) * PUPILS {
            let student = format!("s{pupil}:school");
            let mut parent = person(format!("p{pupil}:school"), pupil, "parent", Some("parent"));
            parent["children"] = json!([student]);
            people.push(person(student, pupil, "student", Some("student")));
            people.push(parent);
        }
        staff.push(event("people", id, json!({ "people": people })));
    }
    [
        ("!org".to_owned(), organisation),
        ("!staff".to_owned(), staff),
    ]
}

fn source(id: &str, text: &str) -> PlanSource {
    let events: Vec<Value> = serde_json::from_str(text).expect("it was just written");
    let kind = match id {
        "!org" => room_type::ORGANISATION,
        _ => room_type::STAFF,
    };
    let word = |event: &Value, field: &str| event[field].as_str().unwrap_or_default().to_owned();
    PlanSource {
        id: ChatId::new(id),
        kind: Some(kind.to_owned()),
        founder: None,
        guarded: true,
        administrator: true,
        levels: BTreeMap::from([(UserId::new("@head:school"), 100)]),
        events: events
            .into_iter()
            .map(|mut event| PlanEvent {
                kind: word(&event, "kind"),
                key: word(&event, "key"),
                event: word(&event, "event"),
                content: event["content"].take(),
            })
            .collect(),
    }
}
