//! What is said in a chat, and when: scenes are laid over four weeks until the chat is as long as it should be.

use std::collections::HashSet;

use super::calendar::{DAY, Day, HOUR, MINUTE, WEEKS, awake};
use super::cast::{Cast, Troupe};
use super::random::Random;
use super::script::{Days, Line, Scene, When, choose};

/// One event of a chat.
#[derive(Clone, Debug)]
pub struct Post {
    pub sender: usize,
    /// Milliseconds since 1970.
    pub at: u64,
    pub what: What,
}

/// Numbers name earlier posts of the same chat.
#[derive(Clone, Debug)]
pub enum What {
    Say { text: Text, reply: Option<usize> },
    Attach { file: File, caption: Text },
    Edit { of: usize, text: Text },
    React { to: usize, emoji: String },
    Delete { of: usize },
}

impl What {
    /// Whether it is a message of its own, not a change of another.
    pub fn is_message(&self) -> bool {
        matches!(self, Self::Say { .. } | Self::Attach { .. })
    }
}

#[derive(Clone, Debug, Default)]
pub struct Text {
    pub body: String,
    /// Only where somebody is mentioned.
    pub html: Option<String>,
    pub mentions: Vec<usize>,
    /// Mentions everybody.
    pub room: bool,
}

/// Pictures and documents that the school's history has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum File {
    Museum,
    Timetable,
    Page,
    Consent,
    Menu,
}

impl File {
    fn named(name: &str) -> Self {
        match name {
            "museum" => Self::Museum,
            "timetable" => Self::Timetable,
            "page" => Self::Page,
            "consent" => Self::Consent,
            "menu" => Self::Menu,
            other => panic!("no file is called «{other}»"),
        }
    }
}

/// How a chat lives.
pub(super) struct Life {
    /// Messages, at least.
    pub messages: usize,
    /// Of 100 lines with reactions, how many get them.
    pub reactions_percent: usize,
    /// How long ago the last thing was said, if it is day.
    pub quiet_for: u64,
    /// Whether scenes that happen once belong here.
    pub events: bool,
}

/// The posts in order, and which of them are pinned.
pub(super) fn write(
    troupe: &Troupe<'_>,
    scenes: &[Scene],
    life: &Life,
    now: u64,
    random: &mut Random,
) -> (Vec<Post>, Vec<usize>) {
    let mut writer = Writer {
        troupe,
        life,
        now,
        random,
        posts: Vec::new(),
        pinned: Vec::new(),
    };
    let today = Day::of(now);
    for scene in scenes.iter().filter(|_| life.events) {
        if let When::Once {
            days_before,
            minutes,
        } = scene.when
        {
            let day = today.school_day().before(days_before).school_day();
            writer.play(scene, day.at(minutes));
        }
    }
    writer.last_words(scenes);
    writer.fill(scenes, today);
    writer.finish()
}

struct Writer<'a> {
    troupe: &'a Troupe<'a>,
    life: &'a Life,
    now: u64,
    random: &'a mut Random,
    posts: Vec<Post>,
    pinned: Vec<usize>,
}

