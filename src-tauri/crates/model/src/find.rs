//! Words as they are compared and put in order.

/// Small letters, «е» for «ё».
pub(crate) fn folded(text: &str) -> String {
    text.to_lowercase().replace('ё', "е")
}
