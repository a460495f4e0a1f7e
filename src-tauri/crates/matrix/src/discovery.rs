//! Finds a homeserver by what a person types: a server name (through `.well-known`) or an address.

use crate::error::{Error, Result};
use parta_model::{ServerInfo, SsoProvider};
use serde::Deserialize;
use std::time::Duration;
use url::Url;

/// Servers on a slow school link still answer within this.
const TIMEOUT: Duration = Duration::from_secs(15);
/// A `.well-known` file or a list of login types is a few hundred bytes.
const MOST_BYTES: usize = 64 * 1024;

#[derive(Deserialize)]
struct WellKnown {
    #[serde(rename = "m.homeserver")]
    homeserver: BaseUrl,
}

#[derive(Deserialize)]
struct BaseUrl {
    base_url: String,
}

#[derive(Deserialize)]
struct Versions {
    versions: Vec<String>,
}

#[derive(Deserialize)]
struct Flows {
    flows: Vec<Flow>,
}

#[derive(Deserialize)]
struct Flow {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    identity_providers: Vec<Provider>,
}

#[derive(Deserialize)]
struct Provider {
    id: String,
    name: String,
}

/// What an address turned out to be.
enum Probe {
    Matrix,
    SomethingElse,
    Nothing(Error),
}

/// Looks a server up and says how one signs in there.
pub async fn find_server(typed: &str) -> Result<ServerInfo> {
    let http = reqwest::Client::builder()
        .timeout(TIMEOUT)
        .build()
        .map_err(|_| Error::Internal("no HTTP client"))?;
    let typed = tidy(typed);
    let mut seen_something = false;
    let mut worst = None;
    for candidate in candidates(&http, &typed).await? {
        match probe(&http, &candidate).await {
            Probe::Matrix => return login_types(&http, &typed, &candidate).await,
            Probe::SomethingElse => seen_something = true,
            Probe::Nothing(error) => worst = Some(error),
        }
    }
    if seen_something {
        Err(Error::NotMatrix)
    } else {
        Err(worst.unwrap_or(Error::ServerNotFound))
    }
}

/// What people paste: spaces, a trailing slash, a user id, capital letters.
fn tidy(typed: &str) -> String {
    let typed = typed.trim().trim_end_matches('/');
    let server = match typed.strip_prefix('@').and_then(|id| id.split_once(':')) {
        Some((_, server)) => server,
        None => typed,
    };
    server.to_lowercase()
}

async fn candidates(http: &reqwest::Client, typed: &str) -> Result<Vec<Url>> {
    let parse = |text: &str| {
        Url::parse(text)
            .ok()
            .filter(|url| url.has_host())
            .ok_or(Error::ServerNotFound)
    };
    if typed.starts_with("http://") || typed.starts_with("https://") {
        let url = parse(typed)?;
        let mut found = vec![url.clone()];
        // People also paste the address of a web page of the same organisation.
        found.extend(well_known(http, &url).await);
        return Ok(found);
    }
    if typed.is_empty() || typed.contains(char::is_whitespace) || typed.contains("://") {
        return Err(Error::ServerNotFound);
    }
    let secure = parse(&format!("https://{typed}"))?;
    let mut found: Vec<Url> = well_known(http, &secure).await.into_iter().collect();
    found.push(secure.clone());
    // Plain HTTP never leaves the machine.
    if matches!(secure.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) {
        found.insert(0, parse(&format!("http://{typed}"))?);
    }
    Ok(found)
}

async fn well_known(http: &reqwest::Client, site: &Url) -> Option<Url> {
    let found: WellKnown = get(http, &site.join("/.well-known/matrix/client").ok()?)
        .await
        .ok()?;
    Url::parse(&found.homeserver.base_url)
        .ok()
        .filter(|url| url.has_host())
}

async fn probe(http: &reqwest::Client, base: &Url) -> Probe {
    let Ok(url) = at(base, "_matrix/client/versions") else {
        return Probe::Nothing(Error::ServerNotFound);
    };
    match get::<Versions>(http, &url).await {
        Ok(versions) if !versions.versions.is_empty() => Probe::Matrix,
        Ok(_) => Probe::SomethingElse,
        Err(GetError::NotThat) => Probe::SomethingElse,
        Err(GetError::Transport(error)) => Probe::Nothing(error),
    }
}

async fn login_types(http: &reqwest::Client, name: &str, base: &Url) -> Result<ServerInfo> {
    let flows: Flows = get(http, &at(base, "_matrix/client/v3/login")?)
        .await
        .map_err(|error| match error {
            GetError::NotThat => Error::NotMatrix,
            GetError::Transport(error) => error,
        })?;
    let sso = flows.flows.iter().find(|flow| flow.kind == "m.login.sso");
    Ok(ServerInfo {
        name: name.to_owned(),
        url: base.as_str().trim_end_matches('/').to_owned(),
        password: flows
            .flows
            .iter()
            .any(|flow| flow.kind == "m.login.password"),
        sso: sso.is_some(),
        providers: sso
            .map(|flow| {
                flow.identity_providers
                    .iter()
                    .map(|p| SsoProvider {
                        id: p.id.clone(),
                        name: p.name.clone(),
                    })
                    .collect()
            })
            .unwrap_or_default(),
    })
}

fn at(base: &Url, path: &str) -> Result<Url> {
    Url::parse(&format!("{}/{path}", base.as_str().trim_end_matches('/')))
        .map_err(|_| Error::ServerNotFound)
}

enum GetError {
    /// Something answered, and not with what was asked for.
    NotThat,
    Transport(Error),
}

async fn get<T: for<'de> Deserialize<'de>>(
    http: &reqwest::Client,
    url: &Url,
) -> Result<T, GetError> {
    let mut response = http
        .get(url.clone())
        .send()
        .await
        .map_err(|error| GetError::Transport(transport(&error)))?;
    if !response.status().is_success() {
        return Err(GetError::NotThat);
    }
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| GetError::Transport(transport(&error)))?
    {
        body.extend_from_slice(&chunk);
        if body.len() > MOST_BYTES {
            return Err(GetError::NotThat);
        }
    }
    serde_json::from_slice(&body).map_err(|_| GetError::NotThat)
}

/// A name that does not exist or a closed port is a wrong server; silence and a missing route are a missing network.
fn transport(error: &reqwest::Error) -> Error {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(cause) = source {
        if let Some(io) = cause.downcast_ref::<std::io::Error>() {
            use std::io::ErrorKind::{
                ConnectionRefused, HostUnreachable, NetworkDown, NetworkUnreachable, TimedOut,
            };
            match io.kind() {
                ConnectionRefused => return Error::ServerNotFound,
                HostUnreachable | NetworkUnreachable | NetworkDown | TimedOut => {
                    return Error::Network;
                }
                _ => {}
            }
        }
        let words = cause.to_string();
        if words.contains("Name or service not known")
            || words.contains("No such host")
            || words.contains("nodename nor servname")
            || words.contains("No address associated")
        {
            return Error::ServerNotFound;
        }
        source = cause.source();
    }
    Error::Network
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn what_people_paste_becomes_a_server() {
        for (typed, server) in [
            (" School1.example ", "school1.example"),
            (
                "https://matrix.school1.example/",
                "https://matrix.school1.example",
            ),
            ("@m.shchukina:school1.example", "school1.example"),
            ("localhost:8008", "localhost:8008"),
        ] {
            assert_eq!(tidy(typed), server);
        }
    }
}
