//! A real server for tests that are not written in Rust: two people, one chat, and a line of JSON for each command.
//!
//! Prints `{url, chat, password}`, then obeys `kill`, `restart`, `end-sessions LOGIN`, `texts` on its input and answers
//! each with one line. Ends with its input.

use parta_journeys::{PASSWORD, chat, server, texts};
use serde_json::json;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (mut server, _dir) = server(&[
        ("maria", "Мария Петровна Щукина"),
        ("olga", "Ольга Кузнецова"),
    ])
    .await?;
    let room = chat(&server, &["maria", "olga"], Some("5 «А» · родители"), false).await?;
    println!(
        "{}",
        json!({"url": server.url(), "chat": room, "password": PASSWORD})
    );
    let mut lines = parta_journeys::input_lines();
    while let Some(line) = lines.recv().await {
        let answer = match line.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["kill"] => server.kill().await.map(|()| json!("killed"))?,
            ["restart"] => server.restart().await.map(|()| json!("running"))?,
            ["end-sessions", login] => server.end_sessions(login).await.map(|()| json!("ended"))?,
            ["texts"] => json!(texts(&server, "olga", &room).await?),
            _ => anyhow::bail!("an unknown command"),
        };
        println!("{answer}");
    }
    Ok(())
}
