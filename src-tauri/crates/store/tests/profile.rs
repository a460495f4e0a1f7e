//! The key of a profile: made once, found again, never guessed and never replaced.

#![allow(clippy::unwrap_used, reason = "shared steps of tests")]

use parta_store::*;
use std::{fs, path::Path};

const CHEAP: PasswordCost = PasswordCost {
    memory_kib: 64,
    passes: 1,
    lanes: 1,
};
const PASSWORD: &str = "осенний лист";

fn ready(state: KeyState) -> DataKey {
    match state {
        KeyState::Ready(key) => key,
        other => panic!("{other:?}"),
    }
}

fn key_json(dir: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(dir.join("key.json")).unwrap()).unwrap()
}

fn change(dir: &Path, field: &str, value: serde_json::Value) {
    let mut json = key_json(dir);
    json[field] = value;
    fs::write(dir.join("key.json"), json.to_string()).unwrap();
}

#[test]
fn the_first_run_makes_a_key_and_the_next_finds_it() {
    let dir = tempfile::tempdir().unwrap();
    let profile = dir.path().join("deep/profile");
    let keychain = MemoryKeychain::new();
    let first = ready(open_key(&profile, &keychain).unwrap());
    let second = ready(open_key(&profile, &keychain).unwrap());
    assert_eq!(first.bytes(), second.bytes());
    assert_eq!(keychain.ids().len(), 1);
    let json = key_json(&profile);
    assert_eq!(
        (json["version"].as_u64(), json["where"].as_str()),
        (Some(1), Some("keychain"))
    );
    assert_eq!(json["id"].as_str(), Some(keychain.ids()[0].as_str()));
}

#[test]
fn two_profiles_have_keys_of_their_own() {
    let dir = tempfile::tempdir().unwrap();
    let keychain = MemoryKeychain::new();
    let one = ready(open_key(&dir.path().join("teacher"), &keychain).unwrap());
    let two = ready(open_key(&dir.path().join("parent"), &keychain).unwrap());
    assert_ne!(one.bytes(), two.bytes());
}

#[test]
fn without_a_keychain_nothing_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let profile = dir.path().join("profile");
    let refusing = MemoryKeychain::new();
    refusing.set_read_only(true);
    for keychain in [MemoryKeychain::absent(), refusing] {
        assert!(matches!(
            open_key(&profile, &keychain).unwrap(),
            KeyState::NoKeychain
        ));
        assert!(!profile.exists());
    }
}

#[test]
fn a_keychain_that_forgets_what_it_took_is_none() {
    struct Forgetful;
    impl Keychain for Forgetful {
        fn get(&self, _: &str) -> Result<Option<Vec<u8>>, KeychainError> {
            Ok(None)
        }
        fn set(&self, _: &str, _: &[u8]) -> Result<(), KeychainError> {
            Ok(())
        }
        fn delete(&self, _: &str) -> Result<(), KeychainError> {
            Ok(())
        }
    }
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(
        open_key(dir.path(), &Forgetful).unwrap(),
        KeyState::NoKeychain
    ));
    assert!(!dir.path().join("key.json").exists());
}

#[test]
fn an_emptied_keychain_means_the_key_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let keychain = MemoryKeychain::new();
    ready(open_key(dir.path(), &keychain).unwrap());
    keychain.clear();
    assert!(matches!(
        open_key(dir.path(), &keychain).unwrap(),
        KeyState::KeyLost
    ));
    assert!(keychain.ids().is_empty(), "no new key takes its place");
}

#[test]
fn another_key_in_the_keychain_means_the_key_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let keychain = MemoryKeychain::new();
    ready(open_key(dir.path(), &keychain).unwrap());
    let id = keychain.ids().remove(0);
    for wrong in [DataKey::generate().bytes().to_vec(), b"short".to_vec()] {
        keychain.set(&id, &wrong).unwrap();
        assert!(matches!(
            open_key(dir.path(), &keychain).unwrap(),
            KeyState::KeyLost
        ));
    }
}

