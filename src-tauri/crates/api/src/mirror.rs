//! Declares a transfer type once and makes its mapping from the model's type of the same shape, so that the two
//! can differ later without a window noticing.

/// How a model value becomes a transfer value.
pub(crate) trait ToDto<T> {
    fn to_dto(self) -> T;
}

macro_rules! same {
    ($($t:ty),*) => {$(impl ToDto<$t> for $t { fn to_dto(self) -> $t { self } })*};
}
same!(bool, u8, u16, u32, usize, String);

impl<A: ToDto<B>, B> ToDto<Option<B>> for Option<A> {
    fn to_dto(self) -> Option<B> {
        self.map(ToDto::to_dto)
    }
}

impl<A: ToDto<B>, B> ToDto<Vec<B>> for Vec<A> {
    fn to_dto(self) -> Vec<B> {
        self.into_iter().map(ToDto::to_dto).collect()
    }
}

impl<A: ToDto<B>, B> ToDto<Box<B>> for Box<A> {
    fn to_dto(self) -> Box<B> {
        Box::new((*self).to_dto())
    }
}

/// How a transfer value becomes a model value.
pub(crate) trait FromDto<T> {
    fn from_dto(dto: T) -> Self;
}

macro_rules! same_back {
    ($($t:ty),*) => {$(impl FromDto<$t> for $t { fn from_dto(dto: $t) -> $t { dto } })*};
}
same_back!(u8, String);

impl FromDto<String> for parta_model::UserId {
    fn from_dto(id: String) -> Self {
        Self::new(id)
    }
}

impl<A: FromDto<B>, B> FromDto<Option<B>> for Option<A> {
    fn from_dto(dto: Option<B>) -> Self {
        dto.map(A::from_dto)
    }
}

impl<A: FromDto<B>, B> FromDto<Vec<B>> for Vec<A> {
    fn from_dto(dto: Vec<B>) -> Self {
        dto.into_iter().map(A::from_dto).collect()
    }
}

/// `struct Name { field: Type }` that a window hands over; `both struct Name { … }` is shown to it as well.
macro_rules! filled {
    () => {};
    ($(#[$m:meta])* both struct $name:ident { $($(#[$fm:meta])* $field:ident: $ty:ty),* $(,)? } $($rest:tt)*) => {
        $(#[$m])*
        #[derive(Clone, Debug, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(rename_all = "camelCase")]
        pub struct $name { $($(#[$fm])* pub $field: $ty),* }
        impl $crate::mirror::ToDto<$name> for parta_model::$name {
            fn to_dto(self) -> $name {
                $name { $($field: $crate::mirror::ToDto::to_dto(self.$field)),* }
            }
        }
        $crate::mirror::filled! { @back $name { $($field),* } }
        $crate::mirror::filled! { $($rest)* }
    };
    ($(#[$m:meta])* struct $name:ident { $($(#[$fm:meta])* $field:ident: $ty:ty),* $(,)? } $($rest:tt)*) => {
        $(#[$m])*
        #[derive(Clone, Debug, serde::Deserialize, ts_rs::TS)]
        #[serde(rename_all = "camelCase")]
        pub struct $name { $($(#[$fm])* pub $field: $ty),* }
        $crate::mirror::filled! { @back $name { $($field),* } }
        $crate::mirror::filled! { $($rest)* }
    };
    (@back $name:ident { $($field:ident),* }) => {
        impl From<$name> for parta_model::$name {
            fn from(dto: $name) -> Self {
                Self { $($field: $crate::mirror::FromDto::from_dto(dto.$field)),* }
            }
        }
    };
}
pub(crate) use filled;

/// `struct Name { field: Type }`, `enum Name { Unit }` and `tagged Name { Unit, Fields { field: Type } }`.
macro_rules! mirror {
    () => {};
    ($(#[$m:meta])* struct $name:ident { $($(#[$fm:meta])* $field:ident: $ty:ty),* $(,)? } $($rest:tt)*) => {
        $(#[$m])*
        #[derive(Clone, Debug, serde::Serialize, ts_rs::TS)]
        #[serde(rename_all = "camelCase")]
        pub struct $name { $($(#[$fm])* pub $field: $ty),* }
        impl $crate::mirror::ToDto<$name> for parta_model::$name {
            fn to_dto(self) -> $name {
                $name { $($field: $crate::mirror::ToDto::to_dto(self.$field)),* }
            }
        }
        $crate::mirror::mirror! { $($rest)* }
    };
    ($(#[$m:meta])* enum $name:ident { $($variant:ident),* $(,)? } $($rest:tt)*) => {
        $(#[$m])*
        #[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(rename_all = "camelCase")]
        pub enum $name { $($variant),* }
        impl $crate::mirror::ToDto<$name> for parta_model::$name {
            fn to_dto(self) -> $name {
                match self { $(Self::$variant => $name::$variant),* }
            }
        }
        impl From<$name> for parta_model::$name {
            fn from(dto: $name) -> Self {
                match dto { $($name::$variant => Self::$variant),* }
            }
        }
        $crate::mirror::mirror! { $($rest)* }
    };
    ($(#[$m:meta])* tagged $name:ident { $($(#[$vm:meta])* $variant:ident $({ $($field:ident: $ty:ty),* $(,)? })?),* $(,)? } $($rest:tt)*) => {
        $(#[$m])*
        #[derive(Clone, Debug, serde::Serialize, ts_rs::TS)]
        #[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
        pub enum $name { $($(#[$vm])* $variant $({ $($field: $ty),* })?),* }
        impl $crate::mirror::ToDto<$name> for parta_model::$name {
            fn to_dto(self) -> $name {
                match self {
                    $(Self::$variant $({ $($field),* })? => $name::$variant $({ $($field: $crate::mirror::ToDto::to_dto($field)),* })?),*
                }
            }
        }
        $crate::mirror::mirror! { $($rest)* }
    };
}
pub(crate) use mirror;
