//! Staff users from a file: whatever happens, everybody is created once, and what failed is said.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

use codegen_mock::{Fault, Mock};
use generated_client::proctorexam::Client;
use generated_client::proctorexam::seams::{NoNonce, Nonces};
use tempfile::TempDir;

use super::calls;
use super::staff_example::import;
use crate::support::{INSTITUTE, builder, client, mock};

/// A file of staff, and a journal beside it.
struct Staff {
    folder: TempDir,
}

impl Staff {
    fn new(rows: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("staff.csv"), format!("email,name,role,password\n{rows}")).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What failed in a run.
    async fn import(&self, client: &Client) -> Vec<String> {
        import(client.clone(), &self.path("staff.csv"), &self.path("journal"), 4).await.unwrap()
    }

    /// What is written down of each in the end.
    fn states(&self) -> BTreeMap<String, String> {
        let journal = fs::read_to_string(self.path("journal")).unwrap();
        let lines = journal.lines().filter(|line| !line.is_empty());
        lines.map(|line| line.rsplit_once(' ').unwrap()).map(|(who, is)| (who.into(), is.into())).collect()
    }
}

fn row(name: &str) -> String {
    format!("{name}@institute.com,\"Doe, {name}\",teacher,Passw0rd!\n")
}

/// The addresses that a mock has, without the two that are there from the start.
async fn created(client: &Client) -> Vec<String> {
    let mut users = client.users().list(INSTITUTE).stream();
    let mut created = Vec::new();
    while let Some(user) = users.try_next().await.unwrap() {
        created.push(user.email.as_str().to_owned());
    }
    created.split_off(2)
}

/// How often a mock was asked to create, and how often it did.
fn creates(mock: &Mock) -> (usize, usize) {
    let calls: Vec<_> = calls(mock).into_iter().filter(|call| call.starts_with("users.create")).collect();
    (calls.len(), calls.iter().filter(|call| *call == "users.create").count())
}

#[tokio::test]
async fn an_import_that_is_cut_off_goes_on_where_it_was_and_creates_nobody_twice() {
    let mock = mock().await;
    let client = client(mock.address());
    let everybody: Vec<_> = (1..=40).map(|number| format!("p{number}")).collect();
    let staff = Staff::new(&everybody.iter().map(|name| row(name)).collect::<String>());
    let (first, file, journal) = (client.clone(), staff.path("staff.csv"), staff.path("journal"));
    let first = tokio::spawn(async move { import(first, &file, &journal, 4).await });
    while mock.requests().len() < 20 {
        tokio::task::yield_now().await;
    }
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    let (asked, _) = creates(&mock);
    assert!((20..40).contains(&asked), "it was in the middle: {asked}");
    let open: Vec<_> = staff.states().into_iter().filter(|(_, state)| state == "begun").map(|(who, _)| who).collect();
    assert!((1..=4).contains(&open.len()), "some were under way: {open:?}");

    assert_eq!(staff.import(&client).await, [""; 0]);
    let mut there = created(&client).await;
    assert_eq!(there.len(), 40);
    there.sort();
    there.dedup();
    assert_eq!(there.len(), 40, "nobody twice");
    let (asked_in_all, done) = creates(&mock);
    assert_eq!(done, 40);
    assert!(asked_in_all <= 40 + open.len(), "those alone were asked for again that were under way: {asked_in_all}");
    assert!(staff.states().values().all(|state| state == "done") && staff.states().len() == 40);

    // And once more there is nothing left to do.
    assert_eq!(staff.import(&client).await, [""; 0]);
    assert_eq!(creates(&mock).0, asked_in_all);
}

#[tokio::test]
async fn a_user_who_was_there_before_is_not_taken_for_created() {
    let mock = mock().await;
    let client = client(mock.address());
    let staff = Staff::new(&format!("teacher@proctorexam.com,Ada,teacher,Passw0rd!\n{}", row("p1")));
    let failed = ["row 1: there was such a user before"];
    assert_eq!(staff.import(&client).await, failed);
    assert_eq!(staff.import(&client).await, failed, "nor after a second run");
    assert_eq!(created(&client).await, ["p1@institute.com"]);
    assert_eq!(creates(&mock), (3, 1));
}

#[tokio::test]
async fn one_whose_answer_was_lost_is_recognised_in_the_next_run() {
    let mock = mock().await;
    let client = client(mock.address());
    let staff = Staff::new(&row("p1"));
    mock.fail_next(Fault::DropAfter);
    let failed = staff.import(&client).await;
    assert!(failed.len() == 1 && failed[0].starts_with("row 1: "), "{failed:?}");
    assert_eq!(staff.states()["p1@institute.com"], "begun");
    // What is refused for another reason does not say whether it is there.
    mock.fail_next(Fault::Documented("not_authorized".to_owned()));
    assert_eq!(staff.import(&client).await.len(), 1);
    assert_eq!(staff.states()["p1@institute.com"], "begun");
    assert_eq!(staff.import(&client).await, [""; 0]);
    assert_eq!(staff.states()["p1@institute.com"], "done");
    assert_eq!(created(&client).await, ["p1@institute.com"]);
}

