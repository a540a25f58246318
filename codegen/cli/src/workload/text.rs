//! The texts a workload is made of. `NNN` stands for the number of a resource.

/// What all resources share: signing, errors and one enum, as a real API has them.
pub(super) const API: &str = r#"# A workload to measure the generator with; no such API exists.
codegen: 1
name: workload
title: Workload
doc: Stands for a real API when the generator and its output are measured.

sources:
  W: made up for measurements

environments:
  test:
    base: https://workload.example/api/v1
    source: W

credentials:
  api_token:
    secret: true
    env: WORKLOAD_API_TOKEN
    doc: Names the account in whose name calls are made.
    source: W
  secret_key:
    secret: true
    env: WORKLOAD_SECRET_KEY
    doc: Signs every call.
    source: W

headers:
  Accept:
    value: application/vnd.workload.v1
    source: W
  Authorization:
    value: Token token={api_token}
    source: W

signing:
  source: W
  doc: HMAC-SHA-256 in lower-case hex over all parameters, sorted by name.
  inject:
    timestamp:
      value: now.epoch_ms()
      doc: Time of the call in milliseconds since the epoch.
      source: W
    nonce:
      value: nonce()
      doc: Random number, used once.
      source: W
  steps:
    canonical: params.sort().pairs("=").join("?")
    signature: hmac_sha256(secret_key, canonical).hex()
  send:
    signature: signature

errors:
  not_authorized:
    status: 403
    message: You are not authorized to access this page.
    doc: The account may not do this.
    source: W
  not_found:
    status: 404
    message: Couldn't find {model} with 'id'='{id}'
    doc: There is no such object.
    source: W
  parameter_missing:
    status: 422
    message: "Param is missing or the value is empty: '{parameter}'"
    doc: A required parameter is missing or empty.
    source: W

envelope:
  errors: ["", error, errors]
  evidence: assumed
  doc: Where a message may stand.

types:
  AccountId:
    type: id
    doc: Names an account.
    source: W

  Frequency:
    doc: How often reports are sent.
    source: W
    values: [hour, day, week, month]

mock:
  evidence: assumed
  doc: Answers as a real API might give them.
  window: 300
  unauthenticated: {status: 401, body: {error: HTTP Token Access denied.}}
  bad_signature: {status: 403, body: {error: Signature is not valid.}}
  stale: {status: 403, body: {error: Timestamp is too old.}}
  replayed: {status: 403, body: {error: Nonce was used before.}}
  invalid: {status: 422, body: {error: "Invalid parameter: {parameter}"}}
  missing: parameter_missing
  error_in: error
"#;

/// How lists are paged, for a workload that has one.
pub(super) const PAGINATION: &str = r#"
pagination:
  page: page
  limit: limit
  first: 1
  totals:
    items: X-Pagination-Item-Count
    pages: X-Pagination-Page-Count
    page: X-Pagination-Page
    limit: X-Pagination-Limit
  source: W
  params:
    page:
      type: integer
      min: 1
      doc: Page number, counted from 1.
      source: W
    limit:
      type: integer
      min: 1
      max: 300
      default: 300
      doc: Items per page.
      source: W
"#;

/// The types of one resource, and the head of its operations.
pub(super) const RESOURCE: &str = r#"# Items of kind NNN.
doc: Items of kind NNN, which an account owns.
singular: widgetNNN

