# Made by generate.py from the library's `describe`: change neither by hand.
"""The functions of the library as functions of the module."""

from ._client import module_functions

get_standard_parameters = module_functions.get_standard_parameters
create_authorization_header_v1 = module_functions.create_authorization_header_v1
create_authorization_header_v2 = module_functions.create_authorization_header_v2
get_authorization_link = module_functions.get_authorization_link
get_token = module_functions.get_token
refresh_token = module_functions.refresh_token
handle_incoming_request_after_authorization = module_functions.handle_incoming_request_after_authorization
wait_for_authorization = module_functions.wait_for_authorization
exchange_oauth1_token = module_functions.exchange_oauth1_token
get_bearer_token = module_functions.get_bearer_token
revoke_token = module_functions.revoke_token
oauth1_request_token = module_functions.oauth1_request_token
oauth1_access_token = module_functions.oauth1_access_token
upload_media_file = module_functions.upload_media_file
upload_attachments_array = module_functions.upload_attachments_array
get_media_status = module_functions.get_media_status
set_media_metadata = module_functions.set_media_metadata
create_custom_tweet = module_functions.create_custom_tweet
create_text_tweet = module_functions.create_text_tweet
create_image_tweet = module_functions.create_image_tweet
create_gif_tweet = module_functions.create_gif_tweet
create_video_tweet = module_functions.create_video_tweet
create_poll_tweet = module_functions.create_poll_tweet
create_thread = module_functions.create_thread
delete_tweet = module_functions.delete_tweet
get_tweet = module_functions.get_tweet
get_tweets = module_functions.get_tweets
retweet = module_functions.retweet
unretweet = module_functions.unretweet
like_tweet = module_functions.like_tweet
unlike_tweet = module_functions.unlike_tweet
get_retweets = module_functions.get_retweets
get_retweeted_by = module_functions.get_retweeted_by
get_liking_users = module_functions.get_liking_users
get_me = module_functions.get_me
get_reposts_of_me = module_functions.get_reposts_of_me
get_liked_tweets = module_functions.get_liked_tweets
get_oembed = module_functions.get_oembed
statuses_update = module_functions.statuses_update
statuses_destroy = module_functions.statuses_destroy
statuses_show = module_functions.statuses_show
statuses_retweet = module_functions.statuses_retweet
statuses_unretweet = module_functions.statuses_unretweet
statuses_retweets = module_functions.statuses_retweets
statuses_lookup = module_functions.statuses_lookup
statuses_oembed = module_functions.statuses_oembed
statuses_retweets_of_me = module_functions.statuses_retweets_of_me
statuses_retweeters_ids = module_functions.statuses_retweeters_ids
favorites_create = module_functions.favorites_create
favorites_destroy = module_functions.favorites_destroy
favorites_list = module_functions.favorites_list
request = module_functions.request
parse_tweet = module_functions.parse_tweet
update_operations = module_functions.update_operations
describe = module_functions.describe

__all__ = [
    "get_standard_parameters",
    "create_authorization_header_v1",
    "create_authorization_header_v2",
    "get_authorization_link",
    "get_token",
    "refresh_token",
    "handle_incoming_request_after_authorization",
    "wait_for_authorization",
    "exchange_oauth1_token",
    "get_bearer_token",
    "revoke_token",
    "oauth1_request_token",
    "oauth1_access_token",
    "upload_media_file",
    "upload_attachments_array",
    "get_media_status",
    "set_media_metadata",
    "create_custom_tweet",
    "create_text_tweet",
    "create_image_tweet",
    "create_gif_tweet",
    "create_video_tweet",
    "create_poll_tweet",
    "create_thread",
    "delete_tweet",
    "get_tweet",
    "get_tweets",
    "retweet",
    "unretweet",
    "like_tweet",
    "unlike_tweet",
    "get_retweets",
    "get_retweeted_by",
    "get_liking_users",
    "get_me",
    "get_reposts_of_me",
    "get_liked_tweets",
    "get_oembed",
    "statuses_update",
    "statuses_destroy",
    "statuses_show",
    "statuses_retweet",
    "statuses_unretweet",
    "statuses_retweets",
    "statuses_lookup",
    "statuses_oembed",
    "statuses_retweets_of_me",
    "statuses_retweeters_ids",
    "favorites_create",
    "favorites_destroy",
    "favorites_list",
    "request",
    "parse_tweet",
    "update_operations",
    "describe",
]
