using System.Reflection;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Escapement.Host;

/// <summary>The walk from a bare board to a measured one: what a person with instruments does, as data (boards/bring-up.yml).</summary>
public sealed class BringUp
{
    private static readonly Lazy<BringUp> BuiltIn = new(() =>
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Escapement.Host.bring-up.yml")
            ?? throw new InvalidOperationException("bring-up.yml is not built in.");
        using var reader = new StreamReader(stream);
        return Read(reader.ReadToEnd());
    });

    /// <summary>The one that came with this program.</summary>
    public static BringUp Known => BuiltIn.Value;

    /// <summary>Version of the file's format.</summary>
    public int Format { get; init; }

    /// <summary>Heading of the page.</summary>
    public string Title { get; init; } = "";

    /// <summary>What stands before the first part, in Markdown.</summary>
    public string Intro { get; init; } = "";

    /// <summary>The parts, in the order of the walk.</summary>
    public IList<BringUpPart> Parts { get; init; } = [];

    /// <summary>What the design leans on and only an instrument can show.</summary>
    public IList<BringUpClaim> Claims { get; init; } = [];

    /// <summary>What is equally unproved, and why nothing leans on it.</summary>
    public IList<BringUpUnused> Unused { get; init; } = [];

    /// <summary>All steps, in the order of the walk.</summary>
    public IEnumerable<BringUpStep> Steps => Parts.SelectMany(part => part.Steps);

    /// <summary>The steps that a board needs.</summary>
    public IEnumerable<BringUpStep> StepsFor(int boardId) => Steps.Where(step => step.Boards.Count == 0 || step.Boards.Contains(boardId));

    /// <summary>Reads a bring-up file and checks that it is whole.</summary>
    /// <exception cref="InputException">It is not; the message says where.</exception>
    public static BringUp Read(string yaml)
    {
        BringUp? read;
        try
        {
            read = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build().Deserialize<BringUp?>(yaml);
        }
        catch (YamlException error)
        {
            throw new InputException($"bring-up file, line {error.Start.Line}: {(error.InnerException ?? error).Message.Split('\n')[0].TrimEnd('.')}; correct it.", error);
        }

        string? problem = read is null ? "it is empty" : read.Problem();
        return problem is null ? read! : throw new InputException($"bring-up file: {problem}; correct it.");
    }

    private static string? Twice(string[] ids) => ids.GroupBy(id => id).FirstOrDefault(group => group.Count() > 1)?.Key;

    private string? Problem()
    {
        string[] steps = [.. Steps.Select(step => step.Id)];
        string[] claims = [.. Claims.Select(claim => claim.Id)];
        string[] leaned = [.. Steps.SelectMany(step => step.Claims)];
        BringUpStep? unsaid = Steps.FirstOrDefault(step => new[] { step.Id, step.Title, step.Do, step.Expect, step.Instrument, step.Pass }.Any(string.IsNullOrWhiteSpace) || step.Stimulator is not ("on" or "off"));
        return Format != 1 ? $"format {Format} is not known"
            : unsaid is not null ? $"step '{unsaid.Id}' lacks one of id, title, do, expect, instrument, pass, or has another stimulator than on or off"
            : (Twice(steps) ?? Twice(claims)) is { } twice ? $"'{twice}' is there twice"
            : leaned.Except(claims).FirstOrDefault() is { } unknown ? $"there is no claim '{unknown}'"
            : claims.Except(leaned).FirstOrDefault() is { } lost ? $"no step shows the claim '{lost}'"
            : Steps.SkipWhile(step => !step.IsStimulatorOn).FirstOrDefault(step => !step.IsStimulatorOn) is { } late ? $"step '{late.Id}' has the stimulator off after one that has it on"
            : null;
    }
}

/// <summary>A part of the walk.</summary>
public sealed class BringUpPart
{
    /// <summary>Heading.</summary>
    public string Title { get; init; } = "";

    /// <summary>What holds for all its steps, in Markdown.</summary>
    public string Text { get; init; } = "";

    /// <summary>Its steps.</summary>
    public IList<BringUpStep> Steps { get; init; } = [];
}

/// <summary>One step of the walk.</summary>
public sealed class BringUpStep
{
    /// <summary>Its name in answers and reports.</summary>
    public string Id { get; init; } = "";

    /// <summary>Heading.</summary>
    public string Title { get; init; } = "";

    /// <summary>What to connect and what to type.</summary>
    public string Do { get; init; } = "";

    /// <summary>What should happen.</summary>
    public string Expect { get; init; } = "";

    /// <summary>What to look with.</summary>
    public string Instrument { get; init; } = "";

    /// <summary>When it has passed.</summary>
    public string Pass { get; init; } = "";

    /// <summary>The figure to write down; null when there is none.</summary>
    public BringUpFigure? Figure { get; init; }

    /// <summary>Whether the stimulator is "on" or "off".</summary>
    public string Stimulator { get; init; } = "off";

    /// <summary>Numbers of the boards that need it; empty for all.</summary>
    public IList<int> Boards { get; init; } = [];

    /// <summary>Claims that it shows.</summary>
    public IList<string> Claims { get; init; } = [];

    /// <summary>Whether the stimulator may be on.</summary>
    public bool IsStimulatorOn => Stimulator == "on";
}

/// <summary>A figure that a person reads off an instrument.</summary>
public sealed class BringUpFigure
{
    /// <summary>Its unit.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Smallest that passes; null for none.</summary>
    public double? AtLeast { get; init; }

    /// <summary>Largest that passes; null for none.</summary>
    public double? AtMost { get; init; }

    /// <summary>Whether a reading passes.</summary>
    public bool Passes(double reading) => !double.IsNaN(reading) && !(reading < AtLeast) && !(reading > AtMost);

    /// <inheritdoc/>
    public override string ToString() => System.FormattableString.Invariant(
        $"{(AtLeast is { } least ? $"{System.FormattableString.Invariant($"{least}")} {Unit} at least" : "")}{(AtLeast is not null && AtMost is not null ? ", " : "")}{(AtMost is { } most ? $"{System.FormattableString.Invariant($"{most}")} {Unit} at most" : "")}");
}

/// <summary>Something that the design leans on.</summary>
public sealed class BringUpClaim
{
    /// <summary>Its name in this file; r0 to r18 are rows of the first list.</summary>
    public string Id { get; init; } = "";

    /// <summary>Where it comes from: inferred from the vendor's sources, reported by others, unmeasured, or our own design.</summary>
    public string Basis { get; init; } = "";

    /// <summary>The claim.</summary>
    public string Says { get; init; } = "";

    /// <summary>What leans on it.</summary>
    public string Leans { get; init; } = "";
}

/// <summary>Something unproved that nothing leans on.</summary>
public sealed class BringUpUnused
{
    /// <summary>What is said.</summary>
    public string Says { get; init; } = "";

    /// <summary>Why nothing leans on it.</summary>
    public string Why { get; init; } = "";
}
