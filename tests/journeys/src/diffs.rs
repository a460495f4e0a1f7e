//! Lists as a window would hold them, from the JSON of their diffs.

use serde_json::{Value, json};

/// Lists become what their diffs say, everything else what it is now.
pub(crate) fn follow(value: &mut Value, update: &Value) {
    let diffs = match update {
        Value::Array(diffs)
            if !diffs.is_empty() && diffs.iter().all(|diff| diff["op"].is_string()) =>
        {
            diffs
        }
        Value::Object(fields) if fields.get("kind").is_some_and(|kind| kind == "diffs") => {
            match &fields["diffs"] {
                Value::Array(diffs) => diffs,
                _ => return,
            }
        }
        Value::Object(fields)
            if fields
                .get("kind")
                .is_some_and(|kind| kind == "paging" || kind == "newer") =>
        {
            return;
        }
        other => {
            *value = other.clone();
            return;
        }
    };
    if !value.is_array() {
        *value = json!([]);
    }
    let Value::Array(list) = value else { return };
    for diff in diffs {
        apply(list, diff);
    }
}

fn apply(list: &mut Vec<Value>, diff: &Value) {
    let index = || usize::try_from(diff["index"].as_u64().expect("an index")).expect("a small one");
    let items = || diff["items"].as_array().expect("items").clone();
    match diff["op"].as_str().expect("an operation") {
        "reset" => *list = items(),
        "append" => list.extend(items()),
        "pushFront" => list.insert(0, diff["item"].clone()),
        "pushBack" => list.push(diff["item"].clone()),
        "popFront" => drop(list.remove(0)),
        "popBack" => drop(list.pop()),
        "insert" => list.insert(index(), diff["item"].clone()),
        "set" => list[index()] = diff["item"].clone(),
        "remove" => drop(list.remove(index())),
        "truncate" => list.truncate(
            usize::try_from(diff["length"].as_u64().expect("a length")).expect("a small one"),
        ),
        "clear" => list.clear(),
        other => panic!("an unknown operation {other}"),
    }
}
