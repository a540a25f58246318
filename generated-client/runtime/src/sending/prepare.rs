//! A call that is made ready, and why it may come to no answer.

use http::header::HeaderMap;

use crate::args::{Field, headers, path_of};
use crate::client::{BaseAddress, Plan, Prepared, Shared, SignedRequest};
use crate::error::Interrupted;
use crate::paging::{PagingError, Position};
use crate::signing::{COUNTED, Materials, Moment, SigningError, mask};
use crate::validate::{Violation, Violations, validate};

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    Invalid(Violations),
    Signing(SigningError),
    Paging(PagingError),
    Timeout(Box<Interrupted>),
    Transport(Box<Interrupted>),
    Unproven(Box<Interrupted>),
}

impl From<SigningError> for Failure {
    fn from(error: SigningError) -> Self {
        Self::Signing(error)
    }
}

impl Failure {
    /// The same of a call with a file that cannot be read again.
    pub(super) fn spent(mut self, is_spent: bool) -> Self {
        if is_spent && let Some(interrupted) = self.interrupted() {
            interrupted.spent = true;
            interrupted.retryable = false;
        }
        self
    }

    /// What is known of the attempts, where there was any.
    pub(super) fn interrupted(&mut self) -> Option<&mut Interrupted> {
        match self {
            Self::Timeout(interrupted) | Self::Transport(interrupted) | Self::Unproven(interrupted) => {
                Some(interrupted)
            }
            Self::Invalid(_) | Self::Signing(_) | Self::Paging(_) => None,
        }
    }
}

impl Plan {
    /// Which server the call goes to, where that is not the client's own.
    pub(super) fn elsewhere(&self) -> Option<&str> {
        self.base.as_ref().map(BaseAddress::origin).filter(|origin| *origin != self.client.0.base.origin())
    }

    /// Checks and fills in all there is; where the next stretch of time begins, where there is one.
    pub(super) fn make_ready(&mut self) -> Result<Option<Box<Position>>, Failure> {
        if let Some(base) = self.base.as_ref().filter(|base| !self.client.0.may_call(base)) {
            let message = format!("must be encrypted, which `{base}` is not");
            return Err(invalid(Violation::new("base address", "encrypted", message)));
        }
        if let Some((name, false)) = self.args.key() {
            let key = self.client.0.means.nonces.uuid().map_err(|_| SigningError::Nonce)?;
            self.args.set(name, &key);
        }
        self.args.fill_defaults();
        if self.validates {
            validate(&self.args).map_err(Failure::Invalid)?;
        } else {
            self.args.without_limits();
        }
        if let Some(position) = self.position.take() {
            self.turn_to(&position)?;
        }
        let after = self.cut();
        let args = &self.args;
        args.check_sayable().and_then(|()| args.check_files()).and_then(|()| args.check_room()).map_err(invalid)?;
        Ok(after)
    }

    /// Whether a file that can be read only once has been.
    pub(super) fn is_spent(&self) -> bool {
        self.args.files().iter().any(|file| file.upload.is_spent())
    }

    pub(crate) fn path(&self, fields: &[Field<'_>]) -> Result<String, Failure> {
        let template = self.template.as_deref().map_err(Clone::clone);
        let credentials = self.endpoint.api.credentials;
        template.and_then(|template| path_of(self.base_path(), template, fields, credentials)).map_err(invalid)
    }

    /// All but the credentials, which may be others for each attempt.
    pub(super) fn materials<'a>(
        &'a self,
        path: &'a str,
        fields: &'a [Field<'a>],
        headers: &'a HeaderMap,
    ) -> Materials<'a> {
        let shared = &*self.client.0;
        Materials {
            endpoint: self.endpoint,
            base: self.base().origin(),
            origin: shared.means.origin.as_ref().filter(|_| self.base.is_none()),
            path,
            fields,
            body_kind: self.args.body_kind(),
            files: self.args.files(),
            headers,
            credentials: None,
            user_agent: &shared.means.user_agent,
        }
    }
}

pub(super) fn invalid(violation: Violation) -> Failure {
    Failure::Invalid(violation.into())
}

impl Shared {
    /// One attempt.
    pub(super) fn moment(&self) -> Moment<'_> {
        Moment::new(self.means.clock.now(), &*self.means.nonces, &COUNTED)
    }
}

/// Signs a call without sending it, and explains how.
pub(crate) fn prepare(mut plan: Plan) -> Result<Prepared, Failure> {
    plan.make_ready()?;
    let fields: Vec<_> = plan.args.iter().collect();
    let masked: Vec<_> = fields.iter().map(mask).collect();
    let (path, masked_path) = (plan.path(&fields)?, plan.path(&masked)?);
    let (own, masked_own) = (headers(&fields).map_err(invalid)?, headers(&masked).map_err(invalid)?);
    let shared = &*plan.client.0;
    let keys = shared.means.keyring.at_hand(plan.endpoint, &*shared.means.clock)?;
    let materials = Materials { credentials: keys.as_deref(), ..plan.materials(&path, &fields, &own) };
    let (request, explanation) = materials.explain(&masked_path, &masked_own, &shared.moment())?;
    Ok(Prepared { request: SignedRequest::new(request), explanation })
}
