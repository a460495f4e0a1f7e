//! Signing in, signing out, and what happens when the server ends a session.

use crate::Client;
use crate::error::{Error, Result};
use crate::opening::{AccountRecord, Profile, STORES};
use crate::search;
use parta_matrix::{Account, LinkState, SignIn, find_server};
use parta_model::{ServerInfo, SessionState};
use parta_store::Store;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;

/// A sign-out without a network still removes what is here.
const GOODBYE: Duration = Duration::from_secs(5);
/// The link of a browser page that nobody finished is let go after this.
const BROWSER: Duration = Duration::from_secs(15 * 60);

impl Client {
    pub async fn find_server(&self, typed: &str) -> Result<ServerInfo> {
        let info = find_server(typed).await?;
        if !info.password && !info.sso {
            return Err(Error::NoWayToSignIn);
        }
        Ok(info)
    }

    /// Signs in with a password. `server` is a name or an address.
    pub async fn sign_in(self: &Arc<Self>, server: &str, user: &str, password: &str) -> Result<()> {
        let _turn = self.turn.lock().await;
        let (profile, info) = (self.profile()?, self.find_server(server).await?);
        let (stores, dir) = self.fresh_stores(&profile);
        let signed_in = async {
            let sign_in = SignIn::begin(&info.name, &info.url, &dir, profile.key.bytes()).await?;
            sign_in
                .with_password(user, password, &self.options.device)
                .await
        };
        match signed_in.await {
            Ok(account) => self.begin(&profile, account, stores).await,
            Err(error) => {
                self.forget_stores(dir).await;
                Err(error.into())
            }
        }
    }

    /// Begins to sign in through the browser and returns where it has to go; the session tells the rest.
    pub async fn start_sso(
        self: &Arc<Self>,
        server: &str,
        provider: Option<String>,
    ) -> Result<String> {
        // A window may ask while the profile is still opening.
        let mut opening = self.session();
        let _ = opening
            .wait_for(|session| *session != SessionState::Starting)
            .await;
        let (profile, info) = (self.profile()?, self.find_server(server).await?);
        let (tell, address) = oneshot::channel();
        let client = self.clone();
        let task = tokio::spawn(async move {
            let (stores, dir) = client.fresh_stores(&profile);
            let signed_in = async {
                let sign_in =
                    SignIn::begin(&info.name, &info.url, &dir, profile.key.bytes()).await?;
                sign_in
                    .with_browser(provider.as_deref(), &client.options.device, tell)
                    .await
            };
            match tokio::time::timeout(BROWSER, signed_in).await {
                Ok(Ok(account)) => {
                    let _turn = client.turn.lock().await;
                    if let Err(error) = client.begin(&profile, account, stores).await {
                        tracing::warn!(%error, "signing in through the browser");
                    }
                }
                Ok(Err(error)) => {
                    tracing::warn!(%error, "signing in through the browser");
                    client.forget_stores(dir).await;
                }
                Err(_) => client.forget_stores(dir).await,
            }
        });
        if let Some(old) = self
            .sso
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .replace(task)
        {
            old.abort();
        }
        address
            .await
            .map_err(|_| Error::Matrix(parta_matrix::Error::Sso))
    }

    pub fn cancel_sso(&self) {
        if let Some(task) = self
            .sso
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
        {
            task.abort();
        }
    }

    /// A folder of its own for each sign-in: a failed one leaves nothing that a later one could stumble over.
    fn fresh_stores(&self, profile: &Profile) -> (String, PathBuf) {
        let name = format!("{STORES}{:016x}", rand::random::<u64>());
        let dir = profile.dir.join(&name);
        (name, dir)
    }

    async fn forget_stores(&self, dir: PathBuf) {
        let _ = tokio::task::spawn_blocking(move || std::fs::remove_dir_all(dir)).await;
    }

