using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>`escapement protocols`: the library.</summary>
internal static class ProtocolsVerb
{
    public static Command Make(Streams streams)
    {
        var json = Given.Json("Writes JSON instead of text.");
        var list = new Command("list", "Lists the library.") { json };
        list.SetAction(parsed => List(streams, parsed.GetValue(json)));
        var which = Given.Protocol();
        var showJson = Given.Json("Writes one JSON object instead of text.");
        var show = new Command("show", "Shows one protocol with its times.") { which, showJson };
        show.SetAction(parsed => Show(streams, parsed.GetValue(which)!, parsed.GetValue(showJson)));
        var allJson = Given.Json("Writes JSON instead of text.");
        var verb = new Command("protocols", "Lists the published protocols, or shows one.") { list, show, allJson };
        verb.SetAction(parsed => List(streams, parsed.GetValue(allJson)));
        return verb;
    }

    private static int List(Streams streams, bool json)
    {
        IReadOnlyList<Protocol> all = ProtocolLibrary.All;
        if (json)
        {
            streams.Out.WriteLine(Json(all));
            return ExitCode.Completed;
        }

        int idWidth = all.Max(protocol => protocol.Id.Length);
        streams.Out.WriteLine($"{"id".PadRight(idWidth)}  {"pulses",6}  {"trains",6}  {"first to last",13}  title");
        foreach (Protocol protocol in all)
        {
            streams.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{protocol.Id.PadRight(idWidth)}  {protocol.TotalPulses,6}  {protocol.TotalTrains,6}  {Texts.Duration(protocol.LastPulseOnsetUs),13}  {protocol.Title}"));
        }

        return ExitCode.Completed;
    }

    private static int Show(Streams streams, string which, bool json)
    {
        Plan plan = Plan.Of(ProtocolLibrary.Resolve(which));
        if (json)
        {
            streams.Out.WriteLine(plan.ToJson());
            return ExitCode.Completed;
        }

        PlanText.Write(streams.Out, plan);
        return ExitCode.Completed;
    }

    private static string Json(IReadOnlyList<Protocol> all)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (Protocol protocol in all)
            {
                json.WriteStartObject();
                json.WriteString("id", protocol.Id);
                json.WriteString("title", protocol.Title);
                json.WriteString("family", protocol.Family);
                json.WriteString("source", protocol.Source);
                json.WriteNumber("totalPulses", protocol.TotalPulses);
                json.WriteNumber("trains", protocol.TotalTrains);
                json.WritePropertyName("lastPulseOnsetUs");
                json.WriteRawValue(protocol.LastPulseOnsetUs.ToDecimalString());
                json.WritePropertyName("cycleUs");
                json.WriteRawValue(protocol.CycleUs.ToDecimalString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length);
    }
}
