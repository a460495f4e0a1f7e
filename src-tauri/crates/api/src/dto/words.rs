//! The plan's own words, and what stands for one of a later version.

use crate::mirror::ToDto;
use parta_model::plan;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `Name from plan's word { Variant, … }`, with `Other` for a word that this version does not know.
macro_rules! word {
    ($(#[$doc:meta])* $name:ident from $plan:ident { $($variant:ident),* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
        #[serde(rename_all = "camelCase")]
        pub enum $name {
            $($variant,)*
            /// A word that this version does not know.
            Other,
        }

        impl ToDto<$name> for plan::$plan {
            fn to_dto(self) -> $name {
                match self {
                    $(Self::$variant => $name::$variant,)*
                    Self::Unknown(_) => $name::Other,
                }
            }
        }

        impl TryFrom<$name> for plan::$plan {
            type Error = crate::error::ApiError;

            fn try_from(word: $name) -> Result<Self, Self::Error> {
                match word {
                    $($name::$variant => Ok(Self::$variant),)*
                    $name::Other => Err(crate::error::Code::BadRequest.into()),
                }
            }
        }
    };
}

word!(
    /// What a person is in one class.
    ClassPart from As { Homeroom, Teacher, Student, Parent }
);
word!(
    /// Where a class is in its life.
    ClassState from ClassStatus { Active, Graduated, Deleted }
);
word!(
    /// A body of the organisation that people are called into, and that has a chat with its head.
    Board from Board { Heads, Committee, Council }
);
