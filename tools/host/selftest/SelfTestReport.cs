using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Escapement.Host;

/// <summary>What a self-test came to.</summary>
public sealed record SelfTestReport
{
    private const int FormatVersion = 1;

    /// <summary>Every step, software's first.</summary>
    public required IReadOnlyList<SelfTestStep> Steps { get; init; }

    /// <summary>Who the board says it is; null when it is none of ours.</summary>
    public BoardIdentity? Board { get; init; }

    /// <summary>Why it ended early; null when it did not.</summary>
    public ConnectRefusal? Refusal { get; init; }

    /// <summary>What every register held.</summary>
    public IReadOnlyList<(int Address, string Name, string Hex)> Registers { get; init; } = [];

    /// <summary>Name of the connection.</summary>
    public string Where { get; init; } = "";

    /// <summary>The host's wall clock at the beginning.</summary>
    public DateTimeOffset BegunAt { get; init; }

    /// <summary>How many steps came to this.</summary>
    public int Count(StepOutcome outcome) => Steps.Count(step => step.Outcome == outcome);

    /// <summary>0 only when everything that was looked at passed.</summary>
    public int ExitCode => Refusal is not null ? Refusal.ExitCode : Count(StepOutcome.Fail) > 0 ? Host.ExitCode.Aborted : Host.ExitCode.Completed;

    /// <summary>One sentence: how many passed, failed and were not done.</summary>
    public string Message => string.Create(CultureInfo.InvariantCulture, $"{Count(StepOutcome.Pass)} steps passed, {Count(StepOutcome.Fail)} failed, {Count(StepOutcome.NotDone)} were not done.")
        + (Refusal is null ? string.Empty : " " + Refusal.Message)
        + (Refusal is null && Count(StepOutcome.Fail) > 0 ? " Failed: " + string.Join(", ", Steps.Where(step => step.Outcome == StepOutcome.Fail).Select(step => step.Id)) + "; mend that before anything else." : string.Empty);

    /// <summary>As one JSON object.</summary>
    /// <param name="isWhole">With the registers, over several lines; else one line without them.</param>
    public string ToJson(bool isWhole)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new JsonWriterOptions { Indented = isWhole, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("formatVersion", FormatVersion);
            json.WriteString("begunAt", BegunAt);
            json.WriteString("where", Where);
            json.WriteString("hostVersion", Compatibility.HostVersion);
            WriteBoard(json);
            json.WriteNumber("exitCode", ExitCode);
            json.WriteString("message", Message);
            json.WriteNumber("passed", Count(StepOutcome.Pass));
            json.WriteNumber("failed", Count(StepOutcome.Fail));
            json.WriteNumber("notDone", Count(StepOutcome.NotDone));
            WriteDifferences(json);
            json.WriteStartArray("steps");
            foreach (SelfTestStep step in Steps)
            {
                WriteStep(json, step);
            }

            json.WriteEndArray();
            if (isWhole)
            {
                WriteRegisters(json);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length);
    }

    /// <summary>For people.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Self-test of {Board?.Board ?? "an unknown board"} at {Where}{(Board is { IsVirtual: true } ? " (virtual)" : "")}, {BegunAt:yyyy-MM-dd HH:mm:ss zzz}\n");
        text.Append(CultureInfo.InvariantCulture, $"host {Compatibility.HostVersion}{(Board is null ? "" : $", firmware {Board.Firmware}, build tag {Board.Tag}, UID {Board.Uid}")}\n");
        foreach (bool isByPerson in new[] { false, true })
        {
            text.Append(isByPerson ? "\nBy a person with instruments:\n" : "\nBy software:\n");
            foreach (SelfTestStep step in Steps.Where(step => step.IsByPerson == isByPerson))
            {
                text.Append(Line(step)).Append('\n');
            }
        }

        return text.Append('\n').Append(Message).Append('\n').ToString();
    }

    /// <summary>A step on one line.</summary>
    public static string Line(SelfTestStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return $"  {Name(step.Outcome),-8} {step.Id,-18} {step.Title}: {step.Text}";
    }

    /// <summary>How an outcome is called.</summary>
    public static string Name(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Pass => "pass",
        StepOutcome.Fail => "FAIL",
        _ => "not done",
    };

    private void WriteBoard(Utf8JsonWriter json)
    {
        if (Board is null)
        {
            json.WriteNull("board");
            return;
        }

        json.WriteStartObject("board");
        json.WriteString("id", Board.Board);
        json.WriteBoolean("virtual", Board.IsVirtual);
        json.WriteString("firmware", Board.Firmware);
        json.WriteString("buildTag", Board.Tag);
        json.WriteString("uid", Board.Uid);
        json.WriteString("interfaceHash", Board.InterfaceHash);
        json.WriteEndObject();
    }

    private void WriteDifferences(Utf8JsonWriter json)
    {
        json.WriteStartArray("differences");
        foreach (Difference difference in Refusal?.Differences ?? [])
        {
            json.WriteStartObject();
            json.WriteString("what", difference.What);
            json.WriteString("board", difference.Board);
            json.WriteString("needed", difference.Needed);
            json.WriteString("cure", difference.Cure);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStep(Utf8JsonWriter json, SelfTestStep step)
    {
        json.WriteStartObject();
        json.WriteString("id", step.Id);
        json.WriteString("by", step.IsByPerson ? "person" : "software");
        json.WriteString("outcome", step.Outcome switch { StepOutcome.Pass => "pass", StepOutcome.Fail => "fail", _ => "notDone" });
        json.WriteString("title", step.Title);
        json.WriteString("text", step.Text);
        if (step.Figure is { } figure)
        {
            json.WriteNumber("figure", figure);
            json.WriteString("unit", step.Unit);
        }

        if (step.Facts.Count > 0)
        {
            json.WriteStartObject("facts");
            foreach ((string name, string value) in step.Facts)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteRegisters(Utf8JsonWriter json)
    {
        json.WriteStartArray("registers");
        foreach ((int address, string name, string hex) in Registers)
        {
            json.WriteStartObject();
            json.WriteNumber("address", address);
            json.WriteString("name", name);
            json.WriteString("bytes", hex);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
