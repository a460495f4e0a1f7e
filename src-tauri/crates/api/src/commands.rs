//! The one list of what a window may ask for. The Tauri handler, the bridge's dispatch, the permissions of the
//! windows and the TypeScript bindings all come from it.

use crate::dto::*;
use crate::{
    acks, acts, app, cabinet, chats, contacts, details, making, media, outgoing, search, session,
    timeline,
};
use serde::Deserialize;
use ts_rs::TS;

macro_rules! args {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $ty:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Deserialize, TS)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name { $(pub $field: $ty),* }
    )*};
}

args! {
    NoArgs {}
    SettingsArgs { settings: Settings }
    SnapshotArgs { json: String }
    PasswordArgs { password: String }
    ServerArgs { server: String }
    SignInArgs { server: String, user: String, password: String }
    SsoArgs { server: String, provider: Option<String> }
    ChatArgs { chat: String }
    ItemArgs { chat: String, item: String }
    /// `around` names the event that an open `timeline` stream began with; absent for the newest messages.
    PageArgs { chat: String, around: Option<String> }
    EventArgs { chat: String, event: String }
    SendArgs { chat: String, written: Written, reply_to: Option<String>, ack: Option<AskAck> }
    EditArgs { chat: String, event: String, written: Written }
    DeleteArgs { chat: String, events: Vec<String>, reason: Option<String> }
    ForwardArgs { chat: String, events: Vec<String>, to: Vec<String> }
    ReactArgs { chat: String, event: String, key: String }
    PinArgs { chat: String, event: String, on: bool }
    ReportArgs { chat: String, event: String, reason: String }
    PollArgs { chat: String, poll: NewPoll }
    VoteArgs { chat: String, event: String, answers: Vec<String> }
    RemindArgs { chat: String, event: String, people: Vec<String>, by: RemindBy, text: String }
    AckSheetArgs { chat: String, event: String, columns: Vec<String>, roles: Vec<String> }
    OnArgs { chat: String, on: bool }
    DateArgs { chat: String, at: Num }
    StageArgs { name: String, size: Num }
    VoiceArgs { rate: u32 }
    StagedArgs { id: String }
    SendFilesArgs { chat: String, files: Vec<Outgoing>, caption: Option<Written>, reply_to: Option<String> }
    SendVoiceArgs { chat: String, id: String, reply_to: Option<String> }
    NotifyArgs { chat: String, notify: Notify }
    TextArgs { chat: String, text: String }
    AvatarArgs { chat: String, staged: Option<String> }
    PeopleArgs { chat: String, people: Vec<String> }
    RemoveArgs { chat: String, person: String, reason: Option<String> }
    FindArgs { text: String, chat: Option<String>, most: u32 }
    PersonArgs { person: String }
    NewChatArgs { chat: NewChat }
    SearchArgs { query: MessageQuery }
    IndexArgs { chat: Option<String> }
    DraftArgs { chat: String, draft: Option<Draft> }
    SaveMediaArgs { media: String, name: String }
    MediaArgs { media: String }
    OrganisationArgs { organisation: String }
    InfoArgs { organisation: String, info: OrgFields }
    AddClassesArgs { organisation: String, classes: Vec<NewClass> }
    SetClassArgs { organisation: String, class: String, fields: ClassFields }
    ClassStatusArgs { organisation: String, classes: Vec<String>, status: ClassState }
    /// Without classes the whole organisation goes on to the next school year.
    PromoteArgs { organisation: String, classes: Option<Vec<String>> }
    ClassPeopleArgs { organisation: String, people: Vec<String>, class: String, part: ClassPart }
    LeaveClassArgs { organisation: String, people: Vec<String>, class: String }
    MoveArgs { organisation: String, people: Vec<String>, from: String, to: String }
    BoardArgs { organisation: String, people: Vec<String>, board: Board, joined: bool }
    RoleArgs { organisation: String, people: Vec<String>, role: BadgeRole }
    OrgPeopleArgs { organisation: String, people: Vec<String> }
    OrgPersonArgs { organisation: String, person: String }
    SetPersonArgs { organisation: String, person: String, fields: PersonFields }
    ActArgs { organisation: String, act: String }
    ResolveArgs { organisation: String, act: String, mine: bool }
    JournalArgs { organisation: String, before: Option<String> }
    TableArgs { name: String, rows: Vec<Vec<String>> }
    CabinetFindArgs { organisation: String, text: String }
    FindContactsArgs { text: String, filters: ContactFilters, skip: u32, most: u32 }
    NoteArgs { person: String, text: String }
    OwnContactsArgs { contacts: Vec<OwnContact> }
    IdsArgs { ids: Vec<String> }
    FoundArgs { kind: OrganisationKind, info: OrgFields }
}

