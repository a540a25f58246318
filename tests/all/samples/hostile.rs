//! What every client makes of samples that were changed.

use std::time::{Duration, Instant};

use super::{Api, TEXT, changed, deep, written};

/// Every change of every sample is a value or a typed error, that shows nothing of what is in it, and soon.
async fn survives(api: Api) {
    let deep = deep();
    let mut count = 0;
    for sample in &api.samples {
        for body in changed(&sample.body).iter().flat_map(|body| written(body, &deep)) {
            let place = format!("{} {}: {:.300}", api.name, sample.place(), body);
            let started = Instant::now();
            if let Err(failure) = api.ask(&sample.method, sample.status, body).await {
                assert!(failure.is_about_an_answer, "{place}: {failure:?}");
                assert!(!failure.texts.contains(TEXT), "{place}: {failure:?}");
            }
            assert!(started.elapsed() < Duration::from_secs(5), "{place}");
            count += 1;
        }
    }
    assert!(count > 30 * api.samples.len(), "{count}");
}

/// A test for each API with samples.
macro_rules! survive {
    ($($name:ident: $samples:path;)*) => {
        $(#[tokio::test]
        async fn $name() {
            survives($samples()).await;
        })*
    };
}

survive! {
    answers: crate::answers::samples;
    proctorexam: crate::examples::samples;
    proctoru: crate::proctoru::all_answers;
    okx: crate::specs::okx::samples;
    salesforce: crate::specs::salesforce::samples;
    slack: crate::specs::slack::samples;
    stripe: crate::specs::stripe::samples;
}