    /// Takes over a fresh account. The caller holds the turn.
    async fn begin(
        self: &Arc<Self>,
        profile: &Arc<Profile>,
        account: Account,
        stores: String,
    ) -> Result<()> {
        let before = profile.record().await?;
        match &before {
            Some(old) if old.saved.user == account.saved().user => {
                self.carry_keys(profile, old, &account).await
            }
            // Somebody else: nothing of the person before may stay.
            Some(_) => profile.store(Store::forget_account).await?,
            None => {}
        }
        let record = AccountRecord {
            saved: account.saved().clone(),
            stores: stores.clone(),
            ended: false,
        };
        profile.set_record(&record).await?;
        profile.sweep(Some(&stores)).await;
        self.adopt(profile, account).await
    }

    /// Past encrypted messages stay readable and unsent files are sent: both move from the ended session's stores to
    /// the new ones.
    async fn carry_keys(&self, profile: &Profile, old: &AccountRecord, account: &Account) {
        let Ok(before) = Account::restore(
            old.saved.clone(),
            &profile.dir.join(&old.stores),
            profile.key.bytes(),
            false,
        )
        .await
        else {
            return;
        };
        let file = profile.dir.join("keys.moving");
        let passphrase = format!("{:032x}", rand::random::<u128>());
        let moved = async {
            before.export_keys(file.clone(), &passphrase).await?;
            account.import_keys(file.clone(), &passphrase).await
        };
        if let Err(error) = moved.await {
            tracing::warn!(%error, "the keys of past messages stay behind");
        }
        let _ = tokio::task::spawn_blocking(move || std::fs::remove_file(file)).await;
        if let Err(error) = account.take_over_files(&before).await {
            tracing::warn!(%error, "unsent files stay behind");
        }
    }

    /// Makes an open account the one that is signed in, and begins to talk to its server.
    pub(crate) async fn adopt(
        self: &Arc<Self>,
        profile: &Arc<Profile>,
        account: Account,
    ) -> Result<()> {
        self.end_tasks();
        self.forget_organisations().await;
        let account = Arc::new(account);
        self.account.send_replace(Some(account.clone()));
        self.session.send_replace(SessionState::SignedIn {
            me: account.me().await,
        });
        self.task(tokio::spawn(
            self.clone()
                .follow_connection(profile.clone(), account.clone()),
        ));
        self.task(tokio::spawn(
            self.clone()
                .follow_session(profile.clone(), account.clone()),
        ));
        self.task(tokio::spawn(
            self.clone().resume_unsent(profile.clone(), account.clone()),
        ));
        self.task(tokio::spawn(self.clone().keep_media_small(account.clone())));
        self.task(tokio::spawn(
            self.clone().follow_plan(profile.clone(), account.clone()),
        ));
        self.task(tokio::spawn(
            self.clone().send_outbox(profile.clone(), account.clone()),
        ));
        self.task(tokio::spawn(
            self.clone()
                .follow_founding(profile.clone(), account.clone()),
        ));
        self.task(tokio::spawn(self.clone().carry_plans_out(account.clone())));
        self.task(tokio::spawn(self.clone().accept_calls(account.clone())));
        self.indexed.send_replace(search::Indexed::default());
        // Nobody searches or has contacts where nobody reads: what is said in the organisation stays on its server.
        if !self.options.steward {
            // Before the sync begins, which may tell of it at once.
            let book = Self::book_news(&account);
            self.task(tokio::spawn(self.clone().follow_book(
                profile.clone(),
                account.clone(),
                book,
            )));
            self.task(tokio::spawn(
                self.clone().fill_index(profile.clone(), account.clone()),
            ));
        }
        account.connect();
        Ok(())
    }

    /// Keeps the person's own name fresh, and notices when the server ends the session.
    async fn follow_session(self: Arc<Self>, profile: Arc<Profile>, account: Arc<Account>) {
        let mut link = account.link();
        loop {
            let state = *link.borrow_and_update();
            match state {
                LinkState::Ended => {
                    let client = self.clone();
                    // In a task of its own: ending the session ends this one too.
                    tokio::spawn(async move { client.end_session(profile, account).await });
                    return;
                }
                LinkState::Online => {
                    let me = account.me().await;
                    self.session.send_if_modified(|session| {
                        let next = SessionState::SignedIn { me };
                        let changed = *session != next;
                        *session = next;
                        changed
                    });
                }
                LinkState::Connecting | LinkState::Offline => {}
            }
            if link.changed().await.is_err() {
                return;
            }
        }
    }

