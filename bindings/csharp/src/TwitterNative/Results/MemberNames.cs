using System.Text;
using System.Text.Json;

namespace TwitterNative.Results;

/// <summary>
/// The names of the members that are read from objects of one kind, to read an object in one pass. X writes the members of
/// such objects in the same order. So after a member, the name that followed it in the last object is compared first.
/// </summary>
internal sealed class MemberNames
{
    /// <summary>How many members of an object are remembered, at most. X's objects have fewer.</summary>
    private const int MaxRemembered = 64;

    private readonly Name[] _names;
    private readonly Name _start = new([], -1);

    /// <param name="names">The names. <see cref="Position.Next"/> returns their index in this list.</param>
    public MemberNames(params string[] names)
    {
        _names = new Name[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            _names[i] = new Name(Encoding.UTF8.GetBytes(names[i]), i);
        }
    }

    /// <summary>Begins to read an object.</summary>
    public Position Begin() => new(this);

    private Name Find(JsonProperty member)
    {
        foreach (Name name in _names)
        {
            if (member.NameEquals(name.Text))
            {
                return name;
            }
        }
        return new Name(Encoding.UTF8.GetBytes(member.Name), -1);
    }

    /// <summary>A name, and the one that followed it in the last object. Any thread may set that at any time.</summary>
    private sealed class Name(byte[] text, int index)
    {
        public byte[] Text { get; } = text;

        public int Index { get; } = index;

        public Name? Next { get; set; }
    }

    /// <summary>The position of a reader in one object.</summary>
    public struct Position(MemberNames names)
    {
        private Name _last = names._start;
        private int _count;

        /// <summary>Moves on to the next member.</summary>
        /// <returns>The index of its name; -1 if it is none of the names.</returns>
        public int Next(JsonProperty member)
        {
            Name? name = _last.Next;
            if (name is null || !member.NameEquals(name.Text))
            {
                name = names.Find(member);
                if (_count < MaxRemembered)
                {
                    _last.Next = name;
                }
            }
            _last = name;
            _count++;
            return name.Index;
        }
    }
}
