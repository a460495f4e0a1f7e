//! Prints the TypeScript side of the contract; `cargo xtask codegen` keeps it in the UI's tree.

fn main() {
    print!("{}", parta_api::typescript());
}
