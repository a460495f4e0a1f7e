// Made by `cargo xtask codegen` from the list in src-tauri/crates/api/src/commands.rs.

export type About = { "kind": "info" } | { "kind": "addClasses", classes: Several, } | { "kind": "setClass", class: string, } | { "kind": "graduateClasses", classes: Several, } | { "kind": "deleteClasses", classes: Several, } | { "kind": "restoreClasses", classes: Several, } | { "kind": "promote", classes: number, school: boolean, } | { "kind": "addToClass", people: Several, class: string, } | { "kind": "leaveClass", people: Several, class: string, } | { "kind": "movePeople", people: Several, from: string, to: string, } | { "kind": "setRole", people: Several, role: BadgeRole, } | { "kind": "joinBoard", people: Several, board: Board, } | { "kind": "leaveBoard", people: Several, board: Board, } | { "kind": "verify", people: Several, } | { "kind": "removePeople", people: Several, } | { "kind": "restorePeople", people: Several, } | { "kind": "setPerson", person: string, } | { "kind": "appoint", people: Several, } | { "kind": "dismiss", people: Several, } | { "kind": "makeOwner", person: string, };
export type Ack = { due: Num | null, 
/**
 * Whether the person has acknowledged it.
 */
own: boolean, 
/**
 * How many others than the author have.
 */
count: number, };
export type AckPerson = { person: Person, badge: Badge | null, 
/**
 * Absent where he has not acknowledged.
 */
at: Num | null, 
/**
 * When he was last reminded.
 */
reminded: Num | null, };
export type AckReport = { due: Num | null, people: Array<AckPerson>, 
/**
 * The server could not be asked: this is what this device knows.
 */
incomplete: boolean, };
export type AckSheetArgs = { chat: string, event: string, columns: Array<string>, roles: Array<string>, };
export type ActArgs = { organisation: string, act: string, };
export type ActState = "waiting" | "sent" | "done" | "conflict" | "refused";
export type AddClassesArgs = { organisation: string, classes: Array<NewClass>, };
export type Administrator = { id: string, 
/**
 * As the plan knows him; absent for a service account.
 */
name: string | null, owner: boolean, 
/**
 * The step that dismisses him: until it has reached the server he runs the organisation.
 */
dismissedBy: string | null, progress: Progress, };
export type ApiError = { code: Code, 
/**
 * Milliseconds to wait before trying again.
 */
retryAfter: number | null, };
export type AskAck = { due: Num | null, };
export type AvatarArgs = { chat: string, staged: string | null, };
export type Badge = { role: BadgeRole, name: string, position: string | null, subjects: Array<string>, classes: Array<string>, 
/**
 * Homeroom teacher of these.
 */
homeroom: Array<string>, organisation: OrganisationKind, };
export type BadgeRole = "teacher" | "staff" | "student" | "parent" | "other";
export type Becomes = { "kind": "promoted", label: string, stage: number, } | { "kind": "graduated" } | { "kind": "unchanged" };
export type Board = "heads" | "committee" | "council" | "other";
export type BoardArgs = { organisation: string, people: Array<string>, board: Board, joined: boolean, };
export type Body = { "kind": "text", text: Text, } | { "kind": "emote", text: Text, } | { "kind": "notice", text: Text, } | { "kind": "image", media: Media, caption: Text | null, } | { "kind": "video", media: Media, caption: Text | null, } | { "kind": "file", media: Media, caption: Text | null, } | { "kind": "audio", media: Media, caption: Text | null, voice: boolean, waveform: Array<number>, } | { "kind": "sticker", media: Media, } | { "kind": "poll", poll: Poll, } | { "kind": "location", text: string, } | { "kind": "deleted" } | { "kind": "undecryptable", reason: Undecryptable, } | { "kind": "other", eventType: string, };
export type Boot = { settings: Settings, 
/**
 * What `save_snapshot` was last given for the person who is signed in.
 */
snapshot: string | null, version: string, 
/**
 * Accounts to try, in a development build that serves a demo school.
 */
demo: DemoSchool | null, };
export type Cabinet = { id: string, kind: OrganisationKind, info: OrgFields, 
/**
 * The year it began in: 2026 is 2026/27.
 */
schoolYear: Num, infoProgress: Progress, classes: Array<CabinetClass>, administrators: Array<Administrator>, 
/**
 * Whether this person may dismiss administrators and appoint owners.
 */
owner: boolean, 
/**
 * Parts of the plan that break the rules: shown as such and never overwritten.
 */
unreadable: number, work: Work, };
export type CabinetClass = { id: string, 
/**
 * «5А», or its title.
 */
label: string, stage: number | null, letter: string | null, title: string | null, status: ClassState, homeroom: string | null, students: number, parents: number, teachers: number, progress: Progress, };
export type CabinetFindArgs = { organisation: string, text: string, };
export type CabinetLink = { id: string, 
/**
 * Its short name.
 */
name: string, kind: OrganisationKind, 
/**
 * Steps that have not reached the server.
 */
waiting: number, 
/**
 * Steps that wait for a decision, or were refused.
 */
stuck: number, 
/**
 * The person runs it no longer, and has something there that was not sent: only the outbox can be seen.
 */
dismissed: boolean, };
export type CabinetPerson = { id: string, 
/**
 * «Щукина Мария Петровна».
 */
name: string, family: string, given: string, patronymic: string | null, role: BadgeRole, position: string | null, subjects: Array<string>, 
/**
 * The bodies of the organisation that he is in.
 */
boards: Array<Board>, classes: Array<InClass>, children: Array<string>, verifiedAt: Num | null, status: PersonStatus, administrator: boolean, progress: Progress, };
export type CardBadge = { organisation: string, name: string, badge: Badge, boards: Array<Board>, former: boolean, };
export type CardChat = { id: string, name: string, kind: ChatKind, avatar: string | null, };
export type ChatArgs = { chat: string, };
export type ChatDetails = { id: string, topic: string | null, avatar: string | null, kind: ChatKind, peer: string | null, encrypted: boolean, 
/**
 * People who are in it.
 */
members: number, invited: number, 
/**
 * Events, the newest pin last.
 */
pinned: Array<string>, history: History, notify: Notify, 
/**
 * Whether only some may write.
 */
announcements: boolean, rights: ChatRights, 
/**
 * Those in it whom nobody asks to read it: they are there to run it.
 */
unasked: Array<string>, 
/**
 * The last event the person has read in an earlier visit.
 */
readUpTo: string | null, 
/**
 * What the server takes in one file, in bytes, where it says so.
 */
largestFile: Num | null, };
export type ChatKind = "direct" | "group" | "channel" | "invitation";
export type ChatRights = { send: boolean, react: boolean, vote: boolean, pin: boolean, mentionAll: boolean, deleteOthers: boolean, invite: boolean, remove: boolean, rename: boolean, setTopic: boolean, setAvatar: boolean, setWriters: boolean, acknowledge: boolean, };
export type ChatRow = { id: string, name: string, 
/**
 * What is to be said of the one person it is called after.
 */
mark: PersonMark, kind: ChatKind, 
/**
 * The other person of a direct chat: picks the colour of the avatar.
 */
peer: string | null, avatar: string | null, last: LastMessage | null, unread: number, mentions: number, markedUnread: boolean, muted: boolean, 
/**
 * Whether the reader may write here.
 */
canSend: boolean, draft: string | null, };
export type ClashView = { field: FieldView, theirs: string | null, };
export type ClassCount = { organisation: string, id: string, label: string, count: number, };
export type ClassFields = { stage: number | null, letter: string | null, title: string | null, homeroom: string | null, };
export type ClassPart = "homeroom" | "teacher" | "student" | "parent" | "other";
export type ClassPeople = { id: string, label: string, organisation: string, students: Array<Found>, parents: Array<Found>, teachers: Array<Found>, };
export type ClassPeopleArgs = { organisation: string, people: Array<string>, class: string, part: ClassPart, };
export type ClassState = "active" | "graduated" | "deleted" | "other";
export type ClassStatusArgs = { organisation: string, classes: Array<string>, status: ClassState, };
export type Code = "noNetwork" | "serverNotFound" | "notMatrix" | "wrongPassword" | "tooManyTries" | "accountClosed" | "noWayToSignIn" | "ssoFailed" | "wrongDataPassword" | "weakDataPassword" | "notAllowed" | "chatGone" | "tooLarge" | "diskFull" | "noWriting" | "mediaGone" | "fileGone" | "stopped" | "tooLong" | "noSound" | "notSignedIn" | "locked" | "nothingToDo" | "classExists" | "planGone" | "noName" | "badInn" | "badKpp" | "notStaff" | "otherRole" | "isOwner" | "lastOwner" | "planUnreadable" | "bookFull" | "noUndo" | "badRequest" | "serverError" | "internal";
export type Connection = { link: Link, 
/**
 * When the connection was lost.
 */
since: Num | null, 
/**
 * Messages on disk that the server does not have yet.
 */
waiting: number, 
/**
 * Messages that will not go without the person.
 */
failed: number, 
/**
 * Whether the server lacks some contact or note.
 */
bookWaits: boolean, };
export type ContactCard = { person: Person, me: boolean, 
/**
 * One of each organisation that knows him.
 */
badges: Array<CardBadge>, 
/**
 * As far as the person who looks may know them.
 */
children: Array<Found>, parents: Array<Found>, 
/**
 * The chats that both are in, without that of the two.
 */
chats: Array<CardChat>, 
/**
 * What the person who looks has noted of him.
 */
note: string, own: OwnContact | null, 
/**
 * Who works here and is called the same: he himself is a stranger.
 */
imitates: Found | null, 
/**
 * The organisations in whose cabinet he can be edited.
 */
cabinets: Array<string>, };
export type ContactClass = { organisation: string, id: string, };
export type ContactCounts = { roles: Array<RoleCount>, classes: Array<ClassCount>, stages: Array<StageCount>, subjects: Array<SubjectCount>, statuses: Array<StatusCount>, sources: Array<SourceCount>, };
export type ContactFilters = { roles: Array<BadgeRole>, classes: Array<ContactClass>, 
/**
 * All classes of a year.
 */
stages: Array<number>, subjects: Array<string>, statuses: Array<PersonStatus>, sources: Array<string>, };
export type ContactHit = { 
/**
 * Of the address book without an account the id is «own:» and the contact's.
 */
person: Person, badge: Badge | null, 
/**
 * The organisation that vouches for him, or `own` for the address book, or `chats` for common chats.
 */
source: string, 
/**
 * Whether he has left the organisation.
 */
former: boolean, 
/**
 * His id in the address book.
 */
own: string | null, 
/**
 * A telephone or an address of the address book.
 */
reach: string | null, 
/**
 * What of the texts answers what was typed.
 */
marks: Array<ContactMark>, };
export type ContactMark = { place: ContactPlace, index: number, start: number, end: number, };
export type ContactPage = { hits: Array<ContactHit>, 
/**
 * How many people there are in all.
 */
total: number, counts: ContactCounts, };
export type ContactPlace = "name" | "position" | "subject" | "class";
export type DateArgs = { chat: string, at: Num, };
export type DeleteArgs = { chat: string, events: Array<string>, reason: string | null, };
export type Delivery = "none" | "waiting" | "failed" | "sent";
export type DemoAccount = { login: string, password: string, name: string, role: string, };
export type DemoSchool = { server: string, accounts: Array<DemoAccount>, };
export type Draft = { 
/**
 * Markdown.
 */
text: string, replyTo: string | null, 
/**
 * Whom the text names.
 */
mentions: Array<Mention>, };
export type DraftArgs = { chat: string, draft: Draft | null, };
export type EditArgs = { chat: string, event: string, written: Written, };
export type EventArgs = { chat: string, event: string, };
export type FailReason = "notAllowed" | "tooLarge" | "identity" | "chatGone" | "server";
export type FieldView = { class: string | null, person: string | null, 
/**
 * Its name in the plan; without one the whole class or person came or went.
 */
field: string | null, from: string | null, to: string | null, };
export type FindArgs = { text: string, chat: string | null, most: number, };
export type FindContactsArgs = { text: string, filters: ContactFilters, skip: number, most: number, };
export type ForwardArgs = { chat: string, events: Array<string>, to: Array<string>, };
export type Found = { person: Person, badge: Badge | null, };
export type FoundArgs = { kind: OrganisationKind, info: OrgFields, };
export type Founding = { name: string, done: number, total: number, 
/**
 * It waits for the network, and goes on by itself.
 */
paused: boolean, };
export type History = "world" | "all" | "sinceInvited" | "sinceJoined";
export type Hit = { chat: string, chatName: string, event: string, sender: Person, own: boolean, at: Num, kind: SearchKind, pieces: Array<Piece>, media: string | null, name: string | null, mime: string | null, size: Num | null, seconds: number | null, };
export type IdsArgs = { ids: Array<string>, };
export type InClass = { class: string, part: ClassPart, };
export type IndexArgs = { chat: string | null, };
export type IndexState = { 
/**
 * Chats whose whole history is in it.
 */
done: number, chats: number, messages: Num, 
/**
 * Messages whose key this device does not have: nobody can say what is in them.
 */
sealed: Num, 
/**
 * Whether it is being filled right now; it waits while there is no network.
 */
filling: boolean, };
export type InfoArgs = { organisation: string, info: OrgFields, };
export type Item = { id: string, kind: ItemKind, };
export type ItemArgs = { chat: string, item: string, };
export type ItemKind = { "kind": "day", at: Num, } | { "kind": "unread" } | { "kind": "start" } | { "kind": "message", message: Message, } | { "kind": "system", event: SystemEvent, at: Num, } | { "kind": "hidden" };
export type JournalArgs = { organisation: string, before: string | null, };
export type JournalEntry = { event: string, at: Num, by: string, 
/**
 * The plan's name, where it knows him.
 */
name: string | null, changes: Array<FieldView>, 
/**
 * Written by the steward or a reconciler, not by hand.
 */
byItself: boolean, };
export type JournalPage = { entries: Array<JournalEntry>, next: string | null, };
export type LastMessage = { 
/**
 * Absent where the row's own name already says who it is.
 */
sender: Person | null, own: boolean, preview: Preview, delivery: Delivery, at: Num, };
export type LeaveClassArgs = { organisation: string, people: Array<string>, class: string, };
export type Link = "connecting" | "online" | "offline";
export type ListDiff<T> = { "op": "reset", items: Array<T>, } | { "op": "append", items: Array<T>, } | { "op": "pushFront", item: T, } | { "op": "pushBack", item: T, } | { "op": "popFront" } | { "op": "popBack" } | { "op": "insert", index: number, item: T, } | { "op": "set", index: number, item: T, } | { "op": "remove", index: number, } | { "op": "truncate", length: number, } | { "op": "clear" };
export type LockReason = "noKeychain" | "keyLost" | "password" | "noAnswer" | "unusable";
export type LockTask = "choosePassword" | "enterPassword" | "startOver" | "tryAgain";
export type MadeChat = { chat: string, refused: Array<Person>, };
export type Me = { id: string, name: string, avatar: string | null, server: string, };
export type Media = { key: string | null, name: string, mime: string | null, size: Num | null, width: number | null, height: number | null, seconds: number | null, blurhash: string | null, thumbnail: string | null, };
export type MediaArgs = { media: string, };
export type Member = { person: Person, badge: Badge | null, standing: Standing, 
/**
 * Invited and not yet in.
 */
invited: boolean, 
/**
 * Another has added him to a chat that the organisation makes by its plan, which does not want him there.
 */
byHand: boolean, canRemove: boolean, me: boolean, };
export type Mention = { id: string, name: string, };
export type Message = { 
/**
 * Absent until the server has it.
 */
event: string | null, sender: Person, own: boolean, at: Num, body: Body, edited: boolean, reply: Quote | null, reactions: Array<Reaction>, send: SendState, canEdit: boolean, canDelete: boolean, mentionsMe: boolean, 
/**
 * Absent where the message asks for no acknowledgement.
 */
ack: Ack | null, };
export type MessageQuery = { 
/**
 * Words in any order and any form; a phrase in quotes stands as it is.
 */
text: string, chat: string | null, from: string | null, kind: SearchKind | null, 
/**
 * Milliseconds since 1970, UTC.
 */
since: Num | null, until: Num | null, 
/**
 * How many to pass over, and how many to give (at most 200).
 */
skip: number, most: number, };
export type MoveArgs = { organisation: string, people: Array<string>, from: string, to: string, };
export type MyOrganisation = { id: string, name: string, kind: OrganisationKind, 
/**
 * Absent for who runs it and is none of its people.
 */
role: BadgeRole | null, position: string | null, classes: Array<string>, administrator: boolean, 
/**
 * The only owner: he can't leave before another is.
 */
lastOwner: boolean, };
export type NewChat = { name: string, topic: string | null, people: Array<string>, 
/**
 * Only the founder and those he names may write.
 */
announcements: boolean, };
export type NewChatArgs = { chat: NewChat, };
export type NewClass = { stage: number | null, letter: string | null, title: string | null, };
export type NewPoll = { question: string, answers: Array<string>, multiple: boolean, 
/**
 * Whether results show before it is closed.
 */
disclosed: boolean, };
export type NoArgs = Record<string, never>;
export type NoteArgs = { person: string, text: string, };
export type Notify = "all" | "mentions" | "mute";
export type NotifyArgs = { chat: string, notify: Notify, };
export type Num = number;
export type OnArgs = { chat: string, on: boolean, };
export type OrgFields = { fullName: string, shortName: string, inn: string | null, kpp: string | null, region: string | null, municipality: string | null, locality: string | null, phone: string | null, email: string | null, };
export type OrgPeopleArgs = { organisation: string, people: Array<string>, };
export type OrgPersonArgs = { organisation: string, person: string, };
export type OrganisationArgs = { organisation: string, };
export type OrganisationKind = "school" | "college" | "kindergarten";
export type OutboxAct = { id: string, 
/**
 * What was done, or taken back.
 */
about: About, 
/**
 * It takes an earlier step back.
 */
undoes: boolean, madeAt: Num, state: ActState, 
/**
 * Parts of it that the server has.
 */
done: number, total: number, clashes: Array<ClashView>, refusal: Refusal | null, 
/**
 * Whether it can be taken back.
 */
undo: boolean, };
export type Outgoing = { staged: string, 
/**
 * Sends a picture as a file: untouched.
 */
asFile: boolean, };
export type OwnContact = { id: string, family: string, given: string, patronymic: string, 
/**
 * Where he works, as the person calls it.
 */
company: string, phones: Array<string>, emails: Array<string>, 
/**
 * His account here, where the person knows it.
 */
account: string | null, note: string, };
export type OwnContactsArgs = { contacts: Array<OwnContact>, };
export type PageArgs = { chat: string, around: string | null, };
export type Paging = "idle" | "loading" | "start" | "offline";
export type PasswordArgs = { password: string, };
export type PeopleArgs = { chat: string, people: Array<string>, };
export type Person = { id: string, name: string, avatar: string | null, mark: PersonMark, };
export type PersonArgs = { person: string, };
export type PersonFields = { family: string, given: string, patronymic: string | null, position: string | null, subjects: Array<string>, };
export type PersonMark = "none" | "staff" | "outsider" | "imitates";
export type PersonStatus = "active" | "removed";
export type Piece = { text: string, 
/**
 * Whether this is what was looked for.
 */
hit: boolean, };
export type PinArgs = { chat: string, event: string, on: boolean, };
export type Poll = { question: string, answers: Array<PollAnswer>, 
/**
 * How many answers one person may choose.
 */
most: number, 
/**
 * Whether results show before the end.
 */
disclosed: boolean, ended: boolean, 
/**
 * People who have voted.
 */
voters: number, };
export type PollAnswer = { id: string, text: string, 
/**
 * Absent while the results are kept back.
 */
votes: number | null, own: boolean, };
export type PollArgs = { chat: string, poll: NewPoll, };
export type Preview = { "kind": "text", text: string, } | { "kind": "image", caption: string | null, } | { "kind": "video", caption: string | null, } | { "kind": "file", name: string, } | { "kind": "voice", seconds: number | null, } | { "kind": "audio", name: string, } | { "kind": "sticker", text: string, } | { "kind": "poll", question: string, } | { "kind": "location" } | { "kind": "deleted" } | { "kind": "undecryptable" } | { "kind": "other" };
export type Progress = "done" | "waiting" | "conflict";
export type PromoteArgs = { organisation: string, classes: Array<string> | null, };
export type PromotionStep = { class: string, label: string, becomes: Becomes, 
/**
 * A class of that name would be there already.
 */
clashes: boolean, };
export type Quote = { sender: Person | null, preview: Preview | null, event: string, };
export type ReactArgs = { chat: string, event: string, key: string, };
export type Reaction = { key: string, count: number, own: boolean, who: Array<Person>, };
export type Reactors = { key: string, people: Array<Person>, };
export type Reader = { person: Person, at: Num | null, };
export type Refusal = "notAllowed" | "unreadable" | "tooLarge" | "gone";
export type RemindArgs = { chat: string, event: string, people: Array<string>, by: RemindBy, text: string, };
export type RemindBy = "mention" | "direct";
export type Reminded = { sent: number, skipped: number, failed: number, };
export type RemoveArgs = { chat: string, person: string, reason: string | null, };
export type ReportArgs = { chat: string, event: string, reason: string, };
export type ResolveArgs = { organisation: string, act: string, mine: boolean, };
export type RoleArgs = { organisation: string, people: Array<string>, role: BadgeRole, };
export type RoleCount = { role: BadgeRole, count: number, };
export type SaveMediaArgs = { media: string, name: string, };
export type SavedFile = { path: string, name: string, };
export type Saving = { media: string, done: Num, total: Num | null, };
export type SearchArgs = { query: MessageQuery, };
export type SearchKind = "text" | "picture" | "file" | "voice" | "link";
export type SearchPage = { hits: Array<Hit>, more: boolean, 
/**
 * The index of what was searched: of the chat, or of all.
 */
index: IndexState, };
export type SendArgs = { chat: string, written: Written, replyTo: string | null, ack: AskAck | null, };
export type SendFilesArgs = { chat: string, files: Array<Outgoing>, caption: Written | null, replyTo: string | null, };
export type SendKey = "enter" | "shiftEnter";
export type SendState = { "kind": "received" } | { "kind": "waiting" } | { "kind": "uploading", sent: Num, total: Num, } | { "kind": "failed", reason: FailReason, } | { "kind": "sent" } | { "kind": "read", count: number, };
export type SendVoiceArgs = { chat: string, id: string, replyTo: string | null, };
export type ServerArgs = { server: string, };
export type ServerInfo = { name: string, url: string, password: boolean, sso: boolean, providers: Array<SsoProvider>, };
export type SessionState = { "kind": "starting" } | { "kind": "locked", reason: LockReason, task: LockTask, } | { "kind": "signedOut" } | { "kind": "signedIn", me: Me, } | { "kind": "ended", user: string, server: string, unsent: number, };
export type SetClassArgs = { organisation: string, class: string, fields: ClassFields, };
export type SetPersonArgs = { organisation: string, person: string, fields: PersonFields, };
export type Settings = { theme: Theme, language: UiLanguage, sendKey: SendKey, compact: boolean, 
/**
 * Megabytes of pictures and files kept on this device; 0 keeps them all.
 */
mediaLimit: number, 
/**
 * Emoji used last, the newest first.
 */
recentEmoji: Array<string>, };
export type SettingsArgs = { settings: Settings, };
export type Several = { names: Array<string>, count: number, };
export type SignInArgs = { server: string, user: string, password: string, };
export type SnapshotArgs = { json: string, };
export type SourceCount = { source: string, name: string | null, count: number, };
export type SsoArgs = { server: string, provider: string | null, };
export type SsoProvider = { id: string, name: string, };
export type SsoStart = { url: string, };
export type StageArgs = { name: string, size: Num, };
export type StageCount = { stage: number, count: number, };
export type Staged = { id: string, name: string, size: Num, };
export type StagedArgs = { id: string, };
export type StagedVoice = { id: string, 
/**
 * Milliseconds.
 */
length: Num, 
/**
 * 0 to 1024.
 */
waveform: Array<number>, media: string, };
export type Standing = "owner" | "administrator" | "moderator" | "member";
export type StatusCount = { status: PersonStatus, count: number, };
export type SubjectCount = { subject: string, count: number, };
export type SystemEvent = { "kind": "created", who: Person, } | { "kind": "joined", who: Person, } | { "kind": "left", who: Person, } | { "kind": "invited", who: Person, whom: Person, } | { "kind": "removed", who: Person, whom: Person, } | { "kind": "banned", who: Person, whom: Person, } | { "kind": "knocked", who: Person, } | { "kind": "nameChanged", who: Person, from: string | null, to: string, } | { "kind": "avatarChanged", who: Person, } | { "kind": "chatRenamed", who: Person, name: string, } | { "kind": "topicChanged", who: Person, topic: string, } | { "kind": "chatAvatarChanged", who: Person, } | { "kind": "encryptionOn", who: Person, } | { "kind": "pinsChanged", who: Person, } | { "kind": "rightsChanged", who: Person, } | { "kind": "other", who: Person, };
export type TableArgs = { name: string, rows: Array<Array<string>>, };
export type Text = { plain: string, html: string, };
export type TextArgs = { chat: string, text: string, };
export type Theme = "system" | "light" | "dark";
export type TimelineUpdate = { "kind": "diffs", diffs: Array<ListDiff<Item>>, } | { "kind": "paging", paging: Paging, } | { "kind": "newer", paging: Paging, };
export type UiLanguage = "system" | "ru" | "en";
export type Undecryptable = "waitingForKey" | "sentBefore" | "withheld" | "unknown";
export type VcardPreview = { contacts: Array<OwnContact>, 
/**
 * Contacts that are in the address book already.
 */
known: number, 
/**
 * Entries that can't be read or say nothing.
 */
unreadable: number, };
export type VoiceArgs = { rate: number, };
export type VoteArgs = { chat: string, event: string, answers: Array<string>, };
export type Work = { by: Worker, 
/**
 * Steps of this round that are done.
 */
done: number, total: number, 
/**
 * Steps that the server did not take; the rest was done without them.
 */
refused: number, 
/**
 * Everything was looked at, and nothing else is left to do.
 */
settled: boolean, };
export type Worker = "nobody" | "here" | "elsewhere";
export type Written = { text: string, mentions: Array<Mention>, };

