//! The accounts of people, and the credentials that the simulator starts with.

use serde::Serialize;

use crate::random;

/// Everything that a client of the seeded application and account needs.
#[derive(Debug, Clone, Serialize)]
pub struct Credentials {
    /// OAuth 2.0 client id of the confidential application.
    pub client_id: String,
    pub client_secret: String,
    /// OAuth 2.0 client id of the public application, which has no secret.
    pub public_client_id: String,
    pub redirect_uri: String,
    pub oauth_consumer_key: String,
    pub oauth_consumer_secret: String,
    /// `<user id>-…`
    pub oauth_token: String,
    pub oauth_token_secret: String,
    /// The seeded account, which is also who is signed in on the consent page.
    pub user_id: String,
    pub screen_name: String,
    pub name: String,
    /// App-only bearer token.
    pub bearer: String,
}

impl Credentials {
    pub(crate) fn seed() -> Self {
        let account = Account::new("demo_account", "Demo Account");
        Self {
            client_id: random::text(34),
            client_secret: random::text(50),
            public_client_id: random::text(34),
            redirect_uri: "http://127.0.0.1:8765/callback".to_owned(),
            oauth_consumer_key: random::text(25),
            oauth_consumer_secret: random::text(50),
            oauth_token: account.oauth_token,
            oauth_token_secret: account.oauth_token_secret,
            user_id: account.user_id,
            screen_name: account.screen_name,
            name: account.name,
            bearer: random::bearer(),
        }
    }
}

/// A person's account with an OAuth 1.0a access token of the seeded application.
#[derive(Debug, Clone, Serialize)]
pub struct Account {
    pub user_id: String,
    pub screen_name: String,
    pub name: String,
    pub oauth_token: String,
    pub oauth_token_secret: String,
}

impl Account {
    pub(crate) fn new(screen_name: &str, name: &str) -> Self {
        let user_id = random::id();
        Self {
            oauth_token: format!("{user_id}-{}", random::text(30)),
            oauth_token_secret: random::text(45),
            user_id,
            screen_name: screen_name.to_owned(),
            name: name.to_owned(),
        }
    }
}
