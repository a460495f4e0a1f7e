//! Tables that Excel opens by a double click.

use crate::Client;
use crate::error::Result;
use crate::files::SavedFile;
use parta_matrix::Download;

/// With this mark Excel reads the file as UTF-8.
const MARK: char = '\u{feff}';

/// A table as a file; its rows follow.
pub(crate) fn begin() -> String {
    String::from(MARK)
}

pub(crate) fn line<'a>(out: &mut String, fields: impl IntoIterator<Item = &'a str>) {
    for (place, field) in fields.into_iter().enumerate() {
        if place > 0 {
            out.push(';');
        }
        out.push('"');
        // A name that begins so would be run as a formula.
        if field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            out.push('\'');
        }
        out.push_str(&field.replace('"', "\"\""));
        out.push('"');
    }
    out.push_str("\r\n");
}

impl Client {
    /// Saves rows of texts into the downloads folder under a free name.
    pub async fn save_table(&self, name: &str, rows: &[Vec<String>]) -> Result<SavedFile> {
        let mut table = begin();
        for row in rows {
            line(&mut table, row.iter().map(String::as_str));
        }
        self.save_download(Download::Whole(table.into_bytes()), name)
            .await
    }
}
