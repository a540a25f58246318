//! The signing language: its vectors of another implementation, through compiled code and through the interpreter.

mod coverage;
