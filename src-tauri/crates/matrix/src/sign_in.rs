//! From a server and a password (or a browser) to an account of this device.

use crate::account::{Account, SavedSession};
use crate::error::{Error, Result};
use matrix_sdk::config::RequestConfig;
use matrix_sdk::encryption::EncryptionSettings;
use matrix_sdk::ruma::api::error::ErrorKind;
use matrix_sdk::{Client, SqliteStoreConfig};
use std::path::Path;
use std::time::Duration;
use tokio::sync::oneshot;

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
        .request_config(RequestConfig::new().timeout(Duration::from_secs(30)).retry_limit(2))
        .with_encryption_settings(EncryptionSettings { auto_enable_cross_signing: true, ..Default::default() })
        .build()
        .await?)
}

impl SignIn {
    /// Opens empty stores in `dir` for the server at `url`; `server` is its name as people say it.
    pub async fn begin(server: &str, url: &str, dir: &Path, key: &[u8; 32]) -> Result<Self> {
        Ok(Self { client: open_client(url, dir, key).await?, server: server.to_owned() })
    }

    /// `user` is a login («m.shchukina») or a full id; `device` is how others see this device in their list.
    pub async fn with_password(self, user: &str, password: &str, device: &str) -> Result<Account> {
        let login = self.client.matrix_auth().login_username(user.trim(), password).initial_device_display_name(device);
        login.send().await.map_err(|error| {
            if matches!(error.client_api_error_kind(), Some(ErrorKind::Forbidden | ErrorKind::InvalidUsername)) {
                return Error::WrongPassword;
            }
            Error::from(error)
        })?;
        self.finish().await
    }

    /// Waits until the browser comes back; `address` receives where it has to go.
    pub async fn with_browser(self, provider: Option<&str>, device: &str, address: oneshot::Sender<String>) -> Result<Account> {
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
        login.send().await.map_err(|error| match Error::from(error) {
            Error::Network => Error::Network,
            too_many @ Error::TooManyTries { .. } => too_many,
            _ => Error::Sso,
        })?;
        self.finish().await
    }

    async fn finish(self) -> Result<Account> {
        let session = self.client.matrix_auth().session().ok_or(Error::Internal("signed in without a session"))?;
        let saved = SavedSession::new(&session, &self.client, &self.server);
        // Cross-signing must exist before the first encrypted message goes out.
        self.client.encryption().wait_for_e2ee_initialization_tasks().await;
        Account::new(self.client, saved).await
    }
}
