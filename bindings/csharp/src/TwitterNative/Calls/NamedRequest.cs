using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace TwitterNative.Calls;

/// <summary>Writes the request of <see cref="ITwitterClient.Call"/>.</summary>
internal static class NamedRequest
{
    public static RequestWriter Write(
        JsonObject? request, IReadOnlyList<TwitterFile>? files, TwitterCallOptions? options)
    {
        if (request is not null && NodeWriter.Readable(request, field: null).ContainsKey("parameters"))
        {
            throw TwitterException.InvalidRequest(
                "The parameters of one call are given by TwitterCallOptions.Parameters.", "parameters");
        }
        RequestWriter writer = RequestWriter.Begin();
        if (request is not null)
        {
            NodeWriter.WriteMembers(writer, request, files ?? []);
        }
        options?.Write(writer);
        return writer;
    }
}