    async fn end_session(self: Arc<Self>, profile: Arc<Profile>, account: Arc<Account>) {
        let _turn = self.turn.lock().await;
        self.end_tasks();
        self.account.send_replace(None);
        account.stop().await;
        let ended = async {
            crate::unsent::keep(&profile, &account).await?;
            let Some(record) = profile.record().await? else {
                return Ok(());
            };
            self.ended(&profile, record, None).await
        };
        if let Err(error) = ended.await {
            tracing::warn!(%error, "the end of the session could not be written down");
        }
    }

    /// Ends the session here and removes what this device holds of it. Without a network the server keeps the
    /// session in its list until the person removes it there.
    pub async fn sign_out(self: &Arc<Self>) -> Result<()> {
        let _turn = self.turn.lock().await;
        let profile = self.profile()?;
        self.end_tasks();
        self.cancel_sso();
        if let Ok(account) = self.account() {
            // What has not gone out is not to go with this device; it is read and kept for an account that is there.
            let _ = tokio::time::timeout(GOODBYE, self.send_book(&profile, &account)).await;
        }
        let account = self.account.send_replace(None);
        if let Some(account) = account {
            self.give_leases_up(&account).await;
            if !matches!(
                tokio::time::timeout(GOODBYE, account.sign_out()).await,
                Ok(Ok(()))
            ) {
                tracing::warn!("the server was not told of the sign-out");
            }
            account.stop().await;
        }
        self.forget_organisations().await;
        profile.store(Store::forget_account).await?;
        profile.sweep(None).await;
        self.session.send_replace(SessionState::SignedOut);
        Ok(())
    }

    /// Nothing of the people of one account stays in memory for the next.
    async fn forget_organisations(&self) {
        self.people.send_replace(None);
        self.finder.forget().await;
        self.book.clear();
        self.connection
            .send_if_modified(|connection| std::mem::take(&mut connection.book_waits));
        self.sources.send_replace(Arc::default());
        self.cabinets.clear();
    }

    /// Makes the data key and wraps it with this password, where the system has no keychain.
    pub async fn choose_data_password(self: &Arc<Self>, password: String) -> Result<()> {
        self.unlock(move |dir| parta_store::choose_password(dir, &password))
            .await
    }

    /// Opens a profile whose data key is wrapped with a password.
    pub async fn enter_data_password(self: &Arc<Self>, password: String) -> Result<()> {
        self.unlock(move |dir| parta_store::enter_password(dir, &password))
            .await
    }

    async fn unlock(
        self: &Arc<Self>,
        key: impl FnOnce(&std::path::Path) -> Result<parta_store::DataKey, parta_store::KeyError>
        + Send
        + 'static,
    ) -> Result<()> {
        let _turn = self.turn.lock().await;
        if !self.is_locked() {
            return Ok(());
        }
        let dir = self.options.profile.clone();
        let key = tokio::task::spawn_blocking(move || key(&dir))
            .await
            .map_err(|_| Error::Internal("a key task failed"))??;
        self.open_with(key).await;
        Ok(())
    }

    /// Tries again after the keychain or the disk has been put right.
    pub async fn retry_open(self: &Arc<Self>) {
        if self.is_locked() {
            self.open().await;
        }
    }

    /// Sets a profile that can't be opened any more aside, whole, and starts with an empty one.
    pub async fn start_over(self: &Arc<Self>) -> Result<()> {
        if !self.is_locked() {
            return Ok(());
        }
        let dir = self.options.profile.clone();
        let aside = tokio::task::spawn_blocking(move || parta_store::set_profile_aside(&dir)).await;
        aside
            .map_err(|_| Error::Internal("a file task failed"))?
            .map_err(Error::File)?;
        self.open().await;
        Ok(())
    }
}
