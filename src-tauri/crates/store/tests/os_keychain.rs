//! The system's own keychain. Runs only where a test harness has started one and says so, since on a person's machine it
//! would write into his keychain.

use parta_store::{KeyState, Keychain, OsKeychain, open_key};

fn wanted() -> bool {
    let wanted = std::env::var_os("PARTA_TEST_KEYCHAIN").is_some_and(|value| value == "1");
    if !wanted {
        eprintln!("skipped: PARTA_TEST_KEYCHAIN is not 1");
    }
    wanted
}

#[test]
fn the_system_keeps_replaces_and_forgets_a_secret() {
    if !wanted() {
        return;
    }
    let id = format!("test-{}", std::process::id());
    assert_eq!(OsKeychain.get(&id).unwrap(), None);
    OsKeychain.set(&id, &[0, 255, 7]).unwrap();
    assert_eq!(OsKeychain.get(&id).unwrap(), Some(vec![0, 255, 7]));
    OsKeychain.set(&id, b"another").unwrap();
    assert_eq!(
        OsKeychain.get(&id).unwrap().as_deref(),
        Some(&b"another"[..])
    );
    OsKeychain.delete(&id).unwrap();
    OsKeychain.delete(&id).unwrap();
    assert_eq!(OsKeychain.get(&id).unwrap(), None);
}

#[test]
fn a_profile_finds_its_key_in_the_system() {
    if !wanted() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let KeyState::Ready(first) = open_key(dir.path(), &OsKeychain).unwrap() else {
        panic!("no key was made")
    };
    let KeyState::Ready(second) = open_key(dir.path(), &OsKeychain).unwrap() else {
        panic!("the key was not found")
    };
    assert_eq!(first.bytes(), second.bytes());
    let json: serde_json::Value =
        serde_json::from_slice(&std::fs::read(dir.path().join("key.json")).unwrap()).unwrap();
    OsKeychain.delete(json["id"].as_str().unwrap()).unwrap();
    assert!(matches!(
        open_key(dir.path(), &OsKeychain).unwrap(),
        KeyState::KeyLost
    ));
}
