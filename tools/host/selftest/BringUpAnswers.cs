using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Escapement.Host;

/// <summary>What a person found at a step.</summary>
/// <param name="Outcome">Passed, failed or skipped.</param>
/// <param name="Figure">What was read off the instrument; null when nothing was.</param>
/// <param name="Note">Anything else that was said.</param>
public sealed record BringUpAnswer(StepOutcome Outcome, double? Figure, string Note)
{
    private static readonly char[] Blank = [' ', '\t', ','];

    /// <summary>Reads "y", "n" or "skip", then a figure where the step has one, then a note. Null when it is none of that.</summary>
    public static BringUpAnswer? Parse(string text, BringUpStep step)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(step);
        string[] words = text.Split(Blank, StringSplitOptions.RemoveEmptyEntries);
        StepOutcome? outcome = words.FirstOrDefault()?.ToUpperInvariant() switch
        {
            "Y" or "YES" => StepOutcome.Pass,
            "N" or "NO" => StepOutcome.Fail,
            "S" or "SKIP" => StepOutcome.NotDone,
            _ => null,
        };
        if (outcome is null)
        {
            return null;
        }

        bool hasFigure = step.Figure is not null && outcome != StepOutcome.NotDone;
        if (hasFigure && words.Length > 1 && double.TryParse(words[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double figure) && double.IsFinite(figure))
        {
            IEnumerable<string> rest = words.Skip(2);
            rest = rest.FirstOrDefault() == step.Figure!.Unit ? rest.Skip(1) : rest;
            return new BringUpAnswer(outcome.Value, figure, string.Join(" ", rest));
        }

        // Nobody has measured what has no figure.
        return hasFigure && outcome == StepOutcome.Pass ? null : new BringUpAnswer(outcome.Value, null, string.Join(" ", words.Skip(1)));
    }

    /// <summary>What may be answered, for people.</summary>
    public static string Form(BringUpStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Figure is { } figure ? $"y FIGURE, n FIGURE or skip; FIGURE in {figure.Unit}" : "y, n or skip";
    }

    /// <summary>The step with this answer. A figure beyond the pass figure fails, whatever was said.</summary>
    public SelfTestStep Judge(BringUpStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        bool isBeyond = Figure is { } read && !step.Figure!.Passes(read);
        StepOutcome outcome = Outcome == StepOutcome.Pass && isBeyond ? StepOutcome.Fail : Outcome;
        string said = Figure is { } figure ? string.Create(CultureInfo.InvariantCulture, $"{figure} {step.Figure!.Unit} (passes: {step.Figure})") : outcome == StepOutcome.NotDone ? "skipped" : step.Pass;
        return new SelfTestStep(step.Id, step.Title, outcome, Note.Length > 0 ? $"{said}; {Note}" : said) { IsByPerson = true, Figure = Figure, Unit = Figure is null ? null : step.Figure!.Unit };
    }
}

/// <summary>Answers given beforehand.</summary>
public static class BringUpAnswers
{
    /// <summary>Reads a file of answers, one a line: STEP: ANSWER.</summary>
    /// <exception cref="InputException">A step that does not exist, or an answer that makes no sense.</exception>
    public static IReadOnlyDictionary<string, BringUpAnswer> Load(string path, BringUp walk)
    {
        ArgumentNullException.ThrowIfNull(walk);
        Dictionary<string, string>? lines;
        try
        {
            lines = new DeserializerBuilder().WithDuplicateKeyChecking().Build().Deserialize<Dictionary<string, string>?>(File.ReadAllText(path));
        }
        catch (YamlException error)
        {
            throw new InputException($"{path}, line {error.Start.Line}: this is not 'STEP: ANSWER'; correct it.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: the answers cannot be read; check name and permissions.", error);
        }

        var answers = new Dictionary<string, BringUpAnswer>();
        foreach ((string id, string text) in lines ?? [])
        {
            BringUpStep step = walk.Steps.FirstOrDefault(known => known.Id == id)
                ?? throw new InputException($"{path}: there is no step '{id}'{NearestName.Hint(id, [.. walk.Steps.Select(known => known.Id)])}; boards/BRING-UP.md lists them.");
            answers[id] = BringUpAnswer.Parse(text ?? string.Empty, step) ?? throw new InputException($"{path}: '{id}: {text}' is no answer; write {BringUpAnswer.Form(step)}.");
        }

        return answers;
    }
}