/// Whatever of the journal is left when the machine stops, the next run has everybody once.
#[tokio::test]
async fn an_interruption_at_any_byte_of_the_journal_creates_nobody_twice() {
    let mock = mock().await;
    let client = client(mock.address());
    let names = |end: usize| [format!("p{end:03}"), format!("q{end:03}")];
    let staff = |names: &[String]| Staff::new(&names.iter().map(|name| row(name)).collect::<String>());
    let whole = staff(&names(999));
    assert_eq!(whole.import(&client).await, [""; 0]);
    let whole = fs::read_to_string(whole.path("journal")).unwrap();
    for end in 0..=whole.len() {
        let (names, kept) = (names(end), whole[..end].replace("999", &format!("{end:03}")));
        // What is written down as begun has been asked for, and has happened.
        let mut begun = names.to_vec();
        begun.retain(|name| kept.contains(&format!("\n{name}@institute.com begun")));
        assert_eq!(staff(&begun).import(&client).await, [""; 0]);
        let staff = staff(&names);
        fs::write(staff.path("journal"), &kept).unwrap();
        assert_eq!(staff.import(&client).await, [""; 0], "{kept:?}");
        let (asked, done) = creates(&mock);
        assert_eq!(staff.import(&client).await, [""; 0], "{kept:?}");
        assert_eq!((creates(&mock), done), ((asked, done), 2 * (end + 2)), "{kept:?}");
    }
    let there: BTreeSet<_> = created(&client).await.into_iter().collect();
    assert_eq!(there.len(), 2 * (whole.len() + 2), "nobody twice");
}

#[tokio::test]
async fn a_row_that_cannot_be_sent_says_why() {
    let nobody = builder("http://127.0.0.1:1/api/v3").build().unwrap();
    let staff = Staff::new(&row("p1"));
    let failed = staff.import(&nobody).await;
    assert!(failed[0].starts_with("row 1: users.create: no answer") && failed[0].contains("refused"), "{failed:?}");
    // None at a time is one at a time.
    let mock = mock().await;
    let (file, journal) = (staff.path("staff.csv"), staff.path("journal"));
    assert_eq!(import(client(mock.address()), &file, &journal, 0).await.unwrap(), [""; 0]);
}

#[tokio::test]
async fn rows_that_cannot_be_created_are_said_and_the_others_are() {
    let mock = mock().await;
    let client = client(mock.address());
    let rows = [row("p1"), "P1@Institute.com,Again,teacher,Passw0rd!\n".into(), "too,few\n".into()];
    let rest = ["x@institute.com,X,teacher,short\n".into(), row("p2")];
    let staff = Staff::new(&[rows.concat(), rest.concat()].concat());
    let failed = staff.import(&client).await;
    assert_eq!(failed.len(), 3, "{failed:?}");
    assert_eq!(failed[0], "row 2: the address of row 1 again");
    assert!(failed[1].starts_with("row 3: CSV error"), "{failed:?}");
    assert!(failed[2].starts_with("row 4: ") && failed[2].contains("password"), "{failed:?}");
    assert!(!failed.concat().contains("short"), "no password is said");
    assert_eq!(created(&client).await, ["p1@institute.com", "p2@institute.com"]);
    assert_eq!(creates(&mock).0, 2, "what is refused here is not sent");
    assert_eq!(staff.states()["x@institute.com"], "refused");
}

/// Nonces that fail the program once.
struct Faulty(Mutex<i64>);

impl Nonces for Faulty {
    fn nonce(&self) -> Result<i64, NoNonce> {
        let mut nonce = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *nonce += 1;
        assert!(*nonce != 2, "the second nonce is none");
        Ok(*nonce)
    }
}

#[tokio::test]
async fn a_row_in_which_the_program_fails_is_counted_and_made_up_for() {
    let mock = mock().await;
    let client = builder(mock.address()).nonces(Faulty(Mutex::new(0))).build().unwrap();
    let staff = Staff::new(&["p1", "p2", "p3"].map(row).concat());
    assert_eq!(staff.import(&client).await, ["a row: the program failed"]);
    assert_eq!(staff.import(&client).await, [""; 0]);
    let mut there = created(&client).await;
    there.sort();
    assert_eq!(there, ["p1@institute.com", "p2@institute.com", "p3@institute.com"]);
}
