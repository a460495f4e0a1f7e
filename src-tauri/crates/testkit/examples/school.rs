//! Starts a homeserver with the demo school and keeps it until Ctrl-C.
//!
//! ```text
//! cargo run -p parta-testkit --example school -- DIR [PORT] [tiny|small|school|big]
//! ```
//! The folder is filled at the first start and used again at the next.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use parta_testkit::school::{School, Size};
use parta_testkit::seed::{self, Progress};
use parta_testkit::{Homeserver, Options};

#[tokio::main]
async fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let dir = PathBuf::from(words.next().context("name a folder for the homeserver")?);
    let mut options = Options::new(&dir)?;
    let mut size = Size::SMALL;
    for word in words {
        match word.as_str() {
            "tiny" => size = Size::TINY,
            "small" => size = Size::SMALL,
            "school" => size = Size::SCHOOL,
            "big" => size = Size::BIG,
            port => match port.parse() {
                Ok(port) => options.port = Some(port),
                Err(_) => bail!("«{port}» is neither a port nor a size"),
            },
        }
    }
    let school = School::generate(1, size);
    let start = Instant::now();
    let mut homeserver = if seed::is_seeded(&dir) {
        Homeserver::start(options).await?
    } else {
        let shown = Mutex::new((None, 0));
        let progress = |now: Progress| show(now, &shown);
        let (homeserver, _) = seed::start(options, &school, seed::now(), &progress).await?;
        println!();
        homeserver
    };
    println!(
        "{} ready after {:.1} s",
        homeserver.url(),
        start.elapsed().as_secs_f32()
    );
    for account in school.accounts() {
        println!(
            "{:<8} {:<16} {}  {}",
            account.role, account.login, account.password, account.name
        );
    }
    println!("Ctrl-C stops it.");
    tokio::signal::ctrl_c().await?;
    homeserver.stop().await
}

/// One line for each stage, repainted at every percent.
fn show(now: Progress, shown: &Mutex<(Option<seed::Stage>, usize)>) {
    let percent = now.done * 100 / now.total.max(1);
    let mut shown = shown.lock().expect("nobody panics while showing progress");
    if shown.0 == Some(now.stage) && shown.1 == percent {
        return;
    }
    if shown.0 != Some(now.stage) {
        println!();
    }
    *shown = (Some(now.stage), percent);
    print!("\r{:?} {}/{} ", now.stage, now.done, now.total);
    let _ = std::io::stdout().flush();
}
