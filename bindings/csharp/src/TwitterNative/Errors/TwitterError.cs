using System;
using System.Collections.Generic;
using System.Text.Json;
using TwitterNative.Results;

namespace TwitterNative;

/// <summary>What the library says of a failed call. What doesn't apply is null or empty. No secret is in it.</summary>
/// <remarks>It can be made by hand, for tests of code that handles errors.</remarks>
[Serializable]
public sealed class TwitterError
{
    /// <summary>The kind as the library names it, such as <c>rate_limited</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>One or a few plain sentences: what happened and what to do.</summary>
    public string Message { get; init; } = "";

    /// <summary>Whether the same call may be made again: it can't act twice.</summary>
    public bool IsRetryable { get; init; }

    /// <summary>Of a call that writes: whether X may have acted. Null for others.</summary>
    public TwitterOutcome? Outcome { get; init; }

    /// <summary>The HTTP status; null if X did not answer.</summary>
    public int? Status { get; init; }

    /// <summary>X's own code of the error.</summary>
    public string? Code { get; init; }

    /// <summary>X's title of the error.</summary>
    public string? Title { get; init; }

    /// <summary>
    /// <c>duplicate</c>, <c>credits</c>, <c>spend_cap</c>, <c>missing_scope</c>, <c>app_permissions</c>,
    /// <c>access_level</c>, <c>not_found</c>, or X's own name of the problem.
    /// </summary>
    public string? Problem { get; init; }

    /// <summary>
    /// Why a person has to sign in again: <c>denied</c>, <c>state</c>, <c>state_expired</c>, <c>code</c>,
    /// <c>refresh_token</c>, <c>access_token</c>, <c>keys</c>, <c>clock</c>.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>The field that is wrong, as a path in the request: <c>files[1]</c>, <c>parameters.api_url</c>.</summary>
    public string? Field { get; init; }

    /// <summary>What was probably meant.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The file that can't be read or written.</summary>
    public string? Path { get; init; }

    /// <summary>The operating system's number of the error of a file: errno, on Windows that of GetLastError.</summary>
    public int? OSError { get; init; }

    /// <summary>What failed of a post with files: <c>upload</c>, <c>metadata</c> or <c>tweet</c>.</summary>
    public string? Step { get; init; }

    /// <summary>X's state of a file that it could not process, such as <c>failed</c>.</summary>
    public string? State { get; init; }

    /// <summary>The upload that failed.</summary>
    public string? MediaId { get; init; }

    /// <summary>What is at X already and need not be uploaded again.</summary>
    public IReadOnlyList<string> MediaIds { get; init; } = [];

    /// <summary>Of a thread: the posts that are there.</summary>
    public IReadOnlyList<Tweet> Posted { get; init; } = [];

    /// <summary>
    /// Of a thread: the index of the post that failed. To go on, give the posts from there, and the last id of
    /// <see cref="Posted"/> as <see cref="CreateThreadOptions.InReplyToTweetId"/>.
    /// </summary>
    public int? Next { get; init; }

    /// <summary>The parameters that are empty and needed.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>How long X's limit lasts; null if X does not say so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>X's answer: JSON, or text where it isn't JSON. Undefined if X didn't answer.</summary>
    public JsonElement Details { get; init; }

    /// <summary>The library's whole error, with fields that this version doesn't know.</summary>
    public JsonElement Json { get; init; }

    /// <summary>The kind and the message.</summary>
    public override string ToString() => $"{Kind}: {Message}";

    internal static TwitterError Read(JsonElement json) => new()
    {
        Kind = json.Text("kind"u8) ?? "",
        Message = json.Text("message"u8) ?? "",
        IsRetryable = json.Flag("retryable"u8) ?? false,
        Outcome = OutcomeOf(json.Text("outcome"u8)),
        Status = json.Int("status"u8),
        Code = json.Text("code"u8),
        Title = json.Text("title"u8),
        Problem = json.Text("problem"u8),
        Reason = json.Text("reason"u8),
        Field = json.Text("field"u8),
        Suggestion = json.Text("suggestion"u8),
        Path = json.Text("path"u8),
        OSError = json.Int("os_error"u8),
        Step = json.Text("step"u8),
        State = json.Text("state"u8),
        MediaId = json.Text("media_id"u8),
        MediaIds = json.Texts("media_ids"u8),
        Posted = ResultReaders.Tweets(json.Member("posted"u8)),
        Next = json.Int("next"u8),
        Missing = json.Texts("missing"u8),
        RetryAfter = json.Seconds("retry_after"u8),
        Details = json.Member("details"u8),
        Json = json,
    };

    private static TwitterOutcome? OutcomeOf(string? name) => name switch
    {
        null => null,
        "not_sent" => TwitterOutcome.NotSent,
        "rejected" => TwitterOutcome.Rejected,
        // One that this version doesn't know is treated with care.
        _ => TwitterOutcome.Unknown,
    };
}
