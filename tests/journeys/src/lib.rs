//! Drives the whole application against a real server, the way a window does: calls, streams and their diffs.

mod diffs;
mod files;

use diffs::follow;
use parta_testkit::{Homeserver, Options};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, Command};
use tokio::sync::{mpsc, oneshot, watch};

/// What does not happen within this does not happen.
const DEADLINE: Duration = Duration::from_secs(90);

type Calls = Arc<Mutex<HashMap<u64, oneshot::Sender<Result<Value, Value>>>>>;
type Streams = Arc<Mutex<HashMap<u64, watch::Sender<Value>>>>;

/// A person's place on a device: a profile and a keychain that outlive the app.
pub struct Device {
    pub dir: tempfile::TempDir,
    keychain: bool,
}

impl Device {
    pub fn new() -> anyhow::Result<Self> {
        let dir = tempfile::tempdir()?;
        std::fs::create_dir(dir.path().join("keychain"))?;
        Ok(Self {
            dir,
            keychain: true,
        })
    }

    /// A system that has no keychain at all.
    pub fn without_keychain() -> anyhow::Result<Self> {
        Ok(Self {
            keychain: false,
            ..Self::new()?
        })
    }

    pub fn profile(&self) -> PathBuf {
        self.dir.path().join("profile")
    }

    /// The folder of the SDK's stores.
    pub fn stores(&self) -> anyhow::Result<PathBuf> {
        for entry in std::fs::read_dir(self.profile())? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with("sdk-") {
                return Ok(entry.path());
            }
        }
        anyhow::bail!("no stores in the profile")
    }

    pub async fn start(&self) -> anyhow::Result<App> {
        let mut app = App::start(
            &self.profile(),
            self.keychain
                .then(|| self.dir.path().join("keychain"))
                .as_deref(),
        )
        .await?;
        // A window asks for nothing before the profile is open.
        let session = app.watch("session", json!({})).await;
        session
            .until("an opened profile", |session| {
                session["kind"]
                    .as_str()
                    .is_some_and(|kind| kind != "starting")
            })
            .await;
        app.unwatch(session).await;
        Ok(app)
    }
}

/// The running application.
pub struct App {
    child: Child,
    stdin: ChildStdin,
    next: u64,
    calls: Calls,
    streams: Streams,
}

/// An open stream: its list or value as a window would hold it.
pub struct Stream {
    id: u64,
    value: watch::Receiver<Value>,
}

impl App {
    async fn start(profile: &Path, keychain: Option<&Path>) -> anyhow::Result<Self> {
        let program = std::env::current_exe()?
            .parent()
            .and_then(Path::parent)
            .map(|dir| dir.join(format!("parta-journey-app{}", std::env::consts::EXE_SUFFIX)));
        let program = program.ok_or_else(|| anyhow::anyhow!("no folder of executables"))?;
        let mut child = Command::new(program)
            .arg(profile)
            .args(keychain)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let stdin = child
            .stdin
            .take()
            .ok_or_else(|| anyhow::anyhow!("no stdin"))?;
        let stdout = child
            .stdout
            .take()
            .ok_or_else(|| anyhow::anyhow!("no stdout"))?;
        let (calls, streams) = (Calls::default(), Streams::default());
        tokio::spawn({
            let (calls, streams) = (calls.clone(), streams.clone());
            async move {
                let mut lines = BufReader::new(stdout).lines();
                while let Ok(Some(line)) = lines.next_line().await {
                    let Ok(frame) = serde_json::from_str::<Value>(&line) else {
                        continue;
                    };
                    take(&frame, &calls, &streams);
                }
                // The app is gone: nobody waits for its answers any more.
                calls
                    .lock()
                    .expect("no test panics while it holds this")
                    .clear();
            }
        });
        Ok(Self {
            child,
            stdin,
            next: 0,
            calls,
            streams,
        })
    }

    async fn say(&mut self, mut frame: Value) -> u64 {
        self.next += 1;
        frame["id"] = json!(self.next);
        self.stdin
            .write_all(format!("{frame}\n").as_bytes())
            .await
            .expect("the app listens");
        self.next
    }

    /// One call; the error is the one a window gets.
    pub async fn call(&mut self, name: &str, args: Value) -> Result<Value, Value> {
        self.ask(name, json!({"call": name, "args": args})).await
    }

    /// A call that is waited for later.
    pub async fn begin(
        &mut self,
        name: &str,
        args: Value,
    ) -> impl Future<Output = Result<Value, Value>> + use<> {
        self.post(name, json!({"call": name, "args": args})).await
    }

    pub(crate) async fn ask(&mut self, name: &str, frame: Value) -> Result<Value, Value> {
        self.post(name, frame).await.await
    }

    async fn post(
        &mut self,
        name: &str,
        frame: Value,
    ) -> impl Future<Output = Result<Value, Value>> + use<> {
        let name = name.to_owned();
        let (tell, answer) = oneshot::channel();
        // Nothing is read between the two: the answer can't come before its place is there.
        self.calls
            .lock()
            .expect("no test panics while it holds this")
            .insert(self.next + 1, tell);
        self.say(frame).await;
        async move {
            tokio::time::timeout(DEADLINE, answer)
                .await
                .unwrap_or_else(|_| panic!("{name} did not answer"))
                .unwrap_or_else(|_| panic!("the app went away during {name}"))
        }
    }

    pub async fn watch(&mut self, name: &str, args: Value) -> Stream {
        let (tell, value) = watch::channel(Value::Null);
        self.streams
            .lock()
            .expect("no test panics while it holds this")
            .insert(self.next + 1, tell);
        let id = self.say(json!({"watch": name, "args": args})).await;
        Stream { id, value }
    }

