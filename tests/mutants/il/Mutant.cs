namespace Escapement.Mutants.Il;

/// <summary>One change of one instruction.</summary>
/// <param name="Id">Stable while the method and the statement keep their text: method, operator, statement, number.</param>
/// <param name="Assembly">The assembly that it changes.</param>
/// <param name="Type">Full name of the type, for code that runs before any test of it.</param>
/// <param name="Method">Full name of the method.</param>
/// <param name="Index">Of the instruction in the method's body after macros were expanded.</param>
/// <param name="Operator">Of <see cref="Operators"/>.</param>
/// <param name="Change">What the operator makes of it.</param>
/// <param name="File">Source file.</param>
/// <param name="Line">Source line.</param>
/// <param name="Statement">Text of the source statement, on one line.</param>
/// <param name="Names">Inputs, limits, reasons and faults that it belongs to.</param>
public sealed record Mutant(
    string Id, string Assembly, string Type, string Method, int Index, Operator Operator, long Change, string File, int Line, string Statement,
    IReadOnlyList<string> Names)
{
    /// <summary>Whether it changes how a table reads, not what is done.</summary>
    public bool IsOfATable => Method.Contains("::.cctor");
}

/// <summary>The kinds of change.</summary>
public enum Operator
{
    /// <summary>A branch or a comparison the other way round.</summary>
    Negate,

    /// <summary>&lt; and &lt;=, &gt; and &gt;= exchanged.</summary>
    Boundary,

    /// <summary>Another constant.</summary>
    Constant,

    /// <summary>An element of a table in the image.</summary>
    Data,

    /// <summary>+ and -, * and /, both shifts exchanged; a remainder made a product.</summary>
    Arithmetic,

    /// <summary>&amp; and | exchanged; ~ left out.</summary>
    Bitwise,

    /// <summary>A call without a result left out.</summary>
    Call,

    /// <summary>The answer of a port replaced.</summary>
    Answer,

    /// <summary>A constant returned.</summary>
    Return,

    /// <summary>A field's store left out.</summary>
    Store,
}
