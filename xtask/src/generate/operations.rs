//! include/twitter_operations.h: X's operations for C programmers, each as an inline call of `twitter_call`.

use std::fmt::Write;

use super::described::Operation;

const HEAD: &str = r#"/* The operations of X's OpenAPI document. Each function calls twitter_call with the name of the operation.
   Made from the library's table by `cargo xtask generate`: don't change it by hand.

   A request is a JSON object with the fields of path, query and body, and "parameters". Fields with a `?` are optional.
   "tweet.fields", "post.fields" and "post_fields" are the same field. Release the result with twitter_free. For
   progress, cancellation, a log, or files from memory, use twitter_call.

   Operations for which twitter_native.h has a function are not here. Streams can't be called, because their answers
   have no end. */

#ifndef TWITTER_OPERATIONS_H
#define TWITTER_OPERATIONS_H

#include "twitter_native.h"

#if defined(__cplusplus) || (defined(__STDC_VERSION__) && __STDC_VERSION__ >= 199901L)
#define TWITTER_INLINE static inline
#elif defined(_MSC_VER)
#define TWITTER_INLINE static __inline
#else
#define TWITTER_INLINE static __inline__
#endif
"#;

pub fn header(operations: &[Operation]) -> String {
    let mut header = HEAD.to_owned();
    for operation in operations {
        let name = &operation.function.name;
        let _ = write!(
            header,
            "\n/**\n{}{}{}{} */\nTWITTER_MUST_USE TWITTER_INLINE char *twitter_{name}(const char *request)\n{{\n    \
             return twitter_call(\"{name}\", request, NULL);\n}}\n",
            line(&format!("{}: {}", operation.function.title, operation.function.about)),
            line(&format!("Request: {}.", operation.function.request_in_json())),
            line(&format!("Result: {}.", operation.function.returns)),
            line(&format!("Signed by {}.", signed_by(operation))),
        );
    }
    header + "\n#endif /* TWITTER_OPERATIONS_H */\n"
}

fn signed_by(operation: &Operation) -> String {
    let schemes = operation.auth.iter().map(|scheme| match scheme.as_str() {
        "oauth2" if operation.scopes.is_empty() => "OAuth 2.0".to_owned(),
        "oauth2" => format!("OAuth 2.0 ({})", operation.scopes.join(", ")),
        "oauth1" => "OAuth 1.0a".to_owned(),
        "bearer" => "the application's own token".to_owned(),
        other => other.to_owned(),
    });
    schemes.collect::<Vec<_>>().join(" or ")
}

/// Lines of a C comment. A `*/` in the text must not end it.
fn line(text: &str) -> String {
    super::wrapped(&text.replace("*/", "* /"), " *")
}
