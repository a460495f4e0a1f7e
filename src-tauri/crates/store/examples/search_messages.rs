//! Measures the search in an index of 200,000 messages, 10,000 of them in one chat: one line of JSON for each figure.
//!
//! The messages are made from a seed, so every run asks the same questions of the same texts.

use parta_model::{Change, ChatId, Findable, MessageQuery, SearchKind};
use parta_store::{Batch, DataKey, Store};
use std::time::{Duration, Instant};

const MESSAGES: u64 = 200_000;
const IN_ONE_CHAT: u64 = 10_000;
const CHATS: u64 = 300;
const PEOPLE: u64 = 1_000;
/// Questions of each kind.
const QUESTIONS: usize = 200;
/// What a window asks for at once.
const PAGE: u32 = 30;

/// Words of school chats with the forms in which they are said; the first are said most often.
const WORDS: [&[&str]; 40] = [
    &["завтра"],
    &["урок", "урока", "уроки", "уроков", "уроке"],
    &["класс", "класса", "классу", "классе", "классы"],
    &["дети", "детей", "детям", "детьми"],
    &["родители", "родителей", "родителям", "родителями"],
    &["собрание", "собрания", "собранию", "собраний"],
    &["контрольная", "контрольную", "контрольной", "контрольные"],
    &["математика", "математику", "математике", "математики"],
    &["русский", "русского", "русскому"],
    &["учитель", "учителя", "учителю", "учителя"],
    &["задание", "задания", "заданию", "заданий"],
    &["пожалуйста"],
    &["принести", "принесите", "принёс", "принесли"],
    &["тетрадь", "тетради", "тетрадей", "тетрадью"],
    &["экскурсия", "экскурсию", "экскурсии", "экскурсий"],
    &["музей", "музея", "музеи", "музею"],
    &["деньги", "денег", "деньгам"],
    &["питание", "питания", "питанию"],
    &["справка", "справку", "справки", "справок"],
    &["болеет", "болел", "болела", "болеть"],
    &["пятница", "пятницу", "пятницы", "пятницам"],
    &["среда", "среду", "среды"],
    &["расписание", "расписания", "расписанию"],
    &["кабинет", "кабинета", "кабинете", "кабинеты"],
    &["ёлка", "ёлки", "ёлку", "ёлке"],
    &["праздник", "праздника", "празднику", "праздники"],
    &["концерт", "концерта", "концерту", "концерте"],
    &["форма", "форму", "формы", "форме"],
    &["физкультура", "физкультуру", "физкультуры"],
    &["бассейн", "бассейна", "бассейне"],
    &["автобус", "автобуса", "автобусе", "автобусы"],
    &["четверть", "четверти", "четвертью"],
    &["оценка", "оценку", "оценки", "оценок"],
    &["журнал", "журнала", "журнале", "журналы"],
    &["олимпиада", "олимпиаду", "олимпиады", "олимпиаде"],
    &["каникулы", "каникул", "каникулам"],
    &["библиотека", "библиотеку", "библиотеки"],
    &["учебник", "учебники", "учебника", "учебников"],
    &["объявление", "объявления", "объявлению"],
    &["директор", "директора", "директору", "директором"],
];
/// What surnames and other rare words are made of.
const SYLLABLES: [&str; 16] = [
    "ба", "ве", "го", "ду", "жи", "зу", "ка", "ло", "ми", "но", "пе", "ру", "са", "ти", "фо", "ха",
];

/// SplitMix64: the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (value ^ (value >> 31)) % end
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as u64) as usize]
    }

    /// The smaller, the more often, as words are.
    fn rank(&mut self, end: u64) -> usize {
        let (one, other) = (self.below(end), self.below(end));
        one.min(other) as usize
    }

    fn word(&mut self) -> String {
        if self.below(5) == 0 {
            return self.rare();
        }
        let rank = self.rank(WORDS.len() as u64);
        (*self.pick(WORDS[rank])).to_owned()
    }

    fn rare(&mut self) -> String {
        let mut word: String = (0..3).map(|_| *self.pick(&SYLLABLES)).collect();
        word.push_str("нов");
        word
    }

    fn text(&mut self) -> String {
        let length = 3 + self.below(14);
        let words: Vec<String> = (0..length).map(|_| self.word()).collect();
        words.join(" ")
    }
}

