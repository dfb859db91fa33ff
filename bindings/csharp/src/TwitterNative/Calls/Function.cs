using System.Text;

namespace TwitterNative.Calls;

/// <summary>What a function means for how it is called.</summary>
internal enum FunctionKind
{
    Plain,

    /// <summary>It gets tokens, which the client takes over: one such call of a client at a time.</summary>
    SignsIn,

    /// <summary>It signs in too, but waits for a person: the other calls can't wait for that.</summary>
    WaitsForPerson,
}

/// <summary>A function of the library: its name, and the same for C.</summary>
internal sealed class Function(string name, FunctionKind kind = FunctionKind.Plain)
{
    public string Name { get; } = name;

    public FunctionKind Kind { get; } = kind;

    /// <summary>The name in UTF-8 with a NUL behind it.</summary>
    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(name.Replace('\0', '\uFFFD') + "\0");

    /// <summary>Whether its result holds tokens for the client.</summary>
    public bool GetsTokens => Kind != FunctionKind.Plain;

    /// <summary>A function by its name, known to this package or not.</summary>
    public static Function Named(string name) => Functions.Find(name) ?? new Function(name);
}
