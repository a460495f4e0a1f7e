//! «Все роли и классы»: what is left of those who were found, and how many each further choice would leave.

use super::{Contact, normal};
use crate::directory::natural;
use crate::{BadgeRole, ChatId, PersonStatus, UserId};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What somebody has to be. Of each set that is not empty one value is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    pub roles: BTreeSet<BadgeRole>,
    pub classes: BTreeSet<ClassFilter>,
    /// In any way of writing.
    pub subjects: BTreeSet<String>,
    pub statuses: BTreeSet<PersonStatus>,
    pub organisations: BTreeSet<ChatId>,
}

/// A class, or all classes of a year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClassFilter {
    Class { organisation: ChatId, id: String },
    Stage(u8),
}

/// How many people the query and all the other filters leave for each value, also where it is none. A person counts
/// once for each value he has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub roles: Vec<Count<BadgeRole>>,
    /// In the order people count them.
    pub classes: Vec<ClassCount>,
    pub stages: Vec<Count<u8>>,
    /// As it was first written.
    pub subjects: Vec<Count<String>>,
    pub statuses: Vec<Count<PersonStatus>>,
    pub organisations: Vec<Count<ChatId>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count<T> {
    pub value: T,
    pub count: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassCount {
    pub organisation: ChatId,
    pub id: String,
    pub label: String,
    pub count: usize,
}

/// Something that a record can be filtered by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Role(BadgeRole),
    Class(ClassFilter),
    /// In the normal way of writing.
    Subject(String),
    Status(PersonStatus),
    Organisation(ChatId),
}

/// How many sorts of values there are: values of one sort stand for each other.
const SORTS: usize = 5;

impl Value {
    fn sort(&self) -> usize {
        match self {
            Self::Role(_) => 0,
            Self::Class(_) => 1,
            Self::Subject(_) => 2,
            Self::Status(_) => 3,
            Self::Organisation(_) => 4,
        }
    }
}

/// The values that occur, each with a number.
#[derive(Default)]
pub(super) struct Values {
    /// The sort of each, and its name where it has one.
    all: Vec<(usize, String)>,
    numbers: BTreeMap<Value, usize>,
    /// Those of each record, each once.
    of: Vec<BTreeSet<usize>>,
    /// Who each record is about.
    person: Vec<usize>,
    /// Whether a person has several records.
    several: Vec<bool>,
}

impl Values {
    pub(super) fn new(people: &[Contact]) -> Self {
        let mut values = Self::default();
        let mut persons: HashMap<&UserId, usize> = HashMap::new();
        for contact in people {
            let of = values.of_record(contact);
            values.of.push(of);
            let new = persons.len();
            let person = *persons.entry(&contact.id).or_insert(new);
            values.person.push(person);
            if person == new {
                values.several.push(false);
            } else {
                values.several[person] = true;
            }
        }
        values
    }

    fn of_record(&mut self, contact: &Contact) -> BTreeSet<usize> {
        let organisation = &contact.organisation;
        let mut of = BTreeSet::from([
            self.number(Value::Role(contact.role), ""),
            self.number(Value::Status(contact.status), ""),
            self.number(Value::Organisation(organisation.clone()), ""),
        ]);
        for class in &contact.classes {
            let one = ClassFilter::Class {
                organisation: organisation.clone(),
                id: class.id.clone(),
            };
            of.insert(self.number(Value::Class(one), &class.label));
            if let Some(stage) = class.stage {
                of.insert(self.number(Value::Class(ClassFilter::Stage(stage)), ""));
            }
        }
        for subject in &contact.subjects {
            of.insert(self.number(Value::Subject(normal(subject)), subject));
        }
        of
    }

    fn number(&mut self, value: Value, name: &str) -> usize {
        *self.numbers.entry(value).or_insert_with_key(|value| {
            self.all.push((value.sort(), name.to_owned()));
            self.all.len() - 1
        })
    }

    /// Sifts those who were found, the best first, and counts them; each person stays once.
    pub(super) fn sift<T>(
        &self,
        found: &mut Vec<T>,
        record: impl Fn(&T) -> usize,
        filters: &Filters,
    ) -> Counts {
        let wanted = self.wanted(filters);
        let mut counts = vec![0; self.all.len()];
        let (mut counted, mut kept) = (HashSet::new(), HashSet::new());
        found.retain(|one| {
            let (of, person) = (&self.of[record(one)], self.person[record(one)]);
            let mut refused = (0..SORTS).filter(|sort| {
                wanted[*sort]
                    .as_ref()
                    .is_some_and(|wanted| wanted.is_disjoint(of))
            });
            let (first, second) = (refused.next(), refused.next());
            if second.is_some() {
                return false;
            }
            for value in of {
                // The other values of the only sort that refuses somebody would let him in.
                let counts_here = first.is_none_or(|sort| self.all[*value].0 == sort);
                if counts_here && (!self.several[person] || counted.insert((*value, person))) {
                    counts[*value] += 1;
                }
            }
            first.is_none() && (!self.several[person] || kept.insert(person))
        });
        self.counts(&counts)
    }

    /// The numbers of the wanted values of each sort, where there is a choice. What nobody has leaves nobody.
    fn wanted(&self, filters: &Filters) -> [Option<BTreeSet<usize>>; SORTS] {
        let number = |value| self.numbers.get(&value).copied();
        fn set<T>(
            values: &BTreeSet<T>,
            number: impl Fn(&T) -> Option<usize>,
        ) -> Option<BTreeSet<usize>> {
            (!values.is_empty()).then(|| values.iter().filter_map(number).collect())
        }
        [
            set(&filters.roles, |role| number(Value::Role(*role))),
            set(&filters.classes, |class| {
                number(Value::Class(class.clone()))
            }),
            set(&filters.subjects, |subject| {
                number(Value::Subject(normal(subject)))
            }),
            set(&filters.statuses, |status| number(Value::Status(*status))),
            set(&filters.organisations, |id| {
                number(Value::Organisation(id.clone()))
            }),
        ]
    }

    fn counts(&self, counted: &[usize]) -> Counts {
        let mut counts = Counts::default();
        for (value, number) in &self.numbers {
            let (count, name) = (counted[*number], &self.all[*number].1);
            match value.clone() {
                Value::Role(value) => counts.roles.push(Count { value, count }),
                Value::Class(ClassFilter::Class { organisation, id }) => {
                    counts.classes.push(ClassCount {
                        organisation,
                        id,
                        label: name.clone(),
                        count,
                    });
                }
                Value::Class(ClassFilter::Stage(value)) => {
                    counts.stages.push(Count { value, count })
                }
                Value::Subject(_) => counts.subjects.push(Count {
                    value: name.clone(),
                    count,
                }),
                Value::Status(value) => counts.statuses.push(Count { value, count }),
                Value::Organisation(value) => counts.organisations.push(Count { value, count }),
            }
        }
        counts
            .classes
            .sort_by_cached_key(|class| natural(&class.label));
        counts
    }
}
