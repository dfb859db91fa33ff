// Settings of module OPI_Twitter for this configuration. An update of twitter-native does not change this module.
// OPI_TwitterПереопределяемый is the same under Russian names. If the configuration has both, that one is used.

#Region Public

// Defines default parameters: those that used to be written into GetStandardParameters. Parameters of a call
// override them.
//
// Parameters:
//  Parameters - Map of KeyAndValue - add keys and values to it
Procedure OnDefineParameters(Parameters) Export

    // Parameters.Insert("client_id"    , Constants.TwitterClientID.Get());
    // Parameters.Insert("client_secret", Constants.TwitterClientSecret.Get());
    // Parameters.Insert("redirect_uri" , "https://example.com/base/hs/twitter");
    // Parameters.Insert("access_token" , Constants.TwitterToken.Get());
    // Parameters.Insert("refresh_token", Constants.TwitterRefresh.Get());

    // The add-in itself keeps and renews the tokens, OnReceiveTokens isn't needed for them:
    // Parameters.Insert("token_file"   , "/var/lib/1c/twitter-tokens.json");

    // A log of requests and waits, without keys and tokens. There is none by default:
    // Parameters.Insert("log_file"     , "/var/log/1c/twitter.log");

EndProcedure

// Called after GetToken, RefreshToken, HandleIncomingRequestAfterAuthorization and
// CallFunction("wait_for_authorization"), when X has issued tokens.
// The former refresh_token is invalid by then. If the new tokens are not stored, the user has to sign in again.
//
// Parameters:
//  Tokens     - Map of KeyAndValue - access_token, refresh_token, expires_at and the other fields of X's answer
//  Parameters - Arbitrary - the parameters that the function was called with
Procedure OnReceiveTokens(Tokens, Parameters) Export

    // Constants.TwitterToken.Set(Tokens["access_token"]);
    // Constants.TwitterRefresh.Set(Tokens["refresh_token"]);

EndProcedure

// Called if the add-in is not attached in this session yet.
//
// Parameters:
//  Attachment - Structure:
//   * Location - String - full name of a template or path of the add-in file; OneScript needs the path
//   * Isolated - Undefined - as the platform decides; True, False - since 8.3.21, see the README
//   * AddIn    - AddIn, Undefined - the object of the add-in, if the configuration attaches it itself
Procedure OnAttachAddIn(Attachment) Export

    // Attachment.Location = "CommonTemplate.OPI_TwitterNative";
    // Attachment.Isolated = False;

EndProcedure

#EndRegion
