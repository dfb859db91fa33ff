namespace TwitterNative.Calls;

/// <summary>An object of a request that writes its own fields.</summary>
internal interface IRequestObject
{
    /// <summary>Writes the fields; the braces are the writer's.</summary>
    void Write(RequestWriter writer);
}
