//! What the person's account holds for his devices alone.

use crate::account::Account;
use crate::error::{Error, Result};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, stream};
use matrix_sdk::event_handler::RawEvent;
use matrix_sdk::ruma::events::{AnyGlobalAccountDataEvent, GlobalAccountDataEventType};
use matrix_sdk::ruma::serde::Raw;
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::mpsc;

#[derive(Deserialize)]
struct News {
    #[serde(rename = "type")]
    kind: String,
    content: Value,
}

impl Account {
    /// What lies under a name, as the server has it now.
    pub async fn own_data(&self, kind: &str) -> Result<Option<Value>> {
        let kind = GlobalAccountDataEventType::from(kind);
        let found = self.client.account().fetch_account_data(kind).await?;
        Ok(found.and_then(|raw| serde_json::from_str(raw.json().get()).ok()))
    }

    /// What lies under a name as far as this device knows.
    pub async fn kept_own_data(&self, kind: &str) -> Result<Option<Value>> {
        let kind = GlobalAccountDataEventType::from(kind);
        let found = self.client.account().account_data_raw(kind).await?;
        Ok(found.and_then(|raw| serde_json::from_str(raw.json().get()).ok()))
    }

    pub async fn set_own_data(&self, kind: &str, content: &Value) -> Result<()> {
        let raw = Raw::from_json_string(content.to_string())
            .map_err(|_| Error::Internal("account data is JSON"))?;
        let kind = GlobalAccountDataEventType::from(kind);
        self.client
            .account()
            .set_account_data_raw(kind, raw)
            .await?;
        Ok(())
    }

    /// Whatever under names with this beginning is changed, here or on another device, as the sync tells of it.
    pub fn own_data_news(&self, beginning: &'static str) -> BoxStream<'static, (String, Value)> {
        let (tell, told) = mpsc::unbounded_channel();
        let handler =
            self.client
                .add_event_handler(move |_: AnyGlobalAccountDataEvent, raw: RawEvent| {
                    let news = serde_json::from_str::<News>(raw.get());
                    if let Ok(News { kind, content }) = news
                        && kind.starts_with(beginning)
                    {
                        // Nobody listens any more once the stream is dropped.
                        let _ = tell.send((kind, content));
                    }
                    std::future::ready(())
                });
        let guard = self.client.event_handler_drop_guard(handler);
        stream::unfold((told, guard), async |(mut told, guard)| {
            let news = told.recv().await?;
            Some((news, (told, guard)))
        })
        .boxed()
    }
}
