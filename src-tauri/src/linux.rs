//! What WebKitGTK needs to be told.

use std::ffi::{CStr, c_char, c_int, c_void};
use webkit2gtk::glib::object::ObjectType;
use webkit2gtk::{SettingsExt, WebContextExt, WebView, WebViewExt};

/// Off by default in this engine, on in the others.
const FEATURES: &[&CStr] = &[c"CSSScrollAnchoring", c"CSSFieldSizing"];

/// Without a graphics device the default renderer only costs memory and time, or shows nothing at all.
pub fn choose_renderer() {
    const NAME: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(NAME).is_none() && !std::path::Path::new("/dev/dri").exists() {
        // SAFETY: this is the beginning of `main`, no other thread exists yet.
        #[allow(unsafe_code)]
        unsafe {
            std::env::set_var(NAME, "1");
        }
    }
}

// The bindings stop at WebKitGTK 2.40; these came with 2.42.
#[allow(unsafe_code)]
unsafe extern "C" {
    fn webkit_settings_get_all_features() -> *mut c_void;
    fn webkit_feature_list_get_length(list: *mut c_void) -> usize;
    fn webkit_feature_list_get(list: *mut c_void, index: usize) -> *mut c_void;
    fn webkit_feature_list_unref(list: *mut c_void);
    fn webkit_feature_get_identifier(feature: *mut c_void) -> *const c_char;
    fn webkit_settings_set_feature_enabled(
        settings: *mut c_void,
        feature: *mut c_void,
        enabled: c_int,
    );
}

/// What is written is checked in these, as far as the system has dictionaries for them.
const SPELT: &[&str] = &["ru_RU", "en_GB", "en_US"];

/// Turns on the features of the engine that the UI is glad of.
pub fn enable_features(view: &WebView) {
    // The other engines check by themselves.
    if let Some(context) = WebViewExt::context(view) {
        context.set_spell_checking_languages(SPELT);
        context.set_spell_checking_enabled(true);
    }
    let Some(settings) = WebViewExt::settings(view) else {
        return;
    };
    // Without it there is no microphone; who may use it is asked each time.
    settings.set_enable_media_stream(true);
    // SAFETY: the list is owned here until `unref`, its entries live as long as it does, identifiers end with a
    // zero, and `settings` outlives the calls; all on the thread of GTK, which runs this.
    #[allow(unsafe_code)]
    unsafe {
        let list = webkit_settings_get_all_features();
        for index in 0..webkit_feature_list_get_length(list) {
            let feature = webkit_feature_list_get(list, index);
            if FEATURES.contains(&CStr::from_ptr(webkit_feature_get_identifier(feature))) {
                webkit_settings_set_feature_enabled(settings.as_ptr().cast(), feature, 1);
            }
        }
        webkit_feature_list_unref(list);
    }
}
