//! The `codegen` command as people run it: arguments, exit codes, what goes where.

mod check;
mod common;
mod documented;
mod generate;
mod list;
mod mock;
mod sign;
mod sign_check;
mod sign_masked;
mod webhook;
mod workload;