#[test]
fn a_silent_keychain_is_no_lost_key() {
    let dir = tempfile::tempdir().unwrap();
    let keychain = MemoryKeychain::new();
    let before = ready(open_key(dir.path(), &keychain).unwrap());
    keychain.set_absent(true);
    assert!(matches!(
        open_key(dir.path(), &keychain).unwrap(),
        KeyState::NoAnswer
    ));
    keychain.set_absent(false);
    assert_eq!(
        ready(open_key(dir.path(), &keychain).unwrap()).bytes(),
        before.bytes()
    );
}

#[test]
fn a_database_without_its_key_file_gets_no_new_key() {
    let dir = tempfile::tempdir().unwrap();
    let keychain = MemoryKeychain::new();
    let key = ready(open_key(dir.path(), &keychain).unwrap());
    drop(Store::open(dir.path(), &key).unwrap());
    fs::remove_file(dir.path().join("key.json")).unwrap();
    assert!(matches!(
        open_key(dir.path(), &keychain).unwrap(),
        KeyState::KeyLost
    ));
    assert!(matches!(
        choose_password_at(dir.path(), PASSWORD, CHEAP),
        Err(KeyError::ProfileExists)
    ));
}

#[test]
fn a_password_gives_the_key_back() {
    let dir = tempfile::tempdir().unwrap();
    let chosen = choose_password_at(dir.path(), PASSWORD, CHEAP).unwrap();
    assert!(matches!(
        open_key(dir.path(), &MemoryKeychain::new()).unwrap(),
        KeyState::NeedsPassword
    ));
    assert_eq!(
        enter_password(dir.path(), PASSWORD).unwrap().bytes(),
        chosen.bytes()
    );
    let json = key_json(dir.path());
    for field in [
        "version",
        "where",
        "salt",
        "memory_kib",
        "passes",
        "lanes",
        "nonce",
        "wrapped",
    ] {
        assert!(!json[field].is_null(), "{field}");
    }
}

#[test]
fn the_usual_cost_works() {
    let dir = tempfile::tempdir().unwrap();
    let chosen = choose_password(dir.path(), PASSWORD).unwrap();
    assert_eq!(key_json(dir.path())["memory_kib"], 65536);
    assert_eq!(
        enter_password(dir.path(), PASSWORD).unwrap().bytes(),
        chosen.bytes()
    );
}

#[test]
fn a_wrong_password_is_told() {
    let dir = tempfile::tempdir().unwrap();
    choose_password_at(dir.path(), PASSWORD, CHEAP).unwrap();
    assert!(matches!(
        enter_password(dir.path(), "осенний лес"),
        Err(KeyError::Wrong)
    ));
}

#[test]
fn a_weak_password_is_refused_by_its_characters() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(
        choose_password_at(dir.path(), "семьбук", CHEAP),
        Err(KeyError::Weak)
    ));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    choose_password_at(dir.path(), "семьбукв", CHEAP).unwrap();
}

#[test]
fn a_key_is_never_replaced() {
    let dir = tempfile::tempdir().unwrap();
    choose_password_at(dir.path(), PASSWORD, CHEAP).unwrap();
    let before = fs::read(dir.path().join("key.json")).unwrap();
    assert!(matches!(
        choose_password_at(dir.path(), PASSWORD, CHEAP),
        Err(KeyError::ProfileExists)
    ));
    assert_eq!(fs::read(dir.path().join("key.json")).unwrap(), before);
}

#[test]
fn a_password_is_asked_only_where_there_is_one() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(
        enter_password(dir.path(), PASSWORD),
        Err(KeyError::NoPassword)
    ));
    ready(open_key(dir.path(), &MemoryKeychain::new()).unwrap());
    assert!(matches!(
        enter_password(dir.path(), PASSWORD),
        Err(KeyError::NoPassword)
    ));
}

