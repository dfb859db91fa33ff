using System.Text;

namespace TwitterNative.Calls;

/// <summary>How calls of a function are run.</summary>
internal enum FunctionKind
{
    /// <summary>At any time, any number at once.</summary>
    Plain,

    /// <summary>It gets tokens, which the client takes over. A client makes one such call at a time.</summary>
    SignsIn,

    /// <summary>It gets tokens too, but first waits for a person, which takes minutes. Other calls don't wait for it.</summary>
    WaitsForPerson,
}

/// <summary>A function of the library.</summary>
internal sealed class Function(string name, FunctionKind kind = FunctionKind.Plain)
{
    public string Name { get; } = name;

    public FunctionKind Kind { get; } = kind;

    /// <summary>The name in UTF-8, with a NUL at the end.</summary>
    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(name.Replace('\0', '\uFFFD') + "\0");

    /// <summary>Whether its result has tokens that the client takes over.</summary>
    public bool GetsTokens => Kind != FunctionKind.Plain;

    /// <summary>The function of this name. This package need not know it.</summary>
    public static Function Named(string name) => Functions.Find(name) ?? new Function(name);
}