fn chat(n: u64) -> ChatId {
    format!("!chat{n}:school.example").as_str().into()
}

fn person(n: u64) -> String {
    format!("@person{n}:school.example")
}

fn message(n: u64, random: &mut Random) -> Change {
    let mut content = Findable::text(random.text());
    match random.below(20) {
        0 => content.kind = SearchKind::Picture,
        1 => content.kind = SearchKind::File,
        2 => content.link = true,
        _ => {}
    }
    if content.kind == SearchKind::File {
        content.name = Some(format!("{}.pdf", random.word()));
    }
    Change::Said {
        event: format!("$event{n:043}"),
        sender: person(random.below(PEOPLE)).as_str().into(),
        name: None,
        at: 1_700_000_000_000 + n * 60_000,
        content,
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dir = tempfile::tempdir()?;
    let store = Store::open(dir.path(), &DataKey::generate())?.store;
    let mut random = Random(7);
    let mut waiting: Vec<Vec<Change>> = (0..CHATS).map(|_| Vec::new()).collect();
    let mut indexing = Duration::ZERO;
    let mut take = |chat_number: usize, changes: Vec<Change>| {
        let batch = Batch {
            changes,
            ..Batch::default()
        };
        let begun = Instant::now();
        let done = store.index_batch(&chat(chat_number as u64), &batch);
        indexing += begun.elapsed();
        done
    };
    for n in 0..MESSAGES {
        // Every twentieth is of the large chat.
        let to = if n % (MESSAGES / IN_ONE_CHAT) == 0 {
            0
        } else {
            1 + random.below(CHATS - 1) as usize
        };
        waiting[to].push(message(n, &mut random));
        if waiting[to].len() == 100 {
            take(to, std::mem::take(&mut waiting[to]))?;
        }
    }
    for (to, changes) in waiting.into_iter().enumerate() {
        take(to, changes)?;
    }
    say("indexing 200,000 messages", indexing);

    let any = |text: String| MessageQuery {
        text,
        most: PAGE,
        ..MessageQuery::default()
    };
    let mut all = Vec::new();
    type Ask<'a> = &'a dyn Fn(&mut Random) -> MessageQuery;
    let kinds: [(&str, Ask<'_>); 7] = [
        ("one word in any form", &|r| any(r.word() + " ")),
        ("two words in any form", &|r| {
            any(format!("{} {} ", r.word(), r.word()))
        }),
        ("a word being typed", &|r| {
            let word = r.word();
            let most = word.chars().count() as u64;
            let letters = 2 + r.below(most.saturating_sub(2).max(1)) as usize;
            any(word.chars().take(letters).collect())
        }),
        ("a phrase", &|r| {
            any(format!("\"{} {}\"", r.word(), r.word()))
        }),
        ("in the chat of 10,000", &|r| MessageQuery {
            chat: Some(chat(0)),
            ..any(r.word())
        }),
        ("of one person, by date", &|r| MessageQuery {
            from: Some(person(r.below(PEOPLE)).as_str().into()),
            since: Some(1_700_000_000_000 + r.below(MESSAGES / 2) * 60_000),
            ..any(r.word())
        }),
        ("files of one chat", &|r| MessageQuery {
            chat: Some(chat(r.below(CHATS))),
            kind: Some(SearchKind::File),
            ..any(String::new())
        }),
    ];
    for (name, ask) in kinds {
        let mut random = Random(11);
        let mut times = Vec::with_capacity(QUESTIONS);
        let mut hits = 0;
        for _ in 0..QUESTIONS {
            let query = ask(&mut random);
            let begun = Instant::now();
            hits += store.search(&query)?.messages.len();
            times.push(begun.elapsed());
        }
        if hits == 0 {
            return Err(format!("nothing was found: {name}").into());
        }
        tell(name, &mut times);
        all.extend(times);
    }
    tell("all questions", &mut all);
    Ok(())
}

fn tell(name: &str, times: &mut [Duration]) {
    times.sort();
    say(&format!("{name}, p50"), times[times.len() / 2]);
    say(&format!("{name}, p95"), times[times.len() * 95 / 100]);
}

fn say(name: &str, time: Duration) {
    println!(
        "{}",
        serde_json::json!({"name": name, "seconds": time.as_secs_f64()})
    );
}
