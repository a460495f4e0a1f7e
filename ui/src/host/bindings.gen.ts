// Made by `cargo xtask codegen` from the list in src-tauri/crates/api/src/commands.rs.

export type ApiError = { code: Code, 
/**
 * Milliseconds to wait before trying again.
 */
retryAfter: number | null, };
export type Body = { "kind": "text", text: Text, } | { "kind": "emote", text: Text, } | { "kind": "notice", text: Text, } | { "kind": "image", media: Media, caption: Text | null, } | { "kind": "video", media: Media, caption: Text | null, } | { "kind": "file", media: Media, caption: Text | null, } | { "kind": "audio", media: Media, caption: Text | null, voice: boolean, waveform: Array<number>, } | { "kind": "sticker", media: Media, } | { "kind": "poll", question: string, answers: Array<string>, } | { "kind": "location", text: string, } | { "kind": "deleted" } | { "kind": "undecryptable", reason: Undecryptable, } | { "kind": "other", eventType: string, };
export type Boot = { settings: Settings, 
/**
 * What `save_snapshot` was last given for the person who is signed in.
 */
snapshot: string | null, version: string, 
/**
 * Accounts to try, in a development build that serves a demo school.
 */
demo: DemoSchool | null, };
export type ChatArgs = { chat: string, };
export type ChatKind = "direct" | "group" | "channel" | "invitation";
export type ChatRow = { id: string, name: string, kind: ChatKind, 
/**
 * The other person of a direct chat: picks the colour of the avatar.
 */
peer: string | null, avatar: string | null, last: LastMessage | null, unread: number, mentions: number, markedUnread: boolean, muted: boolean, 
/**
 * Whether the reader may write here.
 */
canSend: boolean, draft: string | null, };
export type Code = "noNetwork" | "serverNotFound" | "notMatrix" | "wrongPassword" | "tooManyTries" | "accountClosed" | "noWayToSignIn" | "ssoFailed" | "wrongDataPassword" | "weakDataPassword" | "notAllowed" | "chatGone" | "tooLarge" | "diskFull" | "mediaGone" | "notSignedIn" | "locked" | "badRequest" | "serverError" | "internal";
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
failed: number, };
export type Delivery = "none" | "waiting" | "failed" | "sent";
export type DemoAccount = { login: string, password: string, name: string, role: string, };
export type DemoSchool = { server: string, accounts: Array<DemoAccount>, };
export type Draft = { text: string, replyTo: string | null, };
export type DraftArgs = { chat: string, draft: Draft | null, };
export type FailReason = "notAllowed" | "tooLarge" | "identity" | "chatGone" | "server";
export type Item = { id: string, kind: ItemKind, };
export type ItemArgs = { chat: string, item: string, };
export type ItemKind = { "kind": "day", at: Num, } | { "kind": "unread" } | { "kind": "start" } | { "kind": "message", message: Message, } | { "kind": "system", event: SystemEvent, at: Num, } | { "kind": "hidden" };
export type LastMessage = { 
/**
 * Absent where the row's own name already says who it is.
 */
sender: string | null, own: boolean, preview: Preview, delivery: Delivery, at: Num, };
export type Link = "connecting" | "online" | "offline";
export type ListDiff<T> = { "op": "reset", items: Array<T>, } | { "op": "append", items: Array<T>, } | { "op": "pushFront", item: T, } | { "op": "pushBack", item: T, } | { "op": "popFront" } | { "op": "popBack" } | { "op": "insert", index: number, item: T, } | { "op": "set", index: number, item: T, } | { "op": "remove", index: number, } | { "op": "truncate", length: number, } | { "op": "clear" };
export type LockReason = "noKeychain" | "keyLost" | "password" | "noAnswer" | "unusable";
export type LockTask = "choosePassword" | "enterPassword" | "startOver" | "tryAgain";
export type Me = { id: string, name: string, avatar: string | null, server: string, };
export type Media = { key: string | null, name: string, mime: string | null, size: Num | null, width: number | null, height: number | null, seconds: number | null, blurhash: string | null, thumbnail: string | null, };
export type Message = { 
/**
 * Absent until the server has it.
 */
event: string | null, sender: Person, own: boolean, at: Num, body: Body, edited: boolean, reply: Quote | null, reactions: Array<Reaction>, send: SendState, };
export type NoArgs = Record<string, never>;
export type Num = number;
export type Paging = "idle" | "loading" | "start" | "offline";
export type PasswordArgs = { password: string, };
export type Person = { id: string, name: string, avatar: string | null, };
export type Preview = { "kind": "text", text: string, } | { "kind": "image", caption: string | null, } | { "kind": "video", caption: string | null, } | { "kind": "file", name: string, } | { "kind": "voice", seconds: number | null, } | { "kind": "audio", name: string, } | { "kind": "sticker", text: string, } | { "kind": "poll", question: string, } | { "kind": "location" } | { "kind": "deleted" } | { "kind": "undecryptable" } | { "kind": "other" };
export type Quote = { sender: Person | null, preview: Preview | null, event: string, };
export type Reaction = { key: string, count: number, own: boolean, who: Array<string>, };
export type SaveMediaArgs = { media: string, name: string, };
export type SavedFile = { path: string, name: string, };
export type SendArgs = { chat: string, text: string, replyTo: string | null, };
export type SendKey = "enter" | "shiftEnter";
export type SendState = { "kind": "received" } | { "kind": "waiting" } | { "kind": "failed", reason: FailReason, } | { "kind": "sent" } | { "kind": "read", count: number, };
export type ServerArgs = { server: string, };
export type ServerInfo = { name: string, url: string, password: boolean, sso: boolean, providers: Array<SsoProvider>, };
export type SessionState = { "kind": "starting" } | { "kind": "locked", reason: LockReason, task: LockTask, } | { "kind": "signedOut" } | { "kind": "signedIn", me: Me, } | { "kind": "ended", user: string, server: string, unsent: number, };
export type Settings = { theme: Theme, language: UiLanguage, sendKey: SendKey, compact: boolean, };
export type SettingsArgs = { settings: Settings, };
export type SignInArgs = { server: string, user: string, password: string, };
export type SnapshotArgs = { json: string, };
export type SsoArgs = { server: string, provider: string | null, };
export type SsoProvider = { id: string, name: string, };
export type SsoStart = { url: string, };
export type SystemEvent = { "kind": "created", who: string, } | { "kind": "joined", who: string, } | { "kind": "left", who: string, } | { "kind": "invited", who: string, whom: string, } | { "kind": "removed", who: string, whom: string, } | { "kind": "banned", who: string, whom: string, } | { "kind": "knocked", who: string, } | { "kind": "nameChanged", from: string | null, to: string, } | { "kind": "avatarChanged", who: string, } | { "kind": "chatRenamed", who: string, name: string, } | { "kind": "topicChanged", who: string, topic: string, } | { "kind": "chatAvatarChanged", who: string, } | { "kind": "encryptionOn", who: string, } | { "kind": "pinsChanged", who: string, } | { "kind": "rightsChanged", who: string, } | { "kind": "other", who: string, };
export type Text = { plain: string, html: string, };
export type Theme = "system" | "light" | "dark";
export type TimelineUpdate = { "kind": "diffs", diffs: Array<ListDiff<Item>>, } | { "kind": "paging", paging: Paging, };
export type UiLanguage = "system" | "ru" | "en";
export type Undecryptable = "waitingForKey" | "sentBefore" | "withheld" | "unknown";

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
  /** Loads one more page above what an open `timeline` stream shows. */
  load_older: { args: ChatArgs, result: null };
  /** Puts a message on disk; returns before it is sent. */
  send_message: { args: SendArgs, result: null };
  /** Tries a failed message again. */
  retry_message: { args: ItemArgs, result: null };
  /** Drops a message that has not been sent. */
  discard_message: { args: ItemArgs, result: null };
  /** Saves a decrypted file into the person's downloads folder under a free name. */
  save_media: { args: SaveMediaArgs, result: SavedFile };
}

export interface Streams {
  session: { args: NoArgs, update: SessionState };
  connection: { args: NoArgs, update: Connection };
  chats: { args: NoArgs, update: Array<ListDiff<ChatRow>> };
  timeline: { args: ChatArgs, update: TimelineUpdate };
}
