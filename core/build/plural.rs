//! Which form of a word goes with a number, in the words of CLDR: `n % 10 = 2..4 and n % 100 != 12..14`.

/// A form, and when it is taken; the last one has no condition.
pub struct Rule {
    condition: String,
}

/// Reads `one = n % 10 = 1 and n % 100 != 11`; a form for everything else has `else` there.
pub fn parse(form: &str, text: &str) -> Result<Rule, String> {
    const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
    if !FORMS.contains(&form) {
        return Err(format!("`{form}` is no form that CLDR knows: {}", FORMS.join(", ")));
    }
    if text == "else" {
        return Ok(Rule { condition: String::new() });
    }
    let parts: Result<Vec<String>, String> = text.split(" and ").map(condition).collect();
    Ok(Rule { condition: parts?.join(" && ") })
}

/// `n % 10 = 2..4` as `matches!(n % 10, 2..=4)`.
fn condition(text: &str) -> Result<String, String> {
    let wrong = || format!("`{text}` is no condition such as `n % 10 = 2..4`");
    let (left, right, negated) = match text.split_once(" != ") {
        Some((left, right)) => (left, right, true),
        None => text.split_once(" = ").map(|(left, right)| (left, right, false)).ok_or_else(wrong)?,
    };
    let number = |text: &str| text.parse::<u64>().map(|number| number.to_string()).map_err(|_| wrong());
    let left = match left.split_once(" % ") {
        Some(("n", by)) => format!("n % {}", number(by)?),
        None if left == "n" => "n".to_owned(),
        _ => return Err(wrong()),
    };
    let ranges: Result<Vec<String>, String> = right
        .split(',')
        .map(|range| match range.split_once("..") {
            Some((from, to)) => Ok(format!("{}..={}", number(from)?, number(to)?)),
            None => number(range),
        })
        .collect();
    Ok(format!("{}matches!({left}, {})", if negated { "!" } else { "" }, ranges?.join(" | ")))
}

/// The number of the form, as an expression of `n`.
pub fn code(rules: &[Rule]) -> String {
    let mut code = String::new();
    for (index, rule) in rules.iter().enumerate() {
        code += &match rule.condition.as_str() {
            "" => format!("{{ {index} }}"),
            condition => format!("if {condition} {{ {index} }} else "),
        };
    }
    code
}