types:
  WidgetNNNId:
    type: id
    doc: Names a widget of kind NNN.
    source: W

  WidgetNNNState:
    doc: Where a widget of kind NNN is in its life.
    source: W
    values: [draftNNN, openNNN, closedNNN, archivedNNN]

  WidgetNNN:
    doc: A widget of kind NNN.
    source: W
    fields:
      id: {type: WidgetNNNId, required: true}
      account_id: AccountId
      email: {type: string, required: true, personal: true}
      name: {type: string, required: true, personal: true}
      code: {type: string, required: true, doc: Two letters and four digits.}
      state: {type: WidgetNNNState, required: true}
      frequency: Frequency
      created_at: datetime
      updated_at: datetime
      description: string?
      external_id: string?
      invitation_token: {type: string?, secret: true}
      invited_at: datetime?
      invitation_limit: integer?
      invited_by_id: WidgetNNNId?
      invited_by_type: string?
      manager_id: WidgetNNNId?
      group_id: integer?
      phone: {type: string?, personal: true}
      position: integer?
      api_token: {type: string, secret: true, doc: The widget's API token.}
      secret_key: {type: string, secret: true, doc: The widget's signing key.}
      receives_reports: boolean
      active: boolean
      visible: boolean
      quantity: integer
      logo_image: {type: string, doc: Path of the account's logo.}
      account_name: string

mock:
  collections:
    widgetsNNN:
      key: id
      items:
        - {account_id: 1, id: 1, email: one@workload.example, name: Widget one, code: AB0001, state: openNNN,
           frequency: week, quantity: 1}
        - {account_id: 1, id: 2, email: two@workload.example, name: Widget two, code: AB0002, state: draftNNN,
           frequency: day, quantity: 2}

operations:
"#;

/// The operations of one resource, in the order they are added. The first documents every error, so that the
/// smallest workload has none that no operation lists.
pub(super) const OPERATIONS: [&str; 4] = [UPDATE, LIST, CREATE, SHOW];

const LIST: &str = r#"  list:
    doc: Lists the widgets of kind NNN of an account.
    http: GET /accounts/{account_id}/widgetsNNN
    source: W
    params:
      account_id: {type: AccountId, doc: The account whose widgets are listed., source: W}
    paged: true
    returns: {widgetsNNN: [WidgetNNN]}
    errors: [not_authorized]
    mock: {list: widgetsNNN, where: account_id}
    examples:
      documented:
        source: W
        request: {account_id: 1, page: 1}
        response:
          widgetsNNN:
            - {id: 1, account_id: 1, email: one@workload.example, name: Widget one, code: AB0001, state: openNNN,
               frequency: week, created_at: "2019-01-23T12:05:52.391+01:00", description: null, quantity: 1}
"#;

const CREATE: &str = r#"  create:
    doc: Creates a widget of kind NNN.
    http: POST /accounts/{account_id}/widgetsNNN
    source: W
    params:
      account_id: {type: AccountId, doc: The new widget's account., source: W}
      email: {type: string, required: true, personal: true, min_length: 3, max_length: 254, doc: Where reports go., source: W}
      name: {type: string, required: true, personal: true, min_length: 1, max_length: 80, doc: Full name., source: W}
      code: {type: string, required: true, pattern: "[A-Z]{2}[0-9]{4}", doc: Two letters and four digits., source: W}
      password:
        type: string
        required: true
        secret: true
        min_length: 8
        contains: [lower, upper, digit, special]
        doc: First password of the widget.
        source: W
      quantity: {type: integer, required: true, min: 1, max: 1000, doc: How many there are., source: W}
      state: {type: WidgetNNNState, required: true, doc: Where its life begins., source: W}
      frequency: {type: Frequency, required: true, doc: How often reports are sent., source: W}
      description: {type: string, required: true, min_length: 1, max_length: 500, doc: What it is for., source: W}
    returns: {widget: WidgetNNN}
    errors: [not_authorized, parameter_missing]
    mock: {insert: widgetsNNN}
    examples:
      documented:
        source: W
        request: {account_id: 1, email: new@workload.example, name: Widget new, code: AB1234, password: Passw0rd!,
                  quantity: 3, state: draftNNN, frequency: month, description: For measurements}
        response:
          widget: {id: 7, account_id: 1, email: new@workload.example, name: Widget new, code: AB1234, state: draftNNN,
                   frequency: month, created_at: "2019-01-23T12:05:52.391+01:00", description: For measurements,
                   invited_at: null, quantity: 3}
"#;

const SHOW: &str = r#"  show:
    doc: Shows one widget of kind NNN.
    http: GET /accounts/{account_id}/widgetsNNN/{id}
    source: W
    params:
      account_id: {type: AccountId, doc: The widget's account., source: W}
      id: {type: WidgetNNNId, doc: The widget., source: W}
    returns: {widget: WidgetNNN}
    errors: [not_authorized, not_found]
    mock: {show: widgetsNNN, where: [account_id, id], missing: not_found}
    examples:
      documented:
        source: W
        request: {account_id: 1, id: 1}
        response:
          widget: {id: 1, account_id: 1, email: one@workload.example, name: Widget one, code: AB0001, state: openNNN,
                   frequency: week, created_at: "2019-01-23T12:05:52.391+01:00", description: null, quantity: 1}
"#;

const UPDATE: &str = r#"  update:
    doc: Changes a widget of kind NNN.
    http: PATCH /accounts/{account_id}/widgetsNNN/{id}
    source: W
    params:
      account_id: {type: AccountId, doc: The widget's account., source: W}
      id: {type: WidgetNNNId, doc: The widget., source: W}
      receives_reports: {type: boolean, doc: Whether reports are sent., source: W}
      frequency: {type: Frequency, doc: How often reports are sent., source: W}
      quantity: {type: integer, min: 1, max: 1000, doc: How many there are., source: W}
      manager_id: {type: WidgetNNNId, clear: "", doc: "The widget above it; cleared, there is none.", source: W}
    returns: {widget: WidgetNNN}
    errors: [not_authorized, not_found, parameter_missing]
    mock: {update: widgetsNNN, where: [account_id, id], missing: not_found}
    examples:
      documented:
        source: W
        request: {account_id: 1, id: 7, receives_reports: true, frequency: day}
        response:
          widget: {id: 7, account_id: 1, email: new@workload.example, name: Widget new, code: AB1234, state: draftNNN,
                   frequency: day, created_at: "2019-01-23T12:05:52.391+01:00", description: For measurements,
                   receives_reports: true, manager_id: null, quantity: 3}
"#;
