//! What a conversation shows.

use super::{Ack, ListDiff, Num, Preview};
use crate::mirror::mirror;

mirror! {
    /// What the reader's organisations say of a person: `imitates` is none of theirs and calls himself like a colleague.
    enum PersonMark { None, Staff, Outsider, Imitates }

    struct Person { id: String, name: String, avatar: Option<String>, mark: PersonMark }

    /// `html` is sanitised by the core and may be shown as it is.
    struct Text { plain: String, html: String }

    struct Media {
        key: Option<String>,
        name: String,
        mime: Option<String>,
        size: Option<Num>,
        width: Option<u32>,
        height: Option<u32>,
        seconds: Option<u32>,
        blurhash: Option<String>,
        thumbnail: Option<String>,
    }

    /// A file on its way from the server to the disk, in bytes; `total` is absent where the server does not say.
    struct Saving { media: String, done: Num, total: Option<Num> }

    enum Undecryptable { WaitingForKey, SentBefore, Withheld, Unknown }

    struct PollAnswer {
        id: String,
        text: String,
        /// Absent while the results are kept back.
        votes: Option<u32>,
        own: bool,
    }

    struct Poll {
        question: String,
        answers: Vec<PollAnswer>,
        /// How many answers one person may choose.
        most: u32,
        /// Whether results show before the end.
        disclosed: bool,
        ended: bool,
        /// People who have voted.
        voters: u32,
    }

    tagged Body {
        Text { text: Text },
        Emote { text: Text },
        Notice { text: Text },
        Image { media: Media, caption: Option<Text> },
        Video { media: Media, caption: Option<Text> },
        File { media: Media, caption: Option<Text> },
        Audio { media: Media, caption: Option<Text>, voice: bool, waveform: Vec<u16> },
        Sticker { media: Media },
        Poll { poll: Poll },
        Location { text: String },
        Deleted,
        Undecryptable { reason: Undecryptable },
        Other { event_type: String },
    }

    struct Quote { sender: Option<Person>, preview: Option<Preview>, event: String }

    struct Reaction { key: String, count: u32, own: bool, who: Vec<Person> }

    enum FailReason { NotAllowed, TooLarge, Identity, ChatGone, Server }

    tagged SendState {
        Received,
        Waiting,
        Uploading { sent: Num, total: Num },
        Failed { reason: FailReason },
        Sent,
        Read { count: u32 },
    }

    struct Message {
        /// Absent until the server has it.
        event: Option<String>,
        sender: Person,
        own: bool,
        at: Num,
        body: Body,
        edited: bool,
        reply: Option<Quote>,
        reactions: Vec<Reaction>,
        send: SendState,
        can_edit: bool,
        can_delete: bool,
        mentions_me: bool,
        /// Absent where the message asks for no acknowledgement.
        ack: Option<Ack>,
    }

    tagged SystemEvent {
        Created { who: Person },
        Joined { who: Person },
        Left { who: Person },
        Invited { who: Person, whom: Person },
        Removed { who: Person, whom: Person },
        Banned { who: Person, whom: Person },
        Knocked { who: Person },
        NameChanged { who: Person, from: Option<String>, to: String },
        AvatarChanged { who: Person },
        ChatRenamed { who: Person, name: String },
        TopicChanged { who: Person, topic: String },
        ChatAvatarChanged { who: Person },
        EncryptionOn { who: Person },
        PinsChanged { who: Person },
        RightsChanged { who: Person },
        Other { who: Person },
    }

    tagged ItemKind {
        Day { at: Num },
        Unread,
        Start,
        Message { message: Box<Message> },
        System { event: SystemEvent, at: Num },
        Hidden,
    }

    struct Item { id: String, kind: ItemKind }

    enum Paging { Idle, Loading, Start, Offline }

    tagged TimelineUpdate {
        Diffs { diffs: Vec<ListDiff<Item>> },
        /// What is above.
        Paging { paging: Paging },
        /// What is below, where the list does not reach the newest message.
        Newer { paging: Paging },
    }
}