impl Writer<'_> {
    /// A chat ends shortly before now, or in the evening before when it is night.
    fn last_words(&mut self, scenes: &[Scene]) {
        let mut end = self.now - self.life.quiet_for;
        while !awake(end, 8..22) {
            end -= HOUR;
        }
        let weekend = Day::of(end).is_weekend();
        let fits = |scene: &&Scene| match scene.when {
            When::Often { from, to, days, .. } => awake(end, from..to + 1) && days.fit(weekend),
            When::Once { .. } => false,
        };
        let fitting: Vec<&Scene> = scenes.iter().filter(fits).collect();
        if fitting.is_empty() {
            return;
        }
        let scene = *self.random.pick(&fitting);
        let first = self.posts.len();
        self.play(scene, end - DAY);
        if let Some(last) = self.posts[first..].iter().map(|post| post.at).max() {
            for post in &mut self.posts[first..] {
                post.at += end - last;
            }
        }
    }

    fn fill(&mut self, scenes: &[Scene], today: Day) {
        let often: Vec<(&Scene, usize, u64, u64, Days)> = scenes
            .iter()
            .filter_map(|scene| match scene.when {
                When::Often {
                    weight,
                    from,
                    to,
                    days,
                } => Some((scene, weight, from, to, days)),
                When::Once { .. } => None,
            })
            .collect();
        let days: Vec<Day> = (0..WEEKS * 7).map(|back| today.before(back)).collect();
        let weights: Vec<usize> = days
            .iter()
            .map(|day| if day.is_weekend() { 3 } else { 10 })
            .collect();
        let mut played = HashSet::new();
        let messages = |posts: &[Post]| posts.iter().filter(|post| post.what.is_message()).count();
        // A school that only speaks in the morning may have no room left today, so the tries are counted.
        let mut tries = 0;
        // Every talk begins in the first of the weeks, however little of it there is.
        let mut begun = false;
        while (messages(&self.posts) < self.life.messages || !begun)
            && tries < self.life.messages * 20
        {
            tries += 1;
            let first = if begun { 0 } else { days.len() - 7 };
            let day = days[first + self.random.weighted(&weights[first..])];
            let weights: Vec<usize> = often.iter().map(|(_, weight, ..)| *weight).collect();
            let index = self.random.weighted(&weights);
            let (scene, _, from, to, on) = often[index];
            // Homework is asked for again and again; most things happen once a day.
            let again =
                !played.insert((day.at(0), index)) && (on != Days::Any || self.random.chance(70));
            if again || !on.fit(day.is_weekend()) {
                continue;
            }
            let minutes =
                self.random
                    .between(from as usize * 60, to as usize * 60 + 40) as u64;
            let second = self.random.between(0, 59_000) as u64;
            self.play(scene, day.at(minutes) + second);
            begun = true;
        }
    }

    fn play(&mut self, scene: &Scene, start: u64) {
        let mut cast = Cast::new(self.troupe, Day::of(start), self.random);
        let mut at = start;
        // Where each thing said in the scene stands among the posts; absent when it would lie in the future.
        let mut lines: Vec<Option<usize>> = Vec::new();
        for line in &scene.lines {
            if let Line::Say {
                speaker,
                reply,
                attach,
                text,
            } = line
            {
                at += self.pause();
                let sender = cast.person(speaker, self.random);
                let text = cast.text(text, sender, self.random);
                let what = match attach {
                    Some((_, name)) => What::Attach {
                        file: File::named(name),
                        caption: text,
                    },
                    None => What::Say {
                        text,
                        reply: reply.and_then(|line| said(&lines, line)),
                    },
                };
                lines.push(self.post(sender, at, what));
                continue;
            }
            match line {
                Line::React { to, emoji } => {
                    let target = said(&lines, *to);
                    if self.random.chance(self.life.reactions_percent) {
                        self.react(target, emoji, at);
                    }
                }
                Line::Edit { of, text } => {
                    let Some(of) = said(&lines, *of) else {
                        continue;
                    };
                    let sender = self.posts[of].sender;
                    let text = cast.text(text, sender, self.random);
                    let at = self.posts[of].at + self.random.between(1, 4) as u64 * MINUTE / 2;
                    self.post(sender, at, What::Edit { of, text });
                }
                Line::Delete { of } => {
                    let Some(of) = said(&lines, *of) else {
                        continue;
                    };
                    let (sender, at) = (self.posts[of].sender, self.posts[of].at + MINUTE / 2);
                    self.post(sender, at, What::Delete { of });
                }
                Line::Pin { of } => self.pinned.extend(said(&lines, *of)),
                Line::Say { .. } => {}
            }
        }
    }

    /// Mostly people answer within minutes, sometimes later.
    fn pause(&mut self) -> u64 {
        let seconds = match self.random.between(1, 100) {
            1..=60 => self.random.between(12, 100),
            61..=90 => self.random.between(100, 420),
            _ => self.random.between(420, 1_500),
        };
        seconds as u64 * 1_000
    }

    /// Adds a post unless it would lie in the future.
    fn post(&mut self, sender: usize, at: u64, what: What) -> Option<usize> {
        if at >= self.now {
            return None;
        }
        self.posts.push(Post { sender, at, what });
        Some(self.posts.len() - 1)
    }

    fn react(&mut self, target: Option<usize>, emoji: &str, at: u64) {
        let Some(to) = target else { return };
        let emoji = choose(emoji, self.random);
        let words: Vec<&str> = emoji.split_whitespace().collect();
        for pair in words.chunks(2) {
            let mut people: Vec<usize> =
                self.troupe.fixed.iter().map(|(_, index)| *index).collect();
            people.extend(&self.troupe.pool);
            people.sort_unstable();
            people.dedup();
            people.retain(|index| *index != self.posts[to].sender);
            self.random.shuffle(&mut people);
            people.truncate(
                pair.get(1)
                    .and_then(|count| count.parse().ok())
                    .unwrap_or(1),
            );
            for sender in people {
                let at = at.max(self.posts[to].at) + self.random.between(20, 2_400) as u64 * 1_000;
                self.post(
                    sender,
                    at,
                    What::React {
                        to,
                        emoji: pair[0].to_owned(),
                    },
                );
            }
        }
    }

    /// Puts the posts in the order of time and renames what refers to them.
    fn finish(self) -> (Vec<Post>, Vec<usize>) {
        let mut order: Vec<usize> = (0..self.posts.len()).collect();
        order.sort_by_key(|index| self.posts[*index].at);
        let mut place = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            place[*old] = new;
        }
        let mut posts: Vec<Post> = order
            .iter()
            .map(|index| self.posts[*index].clone())
            .collect();
        for post in &mut posts {
            match &mut post.what {
                What::Say {
                    reply: Some(of), ..
                }
                | What::Edit { of, .. }
                | What::React { to: of, .. }
                | What::Delete { of } => *of = place[*of],
                What::Say { reply: None, .. } | What::Attach { .. } => {}
            }
        }
        (
            posts,
            self.pinned.iter().map(|index| place[*index]).collect(),
        )
    }
}

/// The post of the n-th thing said in the scene, which is how the files number them.
fn said(lines: &[Option<usize>], line: usize) -> Option<usize> {
    lines.get(line).copied().flatten()
}