export interface Calls {
  /** What the first paint needs. Never waits for the network or the Matrix stores. */
  boot: { args: NoArgs, result: Boot };
  save_settings: { args: SettingsArgs, result: null };
  /** Keeps a picture of the screen for the next start; at most 512 KiB of JSON that only the window reads. */
  save_snapshot: { args: SnapshotArgs, result: null };
  /** Makes the data key and wraps it with this password, where the system has no keychain. */
  choose_data_password: { args: PasswordArgs, result: null };
  /** Opens a profile whose data key is wrapped with a password. */
  enter_data_password: { args: PasswordArgs, result: null };
  /** Tries to open the profile again after something outside it has been put right. */
  retry_open: { args: NoArgs, result: null };
  /** Sets the unreadable profile aside and starts with an empty one. */
  start_over: { args: NoArgs, result: null };
  /** Finds a server by its name (`.well-known`) or address and says how one signs in there. */
  find_server: { args: ServerArgs, result: ServerInfo };
  sign_in: { args: SignInArgs, result: null };
  /** Begins to sign in through the browser; the session stream tells when it is done. */
  start_sso: { args: SsoArgs, result: SsoStart };
  cancel_sso: { args: NoArgs, result: null };
  /** Ends the session here and removes what this device holds of it. */
  sign_out: { args: NoArgs, result: null };
  accept_invitation: { args: ChatArgs, result: null };
  decline_invitation: { args: ChatArgs, result: null };
  draft: { args: ChatArgs, result: Draft | null };
  save_draft: { args: DraftArgs, result: null };
  mark_read: { args: ChatArgs, result: null };
  mark_unread: { args: ChatArgs, result: null };
  set_notify: { args: NotifyArgs, result: null };
  leave_chat: { args: ChatArgs, result: null };
  /** Tells the others that the person is writing, or no longer. */
  set_typing: { args: OnArgs, result: null };
  /** Loads one more page above what an open `timeline` stream shows. */
  load_older: { args: PageArgs, result: null };
  /** Loads one more page below, where the stream began around an event. */
  load_newer: { args: PageArgs, result: null };
  /** The first event at or after a time, where the chat has one. */
  event_at: { args: DateArgs, result: string | null };
  /** Puts a message on disk; returns before it is sent. */
  send_message: { args: SendArgs, result: null };
  /** Tries a failed message again. */
  retry_message: { args: ItemArgs, result: null };
  /** Drops a message that has not been sent. */
  discard_message: { args: ItemArgs, result: null };
  /** What an own message says, as it was written: to edit it. */
  edit_source: { args: EventArgs, result: Written };
  edit_message: { args: EditArgs, result: null };
  delete_messages: { args: DeleteArgs, result: null };
  forward_messages: { args: ForwardArgs, result: null };
  /** Sets the person's reaction, or takes it back where it is set. */
  react: { args: ReactArgs, result: null };
  reactors: { args: EventArgs, result: Array<Reactors> };
  /** Who has read a message, the newest reader first. */
  readers: { args: EventArgs, result: Array<Reader> };
  pin_message: { args: PinArgs, result: null };
  report_message: { args: ReportArgs, result: null };
  /** An address of a message that any Matrix client opens. */
  message_link: { args: EventArgs, result: string };
  send_poll: { args: PollArgs, result: null };
  /** Replaces the person's vote; no answers take it back. */
  vote: { args: VoteArgs, result: null };
  end_poll: { args: EventArgs, result: null };
  /** Marks a message that asks for it as read and understood. Can't be taken back. */
  acknowledge: { args: EventArgs, result: null };
  ack_report: { args: EventArgs, result: AckReport };
  /** Reminds those who have not acknowledged; nobody twice within a day. */
  ack_remind: { args: RemindArgs, result: Reminded };
  /** Saves the report as CSV; `columns` are the heads, `roles` the words for each role in the order of `BadgeRole`. */
  ack_save: { args: AckSheetArgs, result: SavedFile };
  /** Begins to hand over a file; its bytes follow by the host's own way. */
  stage_file: { args: StageArgs, result: Staged };
  /** Begins to record: 16-bit mono samples at `rate` Hz follow by the host's own way. */
  stage_voice: { args: VoiceArgs, result: Staged };
  /** Ends a recording; it can be listened to and sent. */
  finish_voice: { args: StagedArgs, result: StagedVoice };
  unstage: { args: StagedArgs, result: null };
  send_files: { args: SendFilesArgs, result: null };
  send_voice: { args: SendVoiceArgs, result: null };
  members: { args: ChatArgs, result: Array<Member> };
  rename_chat: { args: TextArgs, result: null };
  set_topic: { args: TextArgs, result: null };
  /** A staged picture, or none. */
  set_chat_avatar: { args: AvatarArgs, result: null };
  /** Gives those who could not be invited. */
  invite_people: { args: PeopleArgs, result: Array<Person> };
  remove_person: { args: RemoveArgs, result: null };
  /** Whether only some may write. */
  set_announcements: { args: OnArgs, result: null };
  /** People of the organisations and the chats, also by the directory of the server; `chat` looks in one chat alone. */
  find_people: { args: FindArgs, result: Array<Found> };
  /** The classes that a learning chat can be made of. */
  my_classes: { args: NoArgs, result: Array<ClassPeople> };
  /** The direct chat with a person: the one there is, or a new one. */
  direct_chat: { args: PersonArgs, result: string };
  create_chat: { args: NewChatArgs, result: MadeChat };
  /** Everybody whom the organisations, the common chats and the address book tell of. */
  find_contacts: { args: FindContactsArgs, result: ContactPage };
  contact_card: { args: PersonArgs, result: ContactCard };
  /** A note of a person, which nobody else sees; an empty one removes it. */
  set_note: { args: NoteArgs, result: null };
  /** Keeps contacts of the person's own, new ones and changed ones; gives their ids. */
  save_contacts: { args: OwnContactsArgs, result: Array<string> };
  remove_contacts: { args: IdsArgs, result: null };
  /** Reads a staged vCard file; nothing is kept yet. */
  read_vcards: { args: StagedArgs, result: VcardPreview };
  search_messages: { args: SearchArgs, result: SearchPage };
  /** Each of these is kept on this device at once, shown, and sent when it can be; it gives the act's id. */
  set_info: { args: InfoArgs, result: string };
  add_classes: { args: AddClassesArgs, result: string };
  set_class: { args: SetClassArgs, result: string };
  set_class_status: { args: ClassStatusArgs, result: string };
  /** What becomes of the classes, before anything is done. */
  promotion: { args: PromoteArgs, result: Array<PromotionStep> };
  promote: { args: PromoteArgs, result: string };
  add_to_class: { args: ClassPeopleArgs, result: string };
  leave_class: { args: LeaveClassArgs, result: string };
  move_people: { args: MoveArgs, result: string };
  set_role: { args: RoleArgs, result: string };
  /** Calls people into a body of the organisation, whose head has a chat with it, or lets them go from it. */
  set_board: { args: BoardArgs, result: string };
  verify_people: { args: OrgPeopleArgs, result: string };
  remove_people: { args: OrgPeopleArgs, result: string };
  restore_people: { args: OrgPeopleArgs, result: string };
  set_person: { args: SetPersonArgs, result: string };
  appoint: { args: OrgPeopleArgs, result: string };
  dismiss: { args: OrgPeopleArgs, result: string };
  make_owner: { args: OrgPersonArgs, result: string };
  /** The ids of those of the organisation who answer what was typed, the best first; former ones as well. */
  find_in_cabinet: { args: CabinetFindArgs, result: Array<string> };
  /** Takes a step back: drops what waits, writes back what has gone out. */
  undo_act: { args: ActArgs, result: null };
  /** Settles a step's conflicts: with the person's own values, or with those of the others. */
  resolve_act: { args: ResolveArgs, result: null };
  /** Tries a refused step again. */
  retry_act: { args: ActArgs, result: null };
  /** Drops a refused step. */
  drop_act: { args: ActArgs, result: null };
  /** A part of the journal, from the server; `before` is where the part before ended. */
  journal: { args: JournalArgs, result: JournalPage };
  /** Saves rows as CSV into the person's downloads folder. */
  save_table: { args: TableArgs, result: SavedFile };
  /** Begins to make an organisation; the stream `founding` tells how far it is, also after a restart. */
  found_organisation: { args: FoundArgs, result: null };
  leave_organisation: { args: OrganisationArgs, result: null };
  /** How much of this device pictures and files take, in bytes. */
  media_size: { args: NoArgs, result: Num };
  clear_media: { args: NoArgs, result: null };
  /** Saves a decrypted file into the person's downloads folder under a free name. */
  save_media: { args: SaveMediaArgs, result: SavedFile };
  /** Gives up saving a file; the call that saves it fails with `stopped`. */
  stop_saving: { args: MediaArgs, result: null };
}

