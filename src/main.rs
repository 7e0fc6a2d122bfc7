//! The command `heng`.

fn main() -> std::process::ExitCode {
    heng::cli::main()
}
