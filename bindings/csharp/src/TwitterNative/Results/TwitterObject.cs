using System.Text;
using System.Text.Json;

namespace TwitterNative;

/// <summary>
/// What X or the library answered, read into properties. A property is null if X left the field out or sent
/// another kind of value; <see cref="Json"/> has everything.
/// </summary>
public abstract record TwitterObject
{
    private protected TwitterObject()
    {
    }

    /// <summary>The JSON that this was read from, with the fields that have no property. Undefined if it was made by hand.</summary>
    public JsonElement Json { get; init; }

    /// <summary>Compares what has been read, not the JSON.</summary>
    /// <param name="other">Another one.</param>
    public virtual bool Equals(TwitterObject? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <summary>The hash code of the type. Derived records combine it with their properties.</summary>
    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>The JSON is not printed: it is long, and may hold secrets.</summary>
    /// <param name="builder">What is printed so far.</param>
    protected virtual bool PrintMembers(StringBuilder builder) => false;
}
