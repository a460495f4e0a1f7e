//! The words of the domain and its pure rules: identifiers, chats, what is said in them, list diffs and the
//! organisation's plan. No I/O, no Matrix SDK, no async runtime: everything here can be tested with values alone.

mod acts;
pub mod cabinet;
mod card;
mod chat;
pub mod contacts;
mod details;
mod diff;
mod directory;
pub mod edit;
mod find;
mod id;
pub mod plan;
pub mod reconcile;
mod search;
mod session;
mod timeline;

pub use acts::{
    Ack, AckPerson, AckReport, AskAck, Badge, BadgeRole, EVERYONE, Mention, NewPoll,
    OrganisationKind, Outgoing, Reactors, Reader, RemindBy, Reminded, Staged, StagedVoice, Written,
};
pub use cabinet::{
    About, ActState, Administrator, Becomes, Cabinet, CabinetClass, CabinetLink, CabinetPerson,
    ClashView, ClassFields, FieldView, Founding, InClass, JournalEntry, JournalPage,
    MyOrganisation, NewClass, OrgFields, OutboxAct, PersonFields, PersonStatus, Progress,
    PromotionStep, Refusal, Several, Work, Worker,
};
pub use card::{
    CardBadge, CardChat, ClassCount, ContactCard, ContactCounts, ContactHit, ContactMark,
    ContactPage, ContactPlace, RoleCount, SourceCount, StageCount, StatusCount, SubjectCount,
    VcardPreview,
};
pub use chat::{ChatKind, ChatName, ChatRow, Delivery, LastMessage, Preview};
pub use contacts::OwnContact;
pub use details::{
    ChatDetails, ChatRights, ClassPeople, Found, History, MadeChat, Member, NewChat, Notify,
    Standing, Typing,
};
pub use diff::{ListDiff, changes};
pub use directory::{Directory, Organisation, PlanEvent, PlanSource, calls};
pub use id::{ChatId, MediaKey, MessageId, UserId};
pub use search::{
    Change, Findable, Hit, IndexState, MediaSecret, MessageQuery, Piece, SearchKind, SearchPage,
};
pub use session::{
    Connection, DemoAccount, DemoSchool, Draft, Link, LockReason, LockTask, Me, SendKey,
    ServerInfo, SessionState, Settings, SsoProvider, Theme, UiLanguage,
};
pub use timeline::{
    Body, FailReason, Item, ItemKind, Media, Message, Paging, Person, PersonMark, Poll, PollAnswer,
    Quote, Reaction, Saving, SendState, SystemEvent, Text, TimelineUpdate, Undecryptable,
};
