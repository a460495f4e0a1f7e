//! Who is let in.

use axum::http::{HeaderMap, HeaderName, header};
use std::sync::{Mutex, PoisonError};

pub struct Door {
    /// Gone once it has been used.
    one_time: Mutex<Option<String>>,
    session: String,
    hosts: [String; 2],
}

impl Door {
    /// The door of one port, and the token that opens it once.
    pub fn new(port: u16) -> (Self, String) {
        let token = secret();
        let hosts = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
        (
            Self {
                one_time: Mutex::new(Some(token.clone())),
                session: secret(),
                hosts,
            },
            token,
        )
    }

    /// The session for the one-time token, used up by this, or for the session itself.
    pub fn enter(&self, token: &str) -> Option<&str> {
        let mut one_time = self.one_time.lock().unwrap_or_else(PoisonError::into_inner);
        if one_time.as_deref() == Some(token) {
            *one_time = None;
            return Some(&self.session);
        }
        self.is_session(token).then_some(&self.session)
    }

    pub fn is_session(&self, token: &str) -> bool {
        token == self.session
    }

    pub fn is_own_host(&self, headers: &HeaderMap) -> bool {
        text(headers, header::HOST).is_some_and(|host| self.hosts.iter().any(|own| own == host))
    }

    pub fn is_own_origin(&self, headers: &HeaderMap) -> bool {
        let host = text(headers, header::ORIGIN).and_then(|origin| origin.strip_prefix("http://"));
        host.is_some_and(|host| self.hosts.iter().any(|own| own == host))
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

fn secret() -> String {
    format!(
        "{:032x}{:032x}",
        rand::random::<u128>(),
        rand::random::<u128>()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_opens_once_and_its_session_always() {
        let (door, token) = Door::new(1);
        let session = door.enter(&token).unwrap().to_owned();
        assert_eq!(door.enter(&token), None);
        assert_eq!(door.enter(&session), Some(session.as_str()));
        assert!(door.is_session(&session) && !door.is_session(&token));
        assert_eq!(door.enter(""), None);
    }
}
