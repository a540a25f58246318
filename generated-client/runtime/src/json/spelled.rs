//! Field errors that are spelled out within a text, as documentation prints them.

/// The field and the texts of `'field':['text', …]`, in quotes of either kind; nothing of any other shape.
pub(super) fn spelled_out(text: &str) -> Option<(&str, Vec<&str>)> {
    let quote = text.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
    let (field, rest) = text.get(1..)?.split_once(quote)?;
    let list = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('[')?;
    let mut rest = list.trim_end().strip_suffix(']')?.trim();
    let mut texts = Vec::new();
    loop {
        let quote = rest.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
        let inner = rest.get(1..)?;
        // An apostrophe inside is not the end: after that comes a comma, or nothing.
        let (end, next) = inner.match_indices(quote).find_map(|(at, _)| {
            let after = inner.get(at + 1..)?.trim_start();
            (after.is_empty() || after.starts_with(',')).then_some((at, after))
        })?;
        texts.push(inner.get(..end)?);
        match next.strip_prefix(',') {
            Some(next) => rest = next.trim_start(),
            None => return (!field.is_empty()).then_some((field, texts)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_errors_may_be_spelled_out() {
        for (text, field, texts) in [
            ("'email':['has already been taken']", "email", &["has already been taken"][..]),
            (r#""email": [ "is odd" , 'isn\'t new' ]"#, "email", &["is odd", r"isn\'t new"]),
            ("'name':['it's long', 'é']", "name", &["it's long", "é"]),
            ("'name':['']", "name", &[""]),
        ] {
            assert_eq!(spelled_out(text), Some((field, texts.to_vec())), "{text}");
        }
        for text in [
            "",
            "'",
            "''",
            "'email'",
            "'email':",
            "'email':[",
            "'email':[]",
            "'email':[']",
            "'email':['a'",
            "'email':['a',]",
            "'email':[a]",
            "'email':'a'",
            "email:['a']",
            "'':['a']",
            "'email\":['a']",
            "'email':['a'] more",
            "é':['a']",
            "so 'email':['a']",
            "'email':['a' 'b']extra]",
        ] {
            assert_eq!(spelled_out(text), None, "{text}");
        }
    }
}
