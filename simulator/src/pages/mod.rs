//! What a person sees in a browser: the timeline and the consent pages. They load nothing from other servers.

mod consent;
mod landing;
mod layout;
mod media;
mod timeline;

use crate::api::{Access, Route, get, post};

pub const ROUTES: &[Route] = &[
    get("/", Access::Open, |call| Box::pin(timeline::show(call))),
    get("/media/{id}", Access::Open, |call| Box::pin(media::serve(call))),
    get("/i/oauth2/authorize", Access::Open, |call| Box::pin(consent::ask_oauth2(call))),
    post("/i/oauth2/authorize", Access::Open, |call| Box::pin(consent::answer_oauth2(call))),
    get("/oauth/authorize", Access::Open, |call| Box::pin(consent::ask_oauth1(call))),
    get("/oauth/authenticate", Access::Open, |call| Box::pin(consent::ask_oauth1(call))),
    post("/oauth/authorize", Access::Open, |call| Box::pin(consent::answer_oauth1(call))),
];
