//! Which chats there are, who is in them, what they are called and how they live.

use parta_model::plan::{Board, ChatWish};

use super::School;
use super::calendar::{HOUR, MINUTE};
use super::cast::Troupe;
use super::history::{Life, Post, write};
use super::random::Random;
use super::script::{Scene, parse};

const PARENTS: &str = include_str!("scenes/parents.txt");
const PUPILS: &str = include_str!("scenes/pupils.txt");
const TEACHERS: &str = include_str!("scenes/teachers.txt");
const STAFF: &str = include_str!("scenes/staff.txt");
const HEADS: &str = include_str!("scenes/heads.txt");
const ORDERS: &str = include_str!("scenes/orders.txt");
const COMMITTEE: &str = include_str!("scenes/committee.txt");
const COUNCIL: &str = include_str!("scenes/council.txt");
const NEWS: &str = include_str!("scenes/news.txt");
const DIRECT: &str = include_str!("scenes/direct.txt");
const DIRECT_STAFF: &str = include_str!("scenes/direct_staff.txt");
const DIRECT_PUPILS: &str = include_str!("scenes/direct_pupils.txt");

/// Where a chat belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Class { class: usize, wish: ChatWish },
    Organisation(ChatWish),
    Direct { encrypted: bool },
}

/// A chat with everything said in it, in order.
pub struct Chat {
    pub place: Place,
    pub name: String,
    pub topic: Option<String>,
    pub members: Vec<usize>,
    pub posts: Vec<Post>,
    /// Posts that are pinned.
    pub pinned: Vec<usize>,
}

impl Chat {
    /// Whether only some may write.
    pub fn is_channel(&self) -> bool {
        [ChatWish::News, ChatWish::AllStaff]
            .map(Place::Organisation)
            .contains(&self.place)
    }

    pub fn messages(&self) -> usize {
        self.posts
            .iter()
            .filter(|post| post.what.is_message())
            .count()
    }
}

pub(super) fn all(school: &School, now: u64) -> Vec<Chat> {
    let mut maker = Maker {
        school,
        now,
        chats: Vec::new(),
    };
    maker.organisation();
    for class in 0..school.classes.len() {
        maker.class(class);
    }
    maker.direct();
    maker.chats
}

struct Maker<'a> {
    school: &'a School,
    now: u64,
    chats: Vec<Chat>,
}

/// What makes one chat's history differ from another's.
struct Plot {
    scenes: &'static str,
    messages: usize,
    quiet_for: u64,
    events: bool,
    reactions_percent: usize,
}

