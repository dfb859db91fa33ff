//! The `Authorization: OAuth …` header (RFC 5849 section 3.5.1).

use crate::encoding::{Pairs, percent_decode};

/// The parameters of the header, decoded; None where it isn't of the OAuth scheme.
pub fn parse(header: &str) -> Option<Result<Pairs, String>> {
    let (scheme, rest) = header.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("OAuth").then(|| parameters(rest))
}

fn parameters(text: &str) -> Result<Pairs, String> {
    let mut pairs = Pairs::new();
    for item in text.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        let (name, value) = item
            .split_once('=')
            .ok_or_else(|| format!("the authorization header holds `{item}`, which has no value"))?;
        let value = value
            .trim()
            .strip_prefix('"')
            .and_then(|value| value.strip_suffix('"'))
            .ok_or_else(|| format!("the value of {name} in the authorization header is not in quotes"))?;
        if value.contains('"') {
            return Err(format!("the value of {name} in the authorization header holds a bare quote"));
        }
        let name = name.trim();
        // The realm is no parameter of the request (section 3.4.1.3.1).
        if !name.eq_ignore_ascii_case("realm") {
            pairs.push((percent_decode(name.as_bytes()), percent_decode(value.as_bytes())));
        }
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn values_must_be_quoted_and_are_decoded() {
        let pairs = parse("oauth realm=\"Photos\", a=\"1%2B2\" ,\tb=\"\"").unwrap().unwrap();
        assert_eq!(pairs, [(b"a".to_vec(), b"1+2".to_vec()), (b"b".to_vec(), Vec::new())]);
        assert!(parse("OAuth a=1").unwrap().is_err());
        assert!(parse("OAuth a").unwrap().is_err());
        assert!(parse("Bearer abc").is_none());
    }
}
