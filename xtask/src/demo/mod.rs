//! `cargo xtask demo`: everything from a bare machine to Parta open on a living school.

mod keeper;
mod news;
mod open;
mod school;
mod server;

pub use keeper::run as keep;
pub use school::time_to_fill;

use std::{fs, path::PathBuf, time::Instant};

use anyhow::{Context, Result, bail};

use crate::{
    args::{Args, Flag, option, switch},
    paths, proc, session,
    setup::{self, Node, Purpose, Turn, node, python},
    term,
};

pub const FLAGS: &[Flag] = &[
    option(
        "as",
        "WHO",
        "open signed in as admin, teacher, parent or pupil",
    ),
    switch(
        "fresh",
        "forget everything and start over with a new school",
    ),
    switch(
        "browser",
        "serve the interface to a browser instead of opening a window",
    ),
    option("server", "URL", "use a homeserver that runs already"),
    option(
        "port",
        "N",
        "loopback port: of the page with --browser, else of the homeserver",
    ),
];

pub const KEEPER_FLAGS: &[Flag] = keeper::FLAGS;

/// What is asked for on the command line.
struct Wish {
    role: Option<String>,
    fresh: bool,
    browser: bool,
    server: Option<String>,
    port: Option<u16>,
}

impl Wish {
    fn read(args: &Args) -> Result<Self> {
        args.no_words()?;
        let role = args.value("as").map(str::to_owned);
        if let Some(role) = &role
            && !school::ROLES.contains(&role.as_str())
        {
            bail!(
                "--as wants one of {}, not «{role}»",
                school::ROLES.join(", ")
            );
        }
        let port = match args.value("port") {
            Some(port) => Some(
                port.parse()
                    .with_context(|| format!("«{port}» is no port"))?,
            ),
            None => None,
        };
        let server = args
            .value("server")
            .map(|url| url.trim_end_matches('/').to_owned());
        if server
            .as_ref()
            .is_some_and(|url| !url.starts_with("http://") && !url.starts_with("https://"))
        {
            bail!("--server wants an address such as http://127.0.0.1:8008");
        }
        let wish = Self {
            role,
            fresh: args.has("fresh"),
            browser: args.has("browser"),
            server,
            port,
        };
        if wish.fresh && wish.server.is_some() {
            bail!("--fresh makes a new school on a server of ours; it has no power over --server");
        }
        Ok(wish)
    }

    /// The name of the profile: people don't share one, nor do the window and the browser.
    fn profile(&self) -> String {
        let who = self.role.as_deref().unwrap_or("main");
        if self.browser {
            format!("{who}-browser")
        } else {
            who.to_owned()
        }
    }

    fn is_headless(&self) -> bool {
        !self.browser && !has_display()
    }
}

/// The folders of the demo.
struct Places {
    root: PathBuf,
}

impl Places {
    fn new() -> Result<Self> {
        let root = paths::demo()?;
        fs::create_dir_all(&root).with_context(|| format!("cannot make {}", root.display()))?;
        Ok(Self { root })
    }

    fn server(&self) -> PathBuf {
        self.root.join("server")
    }

    fn snapshot(&self) -> PathBuf {
        self.root.join("snapshot")
    }

    fn profiles(&self) -> PathBuf {
        self.root.join("profiles")
    }

    fn keychains(&self) -> PathBuf {
        self.root.join("keychains")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }
}

fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

pub fn run(args: Args) -> Result<()> {
    let since = Instant::now();
    let wish = Wish::read(&args)?;
    let places = Places::new()?;
    if wish.server.is_none() {
        python::refuse_windows()?;
    }
    term::title("Setting up");
    set_up_system(&wish)?;

    // From here on Ctrl-C leaves in order: the window first, then the server when nobody else uses it.
    proc::end_groups_on_signal(|| {
        session::clear_scratch();
        server::leave();
    })?;
    // The school is filled while the app is built.
    let coming = match &wish.server {
        Some(url) => {
            server::check(url)?;
            None
        }
        None => Some(server::begin(&places, &wish)?),
    };
    set_up_app()?;

    term::title("The school");
    let url = match (coming, &wish.server) {
        (Some(coming), _) => coming.url(&places, &wish)?,
        (None, url) => url.clone().unwrap_or_default(),
    };
    let accounts = school::Accounts::write(&places, &url)?;
    let result = open::open(&wish, &places, &url, &accounts, since);
    server::leave();
    result
}

fn set_up_system(wish: &Wish) -> Result<()> {
    if wish.is_headless() {
        term::say(
            "  There is no display here: Parta will run on a screen nobody sees and leave a picture.",
        );
    }
    let _turn = Turn::take()?;
    let mut purposes = vec![Purpose::Build, Purpose::Run];
    if wish.is_headless() {
        purposes.push(Purpose::Headless);
    }
    setup::system(&purposes)?;
    if wish.server.is_none() {
        python::synapse()?;
    }
    Ok(())
}

fn set_up_app() -> Result<()> {
    let _turn = Turn::take()?;
    let node = Node::ensure()?;
    node::packages(&node, "ui")?;
    node::build_ui(&node)?;
    term::say(format!(
        "  {} the app; the first build takes some minutes",
        term::quiet("·")
    ));
    let began = Instant::now();
    setup::build_app()?;
    term::done("the app", began.elapsed());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(line: &str) -> Result<Wish> {
        let line: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Wish::read(&Args::read(FLAGS, &line)?)
    }

    #[test]
    fn people_have_profiles_of_their_own() {
        assert_eq!(wish("").unwrap().profile(), "main");
        assert_eq!(wish("--as teacher").unwrap().profile(), "teacher");
        assert_eq!(
            wish("--as teacher --browser").unwrap().profile(),
            "teacher-browser"
        );
    }

    #[test]
    fn nonsense_is_refused_before_anything_is_done() {
        assert!(wish("--as nobody").is_err());
        assert!(wish("--port many").is_err());
        assert!(wish("--server localhost").is_err());
        assert!(wish("--server http://127.0.0.1:8008 --fresh").is_err());
        assert_eq!(
            wish("--server http://127.0.0.1:8008/")
                .unwrap()
                .server
                .unwrap(),
            "http://127.0.0.1:8008"
        );
    }
}
