//! Plain Matrix calls over loopback http, with the homeserver's refusals as values that a test can look at.

use reqwest::Method;
use serde_json::Value;

/// Why a call did not give what was asked for.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    #[error("{method} {path}: {status} {errcode} {error}")]
    Refused {
        method: Method,
        path: String,
        status: u16,
        errcode: String,
        error: String,
        body: Value,
    },
    #[error("{method} {path}: {source}")]
    Unreachable {
        method: Method,
        path: String,
        source: reqwest::Error,
    },
}

impl CallError {
    /// The homeserver's `errcode`, when it answered at all.
    pub fn errcode(&self) -> Option<&str> {
        match self {
            Self::Refused { errcode, .. } => Some(errcode),
            Self::Unreachable { .. } => None,
        }
    }

    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            Self::Unreachable { .. } => None,
        }
    }
}

/// The address of a homeserver and a pool of connections to it.
#[derive(Clone)]
pub struct Api {
    http: reqwest::Client,
    base: String,
}

impl Api {
    pub fn new(base: impl Into<String>) -> Self {
        Self {
            http: reqwest::Client::new(),
            base: base.into(),
        }
    }

    pub fn url(&self) -> &str {
        &self.base
    }

    /// Calls without a token.
    pub fn nobody(&self) -> Caller {
        Caller {
            api: self.clone(),
            token: None,
            masks: None,
        }
    }

    /// Calls with somebody's own access token.
    pub fn with_token(&self, token: impl Into<String>) -> Caller {
        Caller {
            api: self.clone(),
            token: Some(token.into()),
            masks: None,
        }
    }

    /// Calls with an application service's token in the name of `user_id`.
    pub(crate) fn masked(&self, token: impl Into<String>, user_id: impl Into<String>) -> Caller {
        Caller {
            api: self.clone(),
            token: Some(token.into()),
            masks: Some(user_id.into()),
        }
    }
}

/// Somebody who calls: nobody, a person with a token, or the application service in a person's name.
#[derive(Clone)]
pub struct Caller {
    api: Api,
    token: Option<String>,
    masks: Option<String>,
}

impl Caller {
    pub async fn get(&self, path: &str) -> Result<Value, CallError> {
        self.call(Method::GET, path, None).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Result<Value, CallError> {
        self.call(Method::PUT, path, Some(body)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Result<Value, CallError> {
        self.call(Method::POST, path, Some(body)).await
    }

    pub async fn delete(&self, path: &str, body: Value) -> Result<Value, CallError> {
        self.call(Method::DELETE, path, Some(body)).await
    }

    /// One call; `path` starts with `/_matrix` or `/_synapse` and has its segments encoded already ([`segment`]).
    pub async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Result<Value, CallError> {
        let mut request = self.request(method.clone(), path);
        if let Some(body) = &body {
            request = request.json(body);
        }
        self.answer(method, path, request).await
    }

    /// Uploads a file and returns its `mxc:` address.
    pub async fn upload(
        &self,
        name: &str,
        mime: &str,
        bytes: Vec<u8>,
    ) -> Result<String, CallError> {
        let path = format!("/_matrix/media/v3/upload?filename={}", segment(name));
        let request = self
            .request(Method::POST, &path)
            .header("Content-Type", mime)
            .body(bytes);
        let answer = self.answer(Method::POST, &path, request).await?;
        Ok(answer["content_uri"]
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let mut url = format!("{}{path}", self.api.base);
        if let Some(user_id) = &self.masks {
            url.push(if path.contains('?') { '&' } else { '?' });
            url.push_str("user_id=");
            url.push_str(&segment(user_id));
        }
        let request = self.api.http.request(method, url);
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    async fn answer(
        &self,
        method: Method,
        path: &str,
        request: reqwest::RequestBuilder,
    ) -> Result<Value, CallError> {
        let unreachable = |source| CallError::Unreachable {
            method: method.clone(),
            path: path.to_owned(),
            source,
        };
        let response = request.send().await.map_err(unreachable)?;
        let status = response.status();
        let bytes = response.bytes().await.map_err(unreachable)?;
        let body: Value = serde_json::from_slice(&bytes)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()));
        if status.is_success() {
            return Ok(body);
        }
        let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
        Err(CallError::Refused {
            method,
            path: path.to_owned(),
            status: status.as_u16(),
            errcode: text("errcode"),
            error: text("error"),
            body,
        })
    }
}

/// Percent-encodes one path segment or query value: state keys such as `class/2` hold characters that mean something
/// in a URL.
pub fn segment(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte))
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::segment;

    #[test]
    fn a_segment_hides_what_a_url_would_read() {
        assert_eq!(segment("5А/2?"), "5%D0%90%2F2%3F");
        assert_eq!(
            segment("@m.shchukina:localhost"),
            "%40m.shchukina%3Alocalhost"
        );
    }
}