crate::dispatch::commands! {
    calls {
        /// What the first paint needs. Never waits for the network or the Matrix stores.
        boot: app::boot(NoArgs) -> Boot;
        save_settings: app::save_settings(SettingsArgs) -> ();
        /// Keeps a picture of the screen for the next start; at most 512 KiB of JSON that only the window reads.
        save_snapshot: app::save_snapshot(SnapshotArgs) -> ();

        /// Makes the data key and wraps it with this password, where the system has no keychain.
        choose_data_password: session::choose_data_password(PasswordArgs) -> ();
        /// Opens a profile whose data key is wrapped with a password.
        enter_data_password: session::enter_data_password(PasswordArgs) -> ();
        /// Tries to open the profile again after something outside it has been put right.
        retry_open: session::retry_open(NoArgs) -> ();
        /// Sets the unreadable profile aside and starts with an empty one.
        start_over: session::start_over(NoArgs) -> ();
        /// Finds a server by its name (`.well-known`) or address and says how one signs in there.
        find_server: session::find_server(ServerArgs) -> ServerInfo;
        sign_in: session::sign_in(SignInArgs) -> ();
        /// Begins to sign in through the browser; the session stream tells when it is done.
        start_sso: session::start_sso(SsoArgs) -> SsoStart;
        cancel_sso: session::cancel_sso(NoArgs) -> ();
        /// Ends the session here and removes what this device holds of it.
        sign_out: session::sign_out(NoArgs) -> ();

        accept_invitation: chats::accept_invitation(ChatArgs) -> ();
        decline_invitation: chats::decline_invitation(ChatArgs) -> ();
        draft: chats::draft(ChatArgs) -> Option<Draft>;
        save_draft: chats::save_draft(DraftArgs) -> ();
        mark_read: chats::mark_read(ChatArgs) -> ();
        mark_unread: chats::mark_unread(ChatArgs) -> ();
        set_notify: chats::set_notify(NotifyArgs) -> ();
        leave_chat: chats::leave_chat(ChatArgs) -> ();
        /// Tells the others that the person is writing, or no longer.
        set_typing: chats::set_typing(OnArgs) -> ();

        /// Loads one more page above what an open `timeline` stream shows.
        load_older: timeline::load_older(PageArgs) -> ();
        /// Loads one more page below, where the stream began around an event.
        load_newer: timeline::load_newer(PageArgs) -> ();
        /// The first event at or after a time, where the chat has one.
        event_at: timeline::event_at(DateArgs) -> Option<String>;
        /// Puts a message on disk; returns before it is sent.
        send_message: timeline::send_message(SendArgs) -> ();
        /// Tries a failed message again.
        retry_message: timeline::retry_message(ItemArgs) -> ();
        /// Drops a message that has not been sent.
        discard_message: timeline::discard_message(ItemArgs) -> ();

        /// What an own message says, as it was written: to edit it.
        edit_source: acts::edit_source(EventArgs) -> Written;
        edit_message: acts::edit_message(EditArgs) -> ();
        delete_messages: acts::delete_messages(DeleteArgs) -> ();
        forward_messages: acts::forward_messages(ForwardArgs) -> ();
        /// Sets the person's reaction, or takes it back where it is set.
        react: acts::react(ReactArgs) -> ();
        reactors: acts::reactors(EventArgs) -> Vec<Reactors>;
        /// Who has read a message, the newest reader first.
        readers: acts::readers(EventArgs) -> Vec<Reader>;
        pin_message: acts::pin_message(PinArgs) -> ();
        report_message: acts::report_message(ReportArgs) -> ();
        /// An address of a message that any Matrix client opens.
        message_link: acts::message_link(EventArgs) -> String;
        send_poll: acts::send_poll(PollArgs) -> ();
        /// Replaces the person's vote; no answers take it back.
        vote: acts::vote(VoteArgs) -> ();
        end_poll: acts::end_poll(EventArgs) -> ();

        /// Marks a message that asks for it as read and understood. Can't be taken back.
        acknowledge: acks::acknowledge(EventArgs) -> ();
        ack_report: acks::report(EventArgs) -> AckReport;
        /// Reminds those who have not acknowledged; nobody twice within a day.
        ack_remind: acks::remind(RemindArgs) -> Reminded;
        /// Saves the report as CSV; `columns` are the heads, `roles` the words for each role in the order of `BadgeRole`.
        ack_save: acks::save(AckSheetArgs) -> SavedFile;

        /// Begins to hand over a file; its bytes follow by the host's own way.
        stage_file: outgoing::stage_file(StageArgs) -> Staged;
        /// Begins to record: 16-bit mono samples at `rate` Hz follow by the host's own way.
        stage_voice: outgoing::stage_voice(VoiceArgs) -> Staged;
        /// Ends a recording; it can be listened to and sent.
        finish_voice: outgoing::finish_voice(StagedArgs) -> StagedVoice;
        unstage: outgoing::unstage(StagedArgs) -> ();
        send_files: outgoing::send_files(SendFilesArgs) -> ();
        send_voice: outgoing::send_voice(SendVoiceArgs) -> ();

        members: details::members(ChatArgs) -> Vec<Member>;
        rename_chat: details::rename_chat(TextArgs) -> ();
        set_topic: details::set_topic(TextArgs) -> ();
        /// A staged picture, or none.
        set_chat_avatar: details::set_chat_avatar(AvatarArgs) -> ();
        /// Gives those who could not be invited.
        invite_people: details::invite_people(PeopleArgs) -> Vec<Person>;
        remove_person: details::remove_person(RemoveArgs) -> ();
        /// Whether only some may write.
        set_announcements: details::set_announcements(OnArgs) -> ();

        /// People of the organisations and the chats, also by the directory of the server; `chat` looks in one chat alone.
        find_people: making::find_people(FindArgs) -> Vec<Found>;
        /// The classes that a learning chat can be made of.
        my_classes: making::my_classes(NoArgs) -> Vec<ClassPeople>;
        /// The direct chat with a person: the one there is, or a new one.
        direct_chat: making::direct_chat(PersonArgs) -> String;
        create_chat: making::create_chat(NewChatArgs) -> MadeChat;

        /// Everybody whom the organisations, the common chats and the address book tell of.
        find_contacts: contacts::find(FindContactsArgs) -> ContactPage;
        contact_card: contacts::card(PersonArgs) -> ContactCard;
        /// A note of a person, which nobody else sees; an empty one removes it.
        set_note: contacts::set_note(NoteArgs) -> ();
        /// Keeps contacts of the person's own, new ones and changed ones; gives their ids.
        save_contacts: contacts::save(OwnContactsArgs) -> Vec<String>;
        remove_contacts: contacts::remove(IdsArgs) -> ();
        /// Reads a staged vCard file; nothing is kept yet.
        read_vcards: contacts::read_vcards(StagedArgs) -> VcardPreview;

        search_messages: search::search(SearchArgs) -> SearchPage;

        /// Each of these is kept on this device at once, shown, and sent when it can be; it gives the act's id.
        set_info: cabinet::set_info(InfoArgs) -> String;
        add_classes: cabinet::add_classes(AddClassesArgs) -> String;
        set_class: cabinet::set_class(SetClassArgs) -> String;
        set_class_status: cabinet::set_class_status(ClassStatusArgs) -> String;
        /// What becomes of the classes, before anything is done.
        promotion: cabinet::promotion(PromoteArgs) -> Vec<PromotionStep>;
        promote: cabinet::promote(PromoteArgs) -> String;
        add_to_class: cabinet::add_to_class(ClassPeopleArgs) -> String;
        leave_class: cabinet::leave_class(LeaveClassArgs) -> String;
        move_people: cabinet::move_people(MoveArgs) -> String;
        set_role: cabinet::set_role(RoleArgs) -> String;
        /// Calls people into a body of the organisation, whose head has a chat with it, or lets them go from it.
        set_board: cabinet::set_board(BoardArgs) -> String;
        verify_people: cabinet::verify_people(OrgPeopleArgs) -> String;
        remove_people: cabinet::remove_people(OrgPeopleArgs) -> String;
        restore_people: cabinet::restore_people(OrgPeopleArgs) -> String;
        set_person: cabinet::set_person(SetPersonArgs) -> String;
        appoint: cabinet::appoint(OrgPeopleArgs) -> String;
        dismiss: cabinet::dismiss(OrgPeopleArgs) -> String;
        make_owner: cabinet::make_owner(OrgPersonArgs) -> String;
        /// The ids of those of the organisation who answer what was typed, the best first; former ones as well.
        find_in_cabinet: contacts::find_in_cabinet(CabinetFindArgs) -> Vec<String>;
        /// Takes a step back: drops what waits, writes back what has gone out.
        undo_act: cabinet::undo(ActArgs) -> ();
        /// Settles a step's conflicts: with the person's own values, or with those of the others.
        resolve_act: cabinet::resolve(ResolveArgs) -> ();
        /// Tries a refused step again.
        retry_act: cabinet::retry(ActArgs) -> ();
        /// Drops a refused step.
        drop_act: cabinet::drop_act(ActArgs) -> ();
        /// A part of the journal, from the server; `before` is where the part before ended.
        journal: cabinet::journal(JournalArgs) -> JournalPage;
        /// Saves rows as CSV into the person's downloads folder.
        save_table: cabinet::save_table(TableArgs) -> SavedFile;
        /// Begins to make an organisation; the stream `founding` tells how far it is, also after a restart.
        found_organisation: cabinet::found(FoundArgs) -> ();
        leave_organisation: cabinet::leave(OrganisationArgs) -> ();

        /// How much of this device pictures and files take, in bytes.
        media_size: media::size(NoArgs) -> Num;
        clear_media: media::clear(NoArgs) -> ();
        /// Saves a decrypted file into the person's downloads folder under a free name.
        save_media: media::save_media(SaveMediaArgs) -> SavedFile;
        /// Gives up saving a file; the call that saves it fails with `stopped`.
        stop_saving: media::stop_saving(MediaArgs) -> ();
    }
    streams {
        session: session::watch(NoArgs) -> SessionState;
        connection: session::watch_connection(NoArgs) -> Connection;
        chats: chats::watch(NoArgs) -> Vec<ListDiff<ChatRow>>;
        /// A conversation at its newest end, or `around` an event.
        timeline: timeline::watch(PageArgs) -> TimelineUpdate;
        /// The pinned messages, the newest pin last.
        pinned: timeline::watch_pinned(ChatArgs) -> TimelineUpdate;
        details: details::watch(ChatArgs) -> ChatDetails;
        /// The files that are being saved.
        savings: media::watch(NoArgs) -> Vec<Saving>;
        /// Who is writing, without the person himself.
        typing: details::watch_typing(ChatArgs) -> Vec<Person>;
        /// The organisations that the person runs.
        cabinets: cabinet::watch_cabinets(NoArgs) -> Vec<CabinetLink>;
        cabinet: cabinet::watch(OrganisationArgs) -> Cabinet;
        cabinet_people: cabinet::watch_people(OrganisationArgs) -> Vec<ListDiff<CabinetPerson>>;
        /// What waits to be sent, the oldest first, and then what was done of late.
        outbox: cabinet::watch_outbox(OrganisationArgs) -> Vec<OutboxAct>;
        /// The organisations that the person belongs to.
        organisations: cabinet::watch_organisations(NoArgs) -> Vec<MyOrganisation>;
        /// The organisation that is being made, if one is.
        founding: cabinet::watch_founding(NoArgs) -> Option<Founding>;
        /// The person's own address book, by name.
        own_contacts: contacts::watch_own(NoArgs) -> Vec<ListDiff<OwnContact>>;
        /// Another number whenever `find_contacts` and `contact_card` may answer otherwise.
        contacts_changed: contacts::watch_changes(NoArgs) -> u32;
        /// How far the index of messages has come.
        index: search::watch_index(IndexArgs) -> IndexState;
    }
}