#[test]
fn a_changed_key_file_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    choose_password_at(dir.path(), PASSWORD, CHEAP).unwrap();
    let whole = fs::read(dir.path().join("key.json")).unwrap();
    let after = |field: &str, value: serde_json::Value| {
        fs::write(dir.path().join("key.json"), &whole).unwrap();
        change(dir.path(), field, value);
        enter_password(dir.path(), PASSWORD).err().unwrap()
    };
    let other_salt = "AAAAAAAAAAAAAAAAAAAAAA==";
    assert!(matches!(after("salt", other_salt.into()), KeyError::Wrong));
    assert!(matches!(after("passes", 2.into()), KeyError::Wrong));
    assert!(matches!(after("salt", "?".into()), KeyError::Damaged(_)));
    assert!(matches!(
        after("wrapped", "AAAA".into()),
        KeyError::Damaged(_)
    ));
    assert!(matches!(
        after("check", "AAAA".into()),
        KeyError::Damaged(_)
    ));
    assert!(matches!(
        after("memory_kib", u32::MAX.into()),
        KeyError::Damaged(_)
    ));
    assert!(matches!(after("lanes", 0.into()), KeyError::Damaged(_)));
    assert!(matches!(
        after("where", "cloud".into()),
        KeyError::Damaged(_)
    ));
    assert!(matches!(after("version", 2.into()), KeyError::Newer(2)));
    for text in [&whole[..whole.len() / 2], b"", b"[]", b"\xff"] {
        fs::write(dir.path().join("key.json"), text).unwrap();
        assert!(matches!(
            enter_password(dir.path(), PASSWORD),
            Err(KeyError::Damaged(_))
        ));
        assert!(matches!(
            open_key(dir.path(), &MemoryKeychain::new()),
            Err(KeyError::Damaged(_))
        ));
    }
}

#[test]
fn neither_the_key_nor_the_password_lies_in_the_key_file() {
    let dir = tempfile::tempdir().unwrap();
    let hex = |key: &DataKey| {
        key.bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    let password = choose_password_at(&dir.path().join("a"), "correct horse", CHEAP).unwrap();
    let keychain = ready(open_key(&dir.path().join("b"), &MemoryKeychain::new()).unwrap());
    for (name, key) in [("a", password), ("b", keychain)] {
        let text = fs::read_to_string(dir.path().join(name).join("key.json")).unwrap();
        assert!(!text.contains(&hex(&key)) && !text.contains("correct horse"));
    }
}

#[test]
fn setting_aside_keeps_everything_and_makes_room() {
    let dir = tempfile::tempdir().unwrap();
    let profile = dir.path().join("profile");
    for n in 1..=2 {
        let key = ready(open_key(&profile, &MemoryKeychain::new()).unwrap());
        drop(Store::open(&profile, &key).unwrap());
        let aside = set_profile_aside(&profile).unwrap();
        assert_eq!(aside, dir.path().join(format!("profile.aside-{n}")));
        assert!(aside.join("key.json").exists() && aside.join("parta.db").exists());
        assert_eq!(fs::read_dir(&profile).unwrap().count(), 0);
    }
    ready(open_key(&profile, &MemoryKeychain::new()).unwrap());
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_a_profile() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let dir = tempfile::tempdir().unwrap();
    let profile = dir.path().join("profile");
    fs::create_dir(&profile).unwrap();
    fs::set_permissions(&profile, fs::Permissions::from_mode(0o755)).unwrap();
    let key = ready(open_key(&profile, &MemoryKeychain::new()).unwrap());
    let store = Store::open(&profile, &key).unwrap().store;
    store.set_session(Some("{}")).unwrap();
    assert_eq!(mode(&profile), 0o700);
    let files: Vec<_> = fs::read_dir(&profile)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(
        files.len() >= 3,
        "the key, the database and its log: {files:?}"
    );
    for file in files {
        assert_eq!(mode(&file), 0o600, "{file:?}");
    }
}
