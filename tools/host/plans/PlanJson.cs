using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Escapement.Host;

/// <summary>
/// Writes a plan as JSON. A time is a number: whole where it is whole, else rounded half up to three places; the property
/// of the same name with "Exact" behind it holds the exact fraction as text.
/// </summary>
internal static class PlanJson
{
    public static string Write(Plan plan, bool indented)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new JsonWriterOptions { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            Head(json, plan.Protocol);
            json.WriteString("board", plan.Board.Id);
            Figures(json, plan);
            Levels(json, plan.Levels);
            Refusals(json, plan.Refusals);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length);
    }

    private static void Head(Utf8JsonWriter json, Protocol protocol)
    {
        json.WriteString("protocol", protocol.Id);
        json.WriteString("title", protocol.Title);
        json.WriteString("source", protocol.Source);
        json.WriteNumber("totalPulses", protocol.TotalPulses);
        json.WriteNumber("trains", protocol.TotalTrains);
        Time(json, "trainLengthUs", protocol.TrainLengthUs);
        Time(json, "gapUs", protocol.GapUs);
        Time(json, "lastPulseOnsetUs", protocol.LastPulseOnsetUs);
        Time(json, "cycleUs", protocol.CycleUs);
        Time(json, "gapConventionLastOnsetUs", protocol.GapConventionLastOnsetUs);
    }

    private static void Figures(Utf8JsonWriter json, Plan plan)
    {
        Number(json, "transactions", plan.Transactions);
        Number(json, "words", plan.Words);
        Number(json, "maxWordsPerTransaction", plan.MaxWordsPerTransaction);
        json.WriteNumber("programBytes", plan.Program.Length);
    }

    private static void Levels(Utf8JsonWriter json, IReadOnlyList<PlanLevel> levels)
    {
        json.WriteStartArray("levels");
        foreach (var level in levels)
        {
            json.WriteStartObject();
            json.WriteNumber("block", level.Block);
            json.WriteString("name", level.Name);
            json.WriteNumber("count", level.Count);
            Time(json, "intervalUs", level.IntervalUs);
            json.WriteString("timing", level.Timing);
            Number(json, "startBoundUs", level.StartBoundUs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static void Refusals(Utf8JsonWriter json, IReadOnlyList<PlanRefusal> refusals)
    {
        json.WriteStartArray("refusals");
        foreach (var refusal in refusals)
        {
            json.WriteStartObject();
            json.WriteString("limit", refusal.Limit);
            json.WriteString("sentence", refusal.Sentence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Time(Utf8JsonWriter json, string name, Rational? us)
    {
        if (us is not { } value)
        {
            json.WriteNull(name);
            json.WriteNull(name + "Exact");
            return;
        }

        json.WritePropertyName(name);
        json.WriteRawValue(value.ToDecimalString());
        json.WriteString(name + "Exact", value.ToString());
    }

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
