//! The TypeScript side of the list of commands.

use std::collections::BTreeMap;
use std::fmt::Write;
use ts_rs::TS;

#[derive(Default)]
pub(crate) struct Bindings {
    types: BTreeMap<String, String>,
    calls: String,
    streams: String,
}

struct Visit<'a>(&'a mut BTreeMap<String, String>);

impl ts_rs::TypeVisitor for Visit<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        collect::<T>(self.0);
    }
}

fn collect<T: TS + 'static + ?Sized>(types: &mut BTreeMap<String, String>) {
    // Only our own types have a place to be exported to; numbers and strings have none.
    if T::output_path().is_some()
        && types
            .insert(T::ident(), format!("export {}\n", T::decl()))
            .is_some()
    {
        return;
    }
    T::visit_dependencies(&mut Visit(types));
    T::visit_generics(&mut Visit(types));
}

impl Bindings {
    fn note<T: TS + 'static + ?Sized>(&mut self) -> String {
        collect::<T>(&mut self.types);
        T::name()
    }

    pub(crate) fn call<A: TS + 'static, R: TS + 'static>(&mut self, name: &str, doc: &[&str]) {
        let (args, result) = (self.note::<A>(), self.note::<R>());
        entry(
            &mut self.calls,
            name,
            doc,
            &format!("{{ args: {args}, result: {result} }}"),
        );
    }

    pub(crate) fn stream<A: TS + 'static, R: TS + 'static>(&mut self, name: &str, doc: &[&str]) {
        let (args, update) = (self.note::<A>(), self.note::<R>());
        entry(
            &mut self.streams,
            name,
            doc,
            &format!("{{ args: {args}, update: {update} }}"),
        );
    }
}

fn entry(out: &mut String, name: &str, doc: &[&str], shape: &str) {
    if !doc.is_empty() {
        let _ = writeln!(
            out,
            "  /** {} */",
            doc.iter().map(|d| d.trim()).collect::<Vec<_>>().join(" ")
        );
    }
    let _ = writeln!(out, "  {name}: {shape};");
}

/// `ui/src/host/bindings.gen.ts`.
pub fn typescript() -> String {
    let mut ts = Bindings::default();
    crate::commands::signatures(&mut ts);
    collect::<crate::error::ApiError>(&mut ts.types);
    let types: String = ts.types.into_values().collect();
    format!(
        "// Made by `cargo xtask codegen` from the list in src-tauri/crates/api/src/commands.rs.\n\n{types}\nexport interface Calls {{\n{}}}\n\nexport interface Streams {{\n{}}}\n",
        ts.calls, ts.streams
    )
}
