using System.CommandLine;
using System.Text;
using System.Text.Json;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>`escapement doctor`: what stands in the way between this machine and a board.</summary>
internal static class DoctorVerb
{
    public static Command Make(Streams streams)
    {
        var port = Given.Port();
        var real = Given.Real();
        var json = Given.Json("Writes one JSON object.");
        var udev = new Option<string?>("--udev") { Description = "Only writes the udev rule for boards (Linux).", HelpName = "FILE" };
        var verb = new Command("doctor", "Looks at this machine and its serial ports, and at what answers at one of them; each finding with symptom, cause and cure.") { port, real, json, udev };
        verb.SetAction(parsed => parsed.GetValue(udev) is { } file
            ? WriteRule(file)
            : Run(streams, new ThisMachine(), parsed.GetValue(port), parsed.GetValue(real), parsed.GetValue(json)));
        return verb;
    }

    private static int WriteRule(string file)
    {
        AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(UdevRule.Text)));
        return ExitCode.Completed;
    }

    private static int Run(Streams streams, IMachine machine, string? port, bool isReal, bool json)
    {
        if (port is not null && string.IsNullOrWhiteSpace(port))
        {
            throw new InputException("--port: the name of the port is empty; name a serial port.");
        }

        if (isReal && port is null)
        {
            throw new InputException("--real: there is no board to ask; name a port with --port.");
        }

        IReadOnlyList<Finding> findings = new Doctor(machine).Examine(port, new BoardExpectation { IsReal = isReal });
        Finding? problem = findings.FirstOrDefault(finding => finding.Severity == Severity.Problem);
        int exitCode = problem?.ExitCode ?? ExitCode.Completed;
        if (json)
        {
            streams.Out.WriteLine(JsonText.Of(writer => Write(writer, findings, exitCode)));
        }
        else
        {
            foreach (Finding finding in findings)
            {
                Write(streams.Out, finding);
            }
        }

        if (problem is not null)
        {
            streams.Complain($"{problem.Text.TrimEnd('.')}: {problem.Cause} Do this: {problem.Cure}.");
        }

        return exitCode;
    }

    private static void Write(TextWriter output, Finding finding)
    {
        output.WriteLine($"{Name(finding.Severity),-8} {finding.Text}");
        foreach ((string name, string? text) in new[] { ("symptom", finding.Symptom), ("cause", finding.Cause), ("cure", finding.Cure) })
        {
            if (text is not null)
            {
                output.WriteLine($"         {name + ":",-8} {text}");
            }
        }
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<Finding> findings, int exitCode)
    {
        json.WriteNumber("exitCode", exitCode);
        json.WriteStartArray("findings");
        foreach (Finding finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("id", finding.Id);
            json.WriteString("severity", Name(finding.Severity));
            json.WriteString("text", finding.Text);
            json.WriteString("symptom", finding.Symptom);
            json.WriteString("cause", finding.Cause);
            json.WriteString("cure", finding.Cure);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Name(Severity severity) => severity switch
    {
        Severity.Ok => "ok",
        Severity.Note => "note",
        Severity.Warning => "warning",
        _ => "problem",
    };
}
