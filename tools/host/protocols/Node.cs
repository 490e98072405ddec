namespace Escapement.Host;

/// <summary>What YAML and JSON have in common, with places.</summary>
internal abstract record Node(Mark At)
{
    /// <summary>Deepest nesting of lists and objects; a protocol needs four.</summary>
    public const int MaxDepth = 16;

    /// <summary>What a person calls it.</summary>
    public abstract string Kind { get; }
}

/// <summary>One value as it was written.</summary>
internal sealed record ScalarNode(Mark At, string Text, ScalarKind Form) : Node(At)
{
    public override string Kind => Form switch
    {
        ScalarKind.Nothing => "nothing",
        ScalarKind.Logical => $"'{Text}'",
        _ => "a value",
    };
}

/// <summary>How a value was written.</summary>
internal enum ScalarKind
{
    /// <summary>Bare in YAML, a number in JSON.</summary>
    Bare,

    /// <summary>Between quotes.</summary>
    Quoted,

    /// <summary>true or false.</summary>
    Logical,

    /// <summary>null, or no value at all.</summary>
    Nothing,
}

/// <summary>Values one after the other.</summary>
internal sealed record ListNode(Mark At, IReadOnlyList<Node> Items) : Node(At)
{
    public override string Kind => "a list";
}

/// <summary>Named values in the order of the file.</summary>
internal sealed record ObjectNode(Mark At, IReadOnlyList<Field> Fields) : Node(At)
{
    public override string Kind => "a group of fields";
}

/// <summary>A name and its value.</summary>
internal sealed record Field(Mark At, string Name, Node Value);
