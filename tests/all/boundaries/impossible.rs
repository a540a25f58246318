//! Values just inside of one line that another line of the same values forbids.

const COMMA: &str = "items between commas have none themselves";

/// Spec, operation and what is inside of what, and why no call can have it.
pub(super) const IMPOSSIBLE: &[(&str, &str)] = &[
    ("proctoru bookings.add_ad_hoc_process permitted_resources_list [0] comma", COMMA),
    ("proctoru bookings.add_blue_bird_exam permitted_resources_list [0] comma", COMMA),
    ("proctoru exams.edit permitted_resources_list [0] comma", COMMA),
    ("proctoru record_plus.create permitted_resources_list [0] comma", COMMA),
    ("proctoru reports.list_activity start_date required_if", "each of the two dates requires the other"),
    ("proctoru reports.list_activity end_date required_if", "each of the two dates requires the other"),
    ("encodings things.send_commas tags [0] comma", COMMA),
    ("encodings things.find_commas tags [0] comma", COMMA),
    ("encodings things.copied second [0] comma", COMMA),
    ("encodings things.copied third [0] comma", COMMA),
    ("encodings things.stow chest .kind .type", "a form has nothing of a content in which nothing is set"),
    ("rules readers.check amount max", "the most is none of the known values"),
    ("rules readers.find shelves [0] comma", COMMA),
    ("rules readers.mark plain max_length", "the parameter allows less than its type does"),
    ("rules readers.mark labels [0] comma", COMMA),
    ("kitchen_sink things.find marks [0] comma", COMMA),
    ("okx orders.place px required_if", "the kind of an order, which requires it, is always there"),
];
