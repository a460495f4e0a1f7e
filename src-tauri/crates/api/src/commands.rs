//! The one list of what a window may ask for. The Tauri handler, the bridge's dispatch, the permissions of the
//! windows and the TypeScript bindings all come from it.

use crate::dto::*;
use crate::{app, chats, media, session, timeline};
use serde::Deserialize;
use ts_rs::TS;

macro_rules! args {
    ($($name:ident { $($field:ident: $ty:ty),* $(,)? })*) => {$(
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
    SendArgs { chat: String, text: String, reply_to: Option<String> }
    DraftArgs { chat: String, draft: Option<Draft> }
    SaveMediaArgs { media: String, name: String }
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

        /// Loads one more page above what an open `timeline` stream shows.
        load_older: timeline::load_older(ChatArgs) -> ();
        /// Puts a message on disk; returns before it is sent.
        send_message: timeline::send_message(SendArgs) -> ();
        /// Tries a failed message again.
        retry_message: timeline::retry_message(ItemArgs) -> ();
        /// Drops a message that has not been sent.
        discard_message: timeline::discard_message(ItemArgs) -> ();

        /// Saves a decrypted file into the person's downloads folder under a free name.
        save_media: media::save_media(SaveMediaArgs) -> SavedFile;
    }
    streams {
        session: session::watch(NoArgs) -> SessionState;
        connection: session::watch_connection(NoArgs) -> Connection;
        chats: chats::watch(NoArgs) -> Vec<ListDiff<ChatRow>>;
        timeline: timeline::watch(ChatArgs) -> TimelineUpdate;
    }
}