export interface Streams {
  session: { args: NoArgs, update: SessionState };
  connection: { args: NoArgs, update: Connection };
  chats: { args: NoArgs, update: Array<ListDiff<ChatRow>> };
  /** A conversation at its newest end, or `around` an event. */
  timeline: { args: PageArgs, update: TimelineUpdate };
  /** The pinned messages, the newest pin last. */
  pinned: { args: ChatArgs, update: TimelineUpdate };
  details: { args: ChatArgs, update: ChatDetails };
  /** The files that are being saved. */
  savings: { args: NoArgs, update: Array<Saving> };
  /** Who is writing, without the person himself. */
  typing: { args: ChatArgs, update: Array<Person> };
  /** The organisations that the person runs. */
  cabinets: { args: NoArgs, update: Array<CabinetLink> };
  cabinet: { args: OrganisationArgs, update: Cabinet };
  cabinet_people: { args: OrganisationArgs, update: Array<ListDiff<CabinetPerson>> };
  /** What waits to be sent, the oldest first, and then what was done of late. */
  outbox: { args: OrganisationArgs, update: Array<OutboxAct> };
  /** The organisations that the person belongs to. */
  organisations: { args: NoArgs, update: Array<MyOrganisation> };
  /** The organisation that is being made, if one is. */
  founding: { args: NoArgs, update: Founding | null };
  /** The person's own address book, by name. */
  own_contacts: { args: NoArgs, update: Array<ListDiff<OwnContact>> };
  /** Another number whenever `find_contacts` and `contact_card` may answer otherwise. */
  contacts_changed: { args: NoArgs, update: number };
  /** How far the index of messages has come. */
  index: { args: IndexArgs, update: IndexState };
}
