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
    "describe",
]
