//! Files without anything async: on their way in a plain thread.

use std::io::{Read as _, copy};

use tests::bodies::blocking::Wait;
use tests::bodies::{FileId, Upload};

use super::start;

#[test]
fn a_file_goes_there_and_comes_back() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let (_mock, client) = runtime.block_on(start());
    let bytes: Vec<u8> = (0..200_000_u32).map(|number| (number % 251) as u8).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("there");
    std::fs::write(&path, &bytes).unwrap();
    let file = client.files().replace(FileId(7), Upload::path(&path)).wait().unwrap();

    let mut back = Vec::new();
    copy(&mut client.files().download(file.id).wait().unwrap().wait(), &mut back).unwrap();
    assert!(back == bytes);

    let mut limited = client.files().download(file.id).wait().unwrap().limit(1000).wait();
    let error = limited.read_to_end(&mut Vec::new()).unwrap_err();
    assert_eq!(error.to_string(), "the answer is larger than 1000 bytes");
    limited.read(&mut [0]).expect_err("what is cut off does not end as if it were whole");

    let download = client.files().download(file.id).wait().unwrap();
    let error = runtime.block_on(async { download.wait().read(&mut [0]).unwrap_err() });
    assert_eq!(error.to_string(), "the request cannot be sent");
}
