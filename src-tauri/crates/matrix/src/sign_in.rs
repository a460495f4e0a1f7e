//! From a server and a password (or a browser) to an account of this device.

use crate::account::{Account, SavedSession};
use crate::error::{Error, Result};
use matrix_sdk::authentication::matrix::MatrixSession;
use matrix_sdk::config::RequestConfig;
use matrix_sdk::encryption::EncryptionSettings;
use matrix_sdk::ruma::api::client::session::login::{self, v3::LoginInfo};
use matrix_sdk::ruma::api::client::uiaa::{self, AuthData, MatrixUserIdentifier, UserIdentifier};
use matrix_sdk::ruma::api::error::ErrorKind;
use matrix_sdk::store::RoomLoadSettings;
use matrix_sdk::{Client, SessionMeta, SessionTokens, SqliteStoreConfig};
use std::path::Path;
use std::time::Duration;
use tokio::sync::oneshot;

const TIMEOUT: Duration = Duration::from_secs(30);

/// A client that is about to sign in: its stores are open, encrypted with the profile's data key.
pub struct SignIn {
    client: Client,
    server: String,
}

pub(crate) async fn open_client(url: &str, dir: &Path, key: &[u8; 32]) -> Result<Client> {
    let stores = SqliteStoreConfig::new(dir).key(Some(key)).pool_max_size(6);
    Ok(Client::builder()
        .homeserver_url(url)
        .sqlite_store_with_config_and_cache_path(stores, None::<&Path>)
        // One try: the queue and the sync have a backoff of their own, and a person at a form must not wait through
        // the minutes that a busy server asks for.
        .request_config(RequestConfig::new().timeout(TIMEOUT).disable_retry())
        .with_encryption_settings(EncryptionSettings {
            auto_enable_cross_signing: true,
            ..Default::default()
        })
        .build()
        .await?)
}

impl SignIn {
    /// Opens empty stores in `dir` for the server at `url`; `server` is its name as people say it.
    pub async fn begin(server: &str, url: &str, dir: &Path, key: &[u8; 32]) -> Result<Self> {
        Ok(Self {
            client: open_client(url, dir, key).await?,
            server: server.to_owned(),
        })
    }

    /// `user` is a login («m.shchukina») or a full id; `device` is how others see this device in their list.
    pub async fn with_password(self, user: &str, password: &str, device: &str) -> Result<Account> {
        let who = || UserIdentifier::Matrix(MatrixUserIdentifier::new(user.trim().to_owned()));
        let mut request = login::v3::Request::new(LoginInfo::Password(login::v3::Password::new(
            who(),
            password.to_owned(),
        )));
        request.initial_device_display_name = Some(device.to_owned());
        // Asked here and not through the SDK, whose login waits in silence for the minutes that a busy server names.
        let patience = RequestConfig::new().timeout(TIMEOUT).disable_retry();
        let response = self
            .client
            .send(request)
            .with_request_config(patience)
            .await
            .map_err(|error| {
                if matches!(
                    error.client_api_error_kind(),
                    Some(ErrorKind::Forbidden | ErrorKind::InvalidUsername)
                ) {
                    return Error::WrongPassword;
                }
                Error::from(error)
            })?;
        let session = MatrixSession {
            meta: SessionMeta {
                user_id: response.user_id,
                device_id: response.device_id,
            },
            tokens: SessionTokens {
                access_token: response.access_token,
                refresh_token: None,
            },
        };
        self.client
            .matrix_auth()
            .restore_session(session, RoomLoadSettings::default())
            .await
            .map_err(|error| Error::stored(&error))?;
        self.client
            .encryption()
            .wait_for_e2ee_initialization_tasks()
            .await;
        self.cross_sign(who(), password).await;
        self.finish().await
    }

    /// Makes the person's cross-signing keys at a first sign-in. Some servers want the password once more for it.
    async fn cross_sign(&self, who: UserIdentifier, password: &str) {
        let encryption = self.client.encryption();
        let Err(error) = encryption.bootstrap_cross_signing_if_needed(None).await else {
            return;
        };
        let Some(asked) = error.as_uiaa_response() else {
            tracing::warn!("cross-signing could not be set up; encrypted chats work without it");
            return;
        };
        let mut again = uiaa::Password::new(who, password.to_owned());
        again.session = asked.session.clone();
        if encryption
            .bootstrap_cross_signing_if_needed(Some(AuthData::Password(again)))
            .await
            .is_err()
        {
            tracing::warn!("cross-signing could not be set up; encrypted chats work without it");
        }
    }

    /// Waits until the browser comes back; `address` receives where it has to go.
    pub async fn with_browser(
        self,
        provider: Option<&str>,
        device: &str,
        address: oneshot::Sender<String>,
    ) -> Result<Account> {
        let login = self.client.matrix_auth().login_sso(move |url| async move {
            // The one who asked has gone: nobody will open the page, and the wait is dropped with him.
            let _ = address.send(url);
            Ok(())
        });
        let login = login.initial_device_display_name(device);
        let login = match provider {
            Some(provider) => login.identity_provider_id(provider),
            None => login,
        };
        login
            .send()
            .await
            .map_err(|error| match Error::from(error) {
                Error::Network => Error::Network,
                too_many @ Error::TooManyTries { .. } => too_many,
                _ => Error::Sso,
            })?;
        self.finish().await
    }

    async fn finish(self) -> Result<Account> {
        let session = self
            .client
            .matrix_auth()
            .session()
            .ok_or(Error::Internal("signed in without a session"))?;
        let saved = SavedSession::new(&session, &self.client, &self.server);
        // Cross-signing must exist before the first encrypted message goes out.
        self.client
            .encryption()
            .wait_for_e2ee_initialization_tasks()
            .await;
        Account::new(self.client, saved).await
    }
}
