namespace Escapement.Boards;

/// <summary>One thing that is wrong with a board file.</summary>
/// <param name="File">The file.</param>
/// <param name="At">Where in it.</param>
/// <param name="Field">The field, such as "pins.trigger"; empty when it is the file as a whole.</param>
/// <param name="What">What is there.</param>
/// <param name="Why">Why that is refused, with its source where a chip says so.</param>
/// <param name="Cure">What to write instead.</param>
public sealed record BoardProblem(string File, Place At, string Field, string What, string Why, string Cure)
{
    /// <summary>Everything in one sentence, as compilers write it.</summary>
    public override string ToString() => $"{File}({At.Line},{At.Column}): {What}: {Why}; {Cure}.";
}
