using System.CommandLine;
using System.Text.Json;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>`escapement gate-test`: has a board test every term of its gate.</summary>
internal static class GateTestVerb
{
    public static Command Make(Streams streams)
    {
        var port = Given.Port();
        var tcp = Given.Tcp();
        var real = Given.Real();
        var json = Given.Json("Ends with one line that is a JSON object.");
        var board = Given.BoardId("Which board: the virtual one, or the one that must be behind --port or --tcp.");
        var isVirtual = new Option<bool>("--virtual") { Description = "On a virtual board of this process (the default without --port or --tcp)." };
        var confirmed = new Option<bool>("--confirm-nothing-connected") { Description = "Confirms that nothing is connected behind the isolator, so that the key need not be off." };
        var verb = new Command("gate-test", "Has a board test its gate term by term, with pulses that end at the isolator: with the key off, or on your word that nothing is connected.") { port, tcp, real, json, board, isVirtual, confirmed };
        verb.SetAction(parsed => Run(streams, parsed.GetValue(port), parsed.GetValue(tcp), parsed.GetValue(isVirtual), parsed.GetValue(real), parsed.GetValue(board), parsed.GetValue(confirmed), parsed.GetValue(json)));
        return verb;
    }

    private static int Run(Streams streams, string? port, string? tcp, bool isVirtual, bool isReal, string? boardId, bool isConfirmed, bool isJson)
    {
        bool isElsewhere = port is not null || tcp is not null;
        if (isVirtual && isElsewhere)
        {
            throw new InputException("--virtual: --port or --tcp names another board; leave one of them away.");
        }

        if (isReal && !isElsewhere)
        {
            throw new InputException("--real: without --port or --tcp the gate test runs on a virtual board; name the port of the real one.");
        }

        Virtual.BoardModel? model = boardId is null ? null : Virtual.BoardModel.Find(boardId);
        ITransport? distant;
        try
        {
            distant = DistantBoard.Open(port, tcp);
        }
        catch (TransportException missing) when (isJson)
        {
            streams.Out.WriteLine(JsonText.Of(writer => WriteNoLink(writer, missing.Message)));
            throw;
        }

        using IBoardRun board = distant is not null
            ? new DistantBoard(distant)
            : new InProcessBoard(1, 0, 0, model?.Id ?? PlanBoard.ReferenceId) { TurnsKeyOff = !isConfirmed };
        var test = new BoardGateTest(board.Transport, isConfirmed, new BoardExpectation { IsReal = isReal, BoardId = model?.Number });
        board.Run(test);
        if (isJson)
        {
            streams.Out.WriteLine(JsonText.Of(writer => Write(writer, test)));
        }
        else
        {
            foreach (GateTermResult term in test.Terms)
            {
                streams.Out.WriteLine($"  {SelfTestReport.Name(term.Outcome),-8} {term.Term.Name,-14} {term.Term.Sentence}{(term.Outcome == StepOutcome.Fail ? " " + term.Term.Cure : string.Empty)}");
            }

            if (test.ExitCode == ExitCode.Completed)
            {
                streams.Out.WriteLine(test.Message);
            }
        }

        if (test.ExitCode != ExitCode.Completed)
        {
            streams.Complain(test.Message);
        }

        return test.ExitCode;
    }

    /// <summary>The same members as after a test, for a board that was never reached.</summary>
    private static void WriteNoLink(Utf8JsonWriter json, string message)
    {
        json.WriteString("verdict", "noLink");
        json.WriteNumber("exitCode", ExitCode.NoLink);
        json.WriteString("message", message);
        json.WriteNull("board");
        json.WriteStartArray("terms");
        json.WriteEndArray();
        json.WriteNull("testedAtUs");
        RecordJson.Reasons(json, "inhibits", []);
        RecordJson.Reasons(json, "faults", []);
    }

    private static void Write(Utf8JsonWriter json, BoardGateTest test)
    {
        json.WriteString("verdict", test.ExitCode switch
        {
            ExitCode.Completed => "passed",
            ExitCode.Aborted => "failed",
            ExitCode.Refused => "refused",
            _ => "noLink",
        });
        json.WriteNumber("exitCode", test.ExitCode);
        json.WriteString("message", test.Message);
        json.WriteString("board", test.Board?.Board);
        json.WriteStartArray("terms");
        foreach (GateTermResult term in test.Terms)
        {
            json.WriteStartObject();
            json.WriteString("name", term.Term.Name);
            json.WriteString("outcome", term.Outcome switch { StepOutcome.Pass => "pass", StepOutcome.Fail => "fail", _ => "notDone" });
            json.WriteString("sentence", term.Term.Sentence);
            json.WriteString("cure", term.Term.Cure);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("testedAtUs", test.TestedAtUs);
        RecordJson.Reasons(json, "inhibits", test.Inhibits);
        RecordJson.Reasons(json, "faults", test.Faults);
    }
}