    pub async fn unwatch(&mut self, stream: Stream) {
        let frame = json!({"id": stream.id, "unwatch": true});
        self.stdin
            .write_all(format!("{frame}\n").as_bytes())
            .await
            .expect("the app listens");
    }

    /// Ends it without a warning.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("the app runs");
    }

    /// Ends it as closing the window does.
    pub async fn quit(mut self) {
        drop(self.stdin);
        let ended = tokio::time::timeout(DEADLINE, self.child.wait()).await;
        assert!(
            ended
                .expect("the app ends")
                .expect("it can be waited for")
                .success()
        );
    }

    /// Signs in and waits until the server has answered.
    pub async fn sign_in(&mut self, server: &Homeserver, user: &str) -> Result<(), Value> {
        self.call(
            "sign_in",
            json!({"server": server.url(), "user": user, "password": PASSWORD}),
        )
        .await?;
        self.online().await;
        Ok(())
    }

    pub async fn online(&mut self) {
        let connection = self.watch("connection", json!({})).await;
        connection.until("online", |c| c["link"] == "online").await;
    }
}

impl Stream {
    /// Waits until it holds; gives the value.
    pub async fn until(&self, what: &str, mut holds: impl FnMut(&Value) -> bool) -> Value {
        let mut value = self.value.clone();
        let found = tokio::time::timeout(DEADLINE, value.wait_for(|value| holds(value))).await;
        match found {
            Ok(Ok(value)) => value.clone(),
            _ => panic!("waited for «{what}» and had {:#}", *self.value.borrow()),
        }
    }

    pub fn now(&self) -> Value {
        self.value.borrow().clone()
    }
}

fn take(frame: &Value, calls: &Calls, streams: &Streams) {
    let Some(id) = frame["id"].as_u64() else {
        return;
    };
    if let Some(update) = frame.get("update") {
        if let Some(stream) = streams
            .lock()
            .expect("no test panics while it holds this")
            .get(&id)
        {
            stream.send_modify(|value| follow(value, update));
        }
        return;
    }
    let answer = match frame.get("error") {
        Some(error) => Err(error.clone()),
        None => Ok(frame["ok"].clone()),
    };
    if let Some(call) = calls
        .lock()
        .expect("no test panics while it holds this")
        .remove(&id)
    {
        let _ = call.send(answer);
    } else if let Some(stream) = streams
        .lock()
        .expect("no test panics while it holds this")
        .get(&id)
    {
        stream.send_replace(json!({"error": answer.err()}));
    }
}

pub const PASSWORD: &str = "correct horse";

/// A server with a few accounts, all with the same password.
pub async fn server(users: &[(&str, &str)]) -> anyhow::Result<(Homeserver, tempfile::TempDir)> {
    let dir = tempfile::tempdir()?;
    let server = Homeserver::start(Options::new(dir.path().join("synapse"))?).await?;
    for (login, name) in users {
        server.register(login, PASSWORD, name).await?;
    }
    Ok((server, dir))
}

/// A chat of these people; the first one made it.
pub async fn chat(
    server: &Homeserver,
    people: &[&str],
    name: Option<&str>,
    encrypted: bool,
) -> anyhow::Result<String> {
    let (first, others) = people
        .split_first()
        .ok_or_else(|| anyhow::anyhow!("a chat of nobody"))?;
    let mut body = json!({
        "preset": "private_chat",
        "is_direct": name.is_none(),
        "invite": others.iter().map(|other| server.user_id(other)).collect::<Vec<_>>(),
    });
    if let Some(name) = name {
        body["name"] = json!(name);
    }
    if encrypted {
        body["initial_state"] = json!([{"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}]);
    }
    let made = server
        .acting_as(first)
        .post("/_matrix/client/v3/createRoom", body)
        .await?;
    let room = made["room_id"]
        .as_str()
        .ok_or_else(|| anyhow::anyhow!("no room id"))?
        .to_owned();
    for other in others {
        server
            .acting_as(other)
            .post(
                &format!("/_matrix/client/v3/join/{}", parta_testkit::segment(&room)),
                json!({}),
            )
            .await?;
    }
    Ok(room)
}

/// The texts on the server, oldest first, as one of the members gets them.
pub async fn texts(server: &Homeserver, member: &str, room: &str) -> anyhow::Result<Vec<String>> {
    let path = format!(
        "/_matrix/client/v3/rooms/{}/messages?dir=f&limit=500",
        parta_testkit::segment(room)
    );
    let page = server.acting_as(member).get(&path).await?;
    let events = page["chunk"].as_array().cloned().unwrap_or_default();
    Ok(events
        .iter()
        .filter_map(|event| event["content"]["body"].as_str().map(str::to_owned))
        .collect())
}

/// The texts a conversation shows, oldest first, with how far each has come.
pub fn shown(timeline: &Value) -> Vec<(String, String)> {
    let items = timeline.as_array().cloned().unwrap_or_default();
    let said = items.iter().filter_map(|item| {
        let message = &item["kind"]["message"];
        let text = message["body"]["text"]["plain"].as_str()?;
        Some((
            text.to_owned(),
            message["send"]["kind"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
        ))
    });
    said.collect()
}

/// The row of a chat in the list.
pub fn row<'a>(chats: &'a Value, chat: &str) -> Option<&'a Value> {
    chats.as_array()?.iter().find(|row| row["id"] == chat)
}

/// The lines of the standard input; ends with it.
pub fn input_lines() -> mpsc::UnboundedReceiver<String> {
    let (tell, lines) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines() {
            let Ok(line) = line else { return };
            if tell.send(line).is_err() {
                return;
            }
        }
    });
    lines
}
