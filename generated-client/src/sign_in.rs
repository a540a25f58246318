//! Credentials of whoever has signed in.

use crate::proctorexam::{Credentials, SignedIn};

/// What calls are signed with, out of the answer to a sign-in (feature `preview`):
///
#[cfg_attr(feature = "preview", doc = "```no_run")]
#[cfg_attr(not(feature = "preview"), doc = "```ignore")]
/// # use generated_client::proctorexam::{Client, Credentials, Environment, SignIn, SignInNeeds};
/// # async fn example() -> Result<Client, Box<dyn std::error::Error>> {
/// let fun = Environment::custom("https://fun.proctorexam.com/api/v3")?;
/// let stranger = Client::builder(fun.clone()).without_credentials().build()?;
/// let ann = SignIn::new(SignInNeeds { email: "ann@institute.com".into(), password: "Passw0rd!".into() });
/// let signed_in = stranger.users().sign_in(ann).await?;
/// let client = Client::builder(fun).credentials(Credentials::from(signed_in)).build()?;
/// # Ok(client)
/// # }
/// ```
impl From<SignedIn> for Credentials {
    fn from(signed_in: SignedIn) -> Self {
        Self { api_token: signed_in.api_token, secret_key: signed_in.secret_key }
    }
}
