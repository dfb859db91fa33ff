#if !NET8_0_OR_GREATER

namespace System.Diagnostics.CodeAnalysis
{
    /// <summary>Tells the trimmer which members to keep. .NET Standard 2.0 lacks this attribute and its enum.</summary>
    [AttributeUsage(AttributeTargets.GenericParameter)]
    internal sealed class DynamicallyAccessedMembersAttribute(DynamicallyAccessedMemberTypes memberTypes) : Attribute
    {
        public DynamicallyAccessedMemberTypes MemberTypes { get; } = memberTypes;
    }

    /// <summary>The values of the runtime's enum that are used here.</summary>
    [Flags]
    internal enum DynamicallyAccessedMemberTypes
    {
        None = 0,
        PublicConstructors = 3,
    }
}
#endif
