#if !NET8_0_OR_GREATER

namespace System.Diagnostics.CodeAnalysis
{
    /// <summary>Tells a trimmer what has to stay. .NET Standard 2.0 has neither of them.</summary>
    [AttributeUsage(AttributeTargets.GenericParameter)]
    internal sealed class DynamicallyAccessedMembersAttribute(DynamicallyAccessedMemberTypes memberTypes) : Attribute
    {
        public DynamicallyAccessedMemberTypes MemberTypes { get; } = memberTypes;
    }

    /// <summary>Of the runtime's own enum the one value that is used.</summary>
    [Flags]
    internal enum DynamicallyAccessedMemberTypes
    {
        None = 0,
        PublicConstructors = 3,
    }
}
#endif
