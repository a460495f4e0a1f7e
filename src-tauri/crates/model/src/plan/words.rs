//! The closed vocabularies of the plan. A word of a later version is kept as it was written.

use std::fmt;

use crate::OrganisationKind;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
            /// A word this version doesn't know.
            Unknown(String),
        }

        impl $name {
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Unknown(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    _ => Self::Unknown(text.to_owned()),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Self::from(String::deserialize(deserializer)?.as_str()))
            }
        }
    };
}

words!(
    /// What a person is in the organisation.
    Role { Teacher = "teacher", Staff = "staff", Student = "student", Parent = "parent", }
);
words!(
    /// What a person is in one class.
    As { Homeroom = "homeroom", Teacher = "teacher", Student = "student", Parent = "parent", }
);
words!(
    /// Whether a person still belongs to where he is listed.
    MemberStatus { Active = "active", Removed = "removed", }
);
words!(
    /// Where a class is in its life.
    ClassStatus { Active = "active", Graduated = "graduated", Deleted = "deleted", }
);
words!(
    /// The kind picks the words: class or group, pupil or student.
    OrgKind { School = "school", College = "college", Kindergarten = "kindergarten", }
);
words!(
    /// How safe mode is set for a role.
    SafeMode { Forced = "forced", Default = "default", Off = "off", }
);
words!(
    /// A body of the organisation that people are called into, and that has a chat with its head.
    Board {
        /// The head and the deputies, of the staff.
        Heads = "heads",
        /// Parents.
        Committee = "committee",
        /// Pupils.
        Council = "council",
    }
);
words!(
    /// A chat the plan wants, also the state key of the event that names its room.
    ChatWish {
        /// The pupils of a class and their teachers.
        Students = "students",
        /// The parents of a class and its homeroom teacher.
        Parents = "parents",
        /// The teachers of a class.
        Teachers = "teachers",
        /// All staff of the organisation.
        Staff = "staff",
        /// The head and the deputies.
        Heads = "heads",
        /// The channel of the head and the deputies for all staff.
        AllStaff = "all_staff",
        /// The parents' committee.
        Committee = "committee",
        /// The pupils' council.
        Council = "council",
        /// The channel for everyone.
        News = "news",
    }
);

impl From<&OrgKind> for OrganisationKind {
    /// A kind that this version does not know is spoken of as a school.
    fn from(kind: &OrgKind) -> Self {
        match kind {
            OrgKind::College => Self::College,
            OrgKind::Kindergarten => Self::Kindergarten,
            OrgKind::School | OrgKind::Unknown(_) => Self::School,
        }
    }
}
