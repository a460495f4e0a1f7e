use super::*;

#[test]
fn a_sent_name_can_not_leave_the_folder_or_lie() {
    for (sent, saved) in [
        ("../../.bashrc", "_.._.bashrc"),
        ("C:\\Windows\\a.exe", "C__Windows_a.exe"),
        ("con.txt", "_con.txt"),
        (".hidden", "hidden"),
        ("", "file"),
        ("отчёт\u{202e}fdp.exe", "отчётfdp.exe"),
        (
            "Контрольная №3, вариант 2.docx",
            "Контрольная №3, вариант 2.docx",
        ),
    ] {
        assert_eq!(safe_name(sent), saved);
    }
    assert!(safe_name(&"я".repeat(4_000)).chars().count() <= 120);
}

#[test]
fn a_second_copy_gets_a_number_before_its_extension() {
    assert_eq!(numbered("план.pdf", 0), "план.pdf");
    assert_eq!(numbered("план.pdf", 1), "план (2).pdf");
    assert_eq!(numbered("план", 2), "план (3)");
}

#[tokio::test]
async fn a_second_download_of_the_same_name_harms_neither() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [("план.pdf", b"one"), ("план (2).pdf", b"two")] {
        let whole = Download::Whole(bytes.to_vec());
        let saved = save_free(folder.path(), "план.pdf", whole, None)
            .await
            .unwrap();
        assert_eq!(saved.name, name);
        assert_eq!(std::fs::read(saved.path).unwrap(), bytes);
    }
}

#[tokio::test]
async fn saving_over_a_file_replaces_it_whole() {
    let folder = tempfile::tempdir().unwrap();
    let chosen = folder.path().join("план.pdf");
    std::fs::write(&chosen, "an older and longer plan").unwrap();
    let saved = replace(&chosen, Download::Whole(b"new".to_vec()), None)
        .await
        .unwrap();
    assert_eq!(
        (saved.path.as_path(), saved.name.as_str()),
        (&*chosen, "план.pdf")
    );
    assert_eq!(std::fs::read(&chosen).unwrap(), b"new");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn a_place_that_can_not_be_written_is_told_and_nothing_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("план.pdf");
    std::fs::create_dir_all(taken.join("full")).unwrap();
    let refused = replace(&taken, Download::Whole(b"new".to_vec()), None).await;
    assert!(matches!(refused, Err(Error::File(_))));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn what_is_given_up_or_breaks_off_on_its_way_leaves_nothing() {
    use futures_util::StreamExt;
    use futures_util::stream::{iter, once, pending};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    let left = move || std::fs::read_dir(&path).unwrap().count();
    let begun = || iter([Ok(vec![7; 9])]);

    let (told, hears) = tokio::sync::oneshot::channel();
    let there = left.clone();
    let half_way = once(async move { told.send(there()) }).flat_map(|_| pending());
    let coming = Parts::new(begun().chain(half_way).boxed(), Some(18));
    let saving = save_free(folder.path(), "план.pdf", Download::Parts(coming), None);
    tokio::select! {
        _ = saving => panic!("a file that never ends was saved"),
        heard = hears => assert_eq!(heard, Ok(1), "half of it is here"),
    }
    assert_eq!(left(), 0, "given up");

    let chosen = folder.path().join("план.pdf");
    std::fs::write(&chosen, "the plan of last year").unwrap();
    let breaks = iter([Err(MatrixError::Network)]);
    let coming = Parts::new(begun().chain(breaks).boxed(), Some(18));
    let refused = replace(&chosen, Download::Parts(coming), None).await;
    assert!(matches!(refused, Err(Error::Matrix(MatrixError::Network))));
    assert_eq!(left(), 1);
    assert_eq!(std::fs::read(&chosen).unwrap(), b"the plan of last year");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_is_told_and_leaves_no_half_of_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let (_, half) = half_file(folder.path(), "план.pdf").await.unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    // A device that is always full stands for the disk.
    let full = File::options().write(true).open("/dev/full").await.unwrap();
    let refused = write_whole(full, half, &[7; 9]).await.map(drop);
    assert!(matches!(refused, Err(Error::File(error)) if error.kind() == ErrorKind::StorageFull));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
