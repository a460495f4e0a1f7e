//! What is typed, and who comes first.

use super::{find, logins};

const TABLE: &str = include_str!("table.txt");

#[test]
fn everybody_in_the_table_is_found_first() {
    let (mut lines, mut wrong) = (0, Vec::new());
    for line in TABLE
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let (typed, expected) = line.rsplit_once(" = ").expect("a line has both sides");
        let all = expected.split(' ').any(|word| word == "!");
        let expected: Vec<&str> = expected.split(' ').filter(|word| *word != "!").collect();
        let page = find(typed);
        let mut found: Vec<&str> = logins(&page);
        let fits = if all {
            found == expected
        } else {
            found.starts_with(&expected)
        };
        if !fits {
            found.truncate(expected.len() + 3);
            wrong.push(format!(
                "«{typed}» finds {found:?} of {}, not {expected:?}",
                page.total
            ));
        }
        lines += 1;
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(lines >= 150, "{lines} lines");
}
