using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using Escapement.Boards;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>`escapement boards calibrate`: how much a board's clock is off, from an instrument's figures or against this computer's clock.</summary>
internal static class CalibrateVerb
{
    public static Command Make(Streams streams)
    {
        var board = new Option<string?>("--board") { Description = "Id of the board that was measured, or its board file.", HelpName = "ID" };
        Option<double?> expected = Time("--expected-us", "Interval as planned, from first to last pulse, in microseconds.");
        Option<double?> measured = Time("--measured-us", "The same interval as the instrument measured it, in microseconds.");
        Option<double?> uncertain = Time("--uncertainty-us", "By how much the measured figure may be wrong, in microseconds (default 1).");
        var uid = new Option<string?>("--uid") { Description = "Unique identifier of the board that was measured, for the file.", HelpName = "HEX" };
        var port = Given.Port();
        var tcp = Given.Tcp();
        Option<int?> seconds = Given.Whole("--seconds", "How long to compare with this computer's clock (default 600).", 1, 86400);
        var to = new Option<string?>("--out") { Description = "Writes the result as JSON.", HelpName = "FILE" };
        var json = Given.Json("Writes one JSON object instead of text.");
        var verb = new Command("calibrate", "Compares a board's clock with an instrument, or with this computer's clock over a link.") { board, expected, measured, uncertain, uid, port, tcp, seconds, to, json };
        verb.SetAction(parsed =>
        {
            using ITransport? transport = DistantBoard.Open(parsed.GetValue(port), parsed.GetValue(tcp));
            bool isLive = transport is not null;
            Refuse(parsed, isLive ? [board, expected, measured, uncertain, uid] : [seconds], isLive ? "are figures of an instrument; leave them away with --port or --tcp" : "belongs to a board behind --port or --tcp");
            string? path = parsed.GetValue(to);
            if (path is not null)
            {
                AtomicFile.Check(path);
            }

            return transport is not null
                ? Live(streams, transport, parsed.GetValue(seconds) ?? 600, path, parsed.GetValue(json))
                : Instrument(streams, parsed.GetValue(board), parsed.GetValue(uid), parsed.GetValue(expected), parsed.GetValue(measured), parsed.GetValue(uncertain) ?? 1, path, parsed.GetValue(json));
        });
        return verb;
    }

    private static void Refuse(ParseResult parsed, IReadOnlyList<Option> strange, string why)
    {
        string[] given = [.. strange.Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name)];
        if (given.Length > 0)
        {
            throw new InputException($"{string.Join(", ", given)} {why}.");
        }
    }

    private static Option<double?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "US",
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value > 0 && value <= 1e12)
            {
                return value;
            }

            result.AddError($"{name}: '{text}' is not a time above zero in microseconds, at most 1000000000000; correct the number.");
            return null;
        },
    };

    private static int Instrument(Streams streams, string? name, string? uid, double? expectedUs, double? measuredUs, double uncertaintyUs, string? path, bool isJson)
    {
        if (name is null || expectedUs is null || measuredUs is null)
        {
            throw new InputException("what was measured is missing; give --board, --expected-us and --measured-us from an instrument, or a board by --port or --tcp.");
        }

        Board board = GivenBoard.Find(name);
        if (Math.Abs((expectedUs.Value / measuredUs.Value) - 1) > 0.01)
        {
            throw new InputException("--expected-us and --measured-us differ by more than 1 %; that is no clock but a mistake in one of them.");
        }

        return Tell(streams, Calibration.Measured(board.Id, board.CrystalTolerancePpm, expectedUs.Value, measuredUs.Value, uncertaintyUs) with { Uid = uid }, path, isJson);
    }

    private static int Live(Streams streams, ITransport transport, int seconds, string? path, bool isJson)
    {
        var watch = new ClockWatch(transport, seconds * 1_000_000L);
        using var interrupts = new Interrupts(_ => watch.Stop());
        SessionLoop.Run(transport, watch);
        if (watch.Problem is { } problem)
        {
            streams.Complain(problem.Message);
            return problem.ExitCode;
        }

        BoardIdentity identity = watch.Board!;
        if (BoardLibrary.Find(identity.BoardId) is not { } board)
        {
            throw new InputException($"{transport.Name}: the tolerance of {identity.Board} is not known here; use the version of this command that came with its firmware.");
        }

        if (Calibration.Compared(board.Id, identity.Uid, board.CrystalTolerancePpm, watch.Comparison) is not { } calibration)
        {
            streams.Complain($"The answers of the board at {transport.Name} fit no steady clock ({watch.Comparison.Samples} of them); let this computer do nothing else and measure longer.");
            return ExitCode.Aborted;
        }

        return Tell(streams, calibration, path, isJson);
    }

    private static int Tell(Streams streams, Calibration calibration, string? path, bool isJson)
    {
        if (path is not null)
        {
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(calibration.ToJson(DateTimeOffset.UtcNow) + "\n")));
        }

        if (isJson)
        {
            streams.Out.WriteLine(calibration.ToJson());
        }
        else
        {
            streams.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{calibration.Board}{(calibration.Uid is { } uid ? " " + uid : string.Empty)}: {calibration.Ppm:+0.###;-0.###;0} ppm +- {calibration.UncertaintyPpm:0.###} ppm against {calibration.Reference}"));
            streams.Out.WriteLine($"uncertainty: {calibration.Basis}");
            streams.Out.WriteLine($"verdict: {calibration.Sentence()}");
        }

        if (calibration.Verdict != ClockVerdict.Outside)
        {
            return ExitCode.Completed;
        }

        streams.Complain($"the clock of {calibration.Board} is {calibration.Sentence()}.");
        return ExitCode.Aborted;
    }
}