impl Maker<'_> {
    fn organisation(&mut self) {
        let school = self.school;
        let scale = |percent: usize| (school.size.chat * percent / 100).max(4);
        let heads = [
            ('D', school.director()),
            ('Z', school.deputy()),
            ('S', school.secretary()),
            ('P', school.pedagogue()),
        ];
        let everyone: Vec<usize> = (0..school.people.len()).collect();
        let plot = Plot {
            scenes: NEWS,
            messages: scale(50),
            quiet_for: 26 * HOUR,
            events: true,
            reactions_percent: 60,
        };
        self.add(
            Place::Organisation(ChatWish::News),
            "Школа № 1 · новости",
            Some("Объявления школы"),
            everyone,
            &heads,
            plot,
        );
        let plot = Plot {
            scenes: STAFF,
            messages: scale(330),
            quiet_for: 50 * MINUTE,
            events: true,
            reactions_percent: 40,
        };
        let topic = "Все сотрудники школы";
        self.add(
            Place::Organisation(ChatWish::Staff),
            "Учительский чат",
            Some(topic),
            school.staff(),
            &heads,
            plot,
        );
        let plot = Plot {
            scenes: HEADS,
            messages: scale(80),
            quiet_for: 5 * HOUR,
            events: true,
            reactions_percent: 40,
        };
        self.add(
            Place::Organisation(ChatWish::Heads),
            "Администрация",
            None,
            school.administrators(),
            &heads,
            plot,
        );
        self.boards(&heads);
    }

    /// The chats of the head with those who have been called into something.
    fn boards(&mut self, heads: &[(char, usize)]) {
        let school = self.school;
        let scale = |percent: usize| (school.size.chat * percent / 100).max(4);
        let with_heads = |board: &Board| [school.administrators(), school.called(board)].concat();
        for (wish, name, members, scenes, quiet_for) in [
            (
                ChatWish::AllStaff,
                "Объявления для сотрудников".to_owned(),
                school.staff(),
                ORDERS,
                30 * HOUR,
            ),
            (
                ChatWish::Committee,
                format!("{} · родительский комитет", school.name),
                with_heads(&Board::Committee),
                COMMITTEE,
                52 * HOUR,
            ),
            (
                ChatWish::Council,
                format!("{} · совет учеников", school.name),
                with_heads(&Board::Council),
                COUNCIL,
                75 * HOUR,
            ),
        ] {
            let plot = Plot {
                scenes,
                messages: scale(20),
                quiet_for,
                events: false,
                reactions_percent: 60,
            };
            let place = Place::Organisation(wish);
            self.add(place, &name, None, members, heads, plot);
        }
    }

    fn class(&mut self, index: usize) {
        let class = &self.school.classes[index];
        let first = index == 0;
        let size = self.school.size;
        for (wish, word, scenes) in [
            (ChatWish::Parents, "родители", PARENTS),
            (ChatWish::Students, "ученики", PUPILS),
            (ChatWish::Teachers, "учителя", TEACHERS),
        ] {
            let long = first && wish == ChatWish::Parents;
            let share = match wish {
                ChatWish::Teachers => 75,
                _ if first => 240,
                ChatWish::Parents => 130,
                _ => 90,
            };
            // The chats of the first class were used just now, the others within the last days.
            let quiet_for = match (first, &wish) {
                (true, ChatWish::Parents) => 9 * MINUTE,
                (true, _) => 2 * HOUR,
                (false, _) => (4 + 5 * index as u64) * HOUR + 7 * MINUTE,
            };
            let messages = if long {
                size.long_chat
            } else {
                (size.chat * share / 100).max(4)
            };
            let plot = Plot {
                scenes,
                messages,
                quiet_for,
                events: first,
                reactions_percent: if long { 18 } else { 35 },
            };
            let name = format!("{} · {word}", class.title());
            let members = self.school.class_members(index, &wish);
            let place = Place::Class { class: index, wish };
            self.add(place, &name, None, members, &[('T', class.homeroom)], plot);
            // Whoever runs the school is in it, and says nothing.
            let chat = self.chats.last_mut().expect("it was just added");
            let quiet = self.school.administrators().into_iter();
            let quiet: Vec<usize> = quiet.filter(|one| !chat.members.contains(one)).collect();
            chat.members.extend(quiet);
        }
    }

    fn direct(&mut self) {
        let school = self.school;
        let class = &school.classes[0];
        let teacher = school.teacher();
        let messages = school.size.chat;
        for (index, parent) in class.parents.iter().enumerate().skip(1).take(5) {
            self.pair(
                teacher,
                *parent,
                DIRECT,
                messages / (index + 1),
                (3 + 9 * index as u64) * HOUR,
                Some(0),
            );
        }
        let staff = [
            (school.deputy(), school.director(), 5),
            (school.deputy(), teacher, 20),
            (school.secretary(), school.deputy(), 30),
            (teacher, class.teachers[1], 44),
        ];
        for (one, other, hours) in staff {
            self.pair(one, other, DIRECT_STAFF, messages / 2, hours * HOUR, None);
        }
        if let Some(second) = school.classes.get(1) {
            self.pair(
                second.homeroom,
                school.parent(),
                DIRECT,
                messages / 3,
                28 * HOUR,
                Some(1),
            );
        }
        for friend in class.pupils.iter().skip(2).take(2) {
            self.pair(
                school.pupil(),
                *friend,
                DIRECT_PUPILS,
                messages / 2,
                4 * HOUR,
                Some(0),
            );
        }
        // Nothing can be said in it from outside: only the two have the keys.
        let members = vec![teacher, school.parent()];
        let place = Place::Direct { encrypted: true };
        self.chats.push(Chat {
            place,
            name: String::new(),
            topic: None,
            members,
            posts: vec![],
            pinned: vec![],
        });
    }

    fn pair(
        &mut self,
        one: usize,
        other: usize,
        scenes: &'static str,
        messages: usize,
        quiet_for: u64,
        class: Option<usize>,
    ) {
        let plot = Plot {
            scenes,
            messages: messages.max(3),
            quiet_for,
            events: false,
            reactions_percent: 50,
        };
        let cast = [('A', one), ('B', other)];
        self.write(
            Place::Direct { encrypted: false },
            "",
            None,
            vec![one, other],
            &cast,
            plot,
            class,
        );
    }

    fn add(
        &mut self,
        place: Place,
        name: &str,
        topic: Option<&str>,
        members: Vec<usize>,
        fixed: &[(char, usize)],
        plot: Plot,
    ) {
        let class = match &place {
            Place::Class { class, .. } => Some(*class),
            _ => None,
        };
        self.write(place, name, topic, members, fixed, plot, class);
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "everything a chat is, named where it is made"
    )]
    fn write(
        &mut self,
        place: Place,
        name: &str,
        topic: Option<&str>,
        members: Vec<usize>,
        fixed: &[(char, usize)],
        plot: Plot,
        class: Option<usize>,
    ) {
        let fixed: Vec<(char, usize)> = fixed
            .iter()
            .copied()
            .filter(|(_, person)| members.contains(person))
            .collect();
        let is_fixed = |index: &usize| fixed.iter().any(|(_, person)| person == index);
        let mut pool: Vec<usize> = members
            .iter()
            .copied()
            .filter(|index| !is_fixed(index))
            .collect();
        if pool.is_empty() {
            pool.clone_from(&members);
        }
        let troupe = Troupe {
            school: self.school,
            class: class.map(|index| &self.school.classes[index]),
            fixed,
            pool,
        };
        let life = Life {
            messages: plot.messages,
            reactions_percent: plot.reactions_percent,
            quiet_for: plot.quiet_for,
            events: plot.events,
        };
        let scenes: Vec<Scene> = parse(plot.scenes);
        let part = format!("chat {}", self.chats.len());
        let mut random = Random::new(self.school.seed, &part);
        let (posts, pinned) = write(&troupe, &scenes, &life, self.now, &mut random);
        let topic = topic.map(str::to_owned);
        self.chats.push(Chat {
            place,
            name: name.to_owned(),
            topic,
            members,
            posts,
            pinned,
        });
    }
}
