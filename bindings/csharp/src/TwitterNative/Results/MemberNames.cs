using System.Text;
using System.Text.Json;

namespace TwitterNative.Results;

/// <summary>
/// The names of the members that are read of a kind of object, for reading them in one pass. X writes the members of all
/// objects of a kind in the same order. So the name that follows another one is looked for first where it was the last time.
/// </summary>
internal sealed class MemberNames
{
    /// <summary>Longer objects are none of X's: what follows is not remembered.</summary>
    private const int Remembered = 64;

    private readonly Name[] _names;
    private readonly Name _start = new([], -1);

    /// <param name="names">The names. <see cref="Position.Next"/> tells them by their place here.</param>
    public MemberNames(params string[] names)
    {
        _names = new Name[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            _names[i] = new Name(Encoding.UTF8.GetBytes(names[i]), i);
        }
    }

    /// <summary>Where the reading of an object begins.</summary>
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

    /// <summary>A name, and the one that stood behind it the last time. Threads may write that at the same time.</summary>
    private sealed class Name(byte[] text, int index)
    {
        public byte[] Text { get; } = text;

        public int Index { get; } = index;

        public Name? Next { get; set; }
    }

    /// <summary>How far the reading of one object is.</summary>
    public struct Position(MemberNames names)
    {
        private Name _last = names._start;
        private int _count;

        /// <summary>Which name the next member has; -1 where it is none of them.</summary>
        public int Next(JsonProperty member)
        {
            Name? name = _last.Next;
            if (name is null || !member.NameEquals(name.Text))
            {
                name = names.Find(member);
                if (_count < Remembered)
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
