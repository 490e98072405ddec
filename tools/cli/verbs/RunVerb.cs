using System.CommandLine;
using System.Security.Cryptography;
using Escapement.Host;
using Escapement.Virtual;

namespace Escapement.Cli;

/// <summary>`escapement run`: one session on a board.</summary>
internal static class RunVerb
{
    public static Command Make(Streams streams)
    {
        var which = Given.Protocol();
        var folder = new Option<string?>("--out") { Description = "Keeps a record of the session in this folder.", HelpName = "DIR" };
        var json = Given.Json("Ends with one line that is a JSON object.");
        var plot = Given.Plot();
        var dry = new Option<bool>("--dry") { Description = "The gate stays closed; only the trigger line and the raw counter move." };
        var clear = new Option<bool>("--clear") { Description = "Clears faults latched from before, if their cause is gone." };
        var seed = Given.Seed();
        var pause = Given.PauseMs();
        var width = Given.PulseWidth();
        var port = Given.Port();
        var tcp = Given.Tcp();
        var real = Given.Real();
        var board = Given.BoardId("Which board: the virtual one, or the one that must be behind --port or --tcp.");
        Option<int?> minGap = Given.Whole("--min-gap-us", "Tightens this session's smallest interval, microseconds.", 1, int.MaxValue);
        Option<int?> maxPulses = Given.Whole("--max-pulses", "Tightens this session's pulses.", 1, int.MaxValue);
        Option<int?> maxTrain = Given.Whole("--max-train-pulses", "Tightens the pulses of one train.", 1, int.MaxValue);
        Option<int?> maxWidth = Given.Whole("--max-width-us", "Tightens the longest pulse, microseconds.", 1, int.MaxValue);
        Option<int?> maxSession = Given.Whole("--max-session-s", "Tightens the session's length, seconds.", 1, int.MaxValue);
        Option<int?> maxHour = Given.Whole("--max-hour-pulses", "Tightens the pulses of an hour.", 1, int.MaxValue);
        Option<int?> maxHigh = Given.Whole("--max-high-us", "Tightens how long the trigger line may be high in a second, microseconds.", 1, int.MaxValue);
        var verb = new Command("run", "Runs a session, on a virtual board unless --port or --tcp names another.") { which, folder, json, plot, dry, clear, seed, pause, width, port, tcp, real, board, minGap, maxPulses, maxTrain, maxWidth, maxSession, maxHour, maxHigh };
        verb.SetAction(parsed => new RunSession(streams)
        {
            Which = parsed.GetValue(which)!,
            Folder = parsed.GetValue(folder),
            IsJson = parsed.GetValue(json),
            Picture = parsed.GetValue(plot),
            IsDry = parsed.GetValue(dry),
            Clears = parsed.GetValue(clear),
            Seed = parsed.GetValue(seed),
            PauseMs = parsed.GetValue(pause),
            WidthUs = parsed.GetValue(width),
            Port = parsed.GetValue(port),
            Tcp = parsed.GetValue(tcp),
            IsReal = parsed.GetValue(real),
            BoardId = parsed.GetValue(board),
            Limits = new SessionLimits
            {
                MinGapUs = parsed.GetValue(minGap),
                MaxSessionPulses = parsed.GetValue(maxPulses),
                MaxTrainPulses = parsed.GetValue(maxTrain),
                MaxWidthUs = parsed.GetValue(maxWidth),
                MaxSessionS = parsed.GetValue(maxSession),
                MaxHourPulses = parsed.GetValue(maxHour),
                MaxHighUs = parsed.GetValue(maxHigh),
            },
        }.Run());
        return verb;
    }
}

/// <summary>One run of one session.</summary>
internal sealed class RunSession(Streams streams)
{
    private const ulong DefaultSeed = 1;

    private BoardModel? Model { get; set; }

    public required string Which { get; init; }

    public string? Folder { get; init; }

    public bool IsJson { get; init; }

    public string? Picture { get; init; }

    public bool IsDry { get; init; }

    public bool Clears { get; init; }

    public ulong? Seed { get; init; }

    public int? PauseMs { get; init; }

    public int? WidthUs { get; init; }

    public string? Port { get; init; }

    public string? Tcp { get; init; }

    public bool IsReal { get; init; }

    public string? BoardId { get; init; }

    public required SessionLimits Limits { get; init; }

    /// <summary>Everything that can be refused is refused before anything starts.</summary>
    public int Run()
    {
        bool isElsewhere = Port is not null || Tcp is not null;
        if (isElsewhere && (Seed is not null || PauseMs is not null))
        {
            throw new InputException("--seed and --pause-ms belong to the virtual board of this process; leave them away with --port and --tcp.");
        }

        if (IsReal && !isElsewhere)
        {
            throw new InputException("--real: without --port or --tcp the session runs on a virtual board; name the port of the real one.");
        }

        Model = BoardId is null ? null : BoardModel.Find(BoardId);
        if (Picture is not null)
        {
            Pictures.Check(Picture);
        }

        Protocol protocol = ProtocolLibrary.Resolve(Which).WithPulseWidth(WidthUs ?? ProtocolBlock.DefaultPulseWidthUs);
        byte[] program = ProgramBuilder.Build(protocol);
        using SessionRecord? record = Folder is null ? null : SessionRecord.Begin(Folder);
        SessionReport report;
        try
        {
            report = Play(protocol, program, record);
        }
        catch
        {
            record?.Discard();
            throw;
        }

        return Tell(report);
    }

    private SessionReport Play(Protocol protocol, byte[] program, SessionRecord? record)
    {
        DateTimeOffset begun = DateTimeOffset.Now;
        IBoardRun board;
        try
        {
            board = Connect(protocol);
        }
        catch (TransportException error)
        {
            record?.Discard();
            return NoBoard(protocol, program, error.Message);
        }

        using (board)
        {
            var order = new SessionOrder(protocol.Id, program) { Dry = IsDry, ClearFaults = Clears, Limits = Limits, Nonce = Nonce(board.Seed), Expected = new BoardExpectation { IsReal = IsReal, BoardId = Model?.Number } };
            IProgress progress = Progress(protocol);
            var runner = new SessionRunner(board.Transport, order, new Observers(record, progress), record);
            if (record is not null)
            {
                record.Broken = runner.RequestStop;
            }

            using (new Interrupts(runner.RequestStop))
            {
                try
                {
                    progress.While(() => board.Run(runner));
                }
                catch
                {
                    // Whatever it was, the board must not go on until its lease lapses.
                    runner.Abandon();
                    throw;
                }
            }

            SessionReport report = Judge(protocol, runner.Result!, board) with { BegunAt = begun };
            return Keep(report, board, record);
        }
    }

    private IBoardRun Connect(Protocol protocol) => DistantBoard.Open(Port, Tcp) is { } transport
        ? new DistantBoard(transport)
        : new InProcessBoard(Seed ?? DefaultSeed, PauseMs ?? 0, (long)protocol.CycleUs.Ceiling(), Model?.Id ?? PlanBoard.ReferenceId);

    /// <summary>A virtual session repeats from its seed, so even the host's name in it does.</summary>
    private static uint Nonce(ulong? seed)
    {
        uint nonce = seed is { } known ? (uint)((known * 0x9E3779B97F4A7C15) >> 32) : BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4));
        return nonce == 0 ? 1 : nonce;
    }

    private IProgress Progress(Protocol protocol)
    {
        if (IsJson)
        {
            return new NoProgress();
        }

        return streams.IsTerminal ? Live(protocol) : new PlainProgress(streams.Out, protocol.TotalPulses);
    }

    // Apart, so that the drawing library is loaded on a terminal only.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static IProgress Live(Protocol protocol) => new LiveProgress(protocol.Id, protocol.TotalPulses);

    private SessionReport Judge(Protocol protocol, SessionResult result, IBoardRun board)
    {
        var report = new SessionReport(result) { Protocol = protocol, Seed = board.Seed, DurationUs = Planned(protocol, result) }.Explained();
        if (board.Witness(result.Dry) is not { } witness)
        {
            return report.Checked();
        }

        EdgeFigures figures = result.Started
            ? EdgeMeasures.Of(witness.Onsets, witness.UnitPs, witness.Emitted, new ExactSchedule(protocol), result.Trains, result.Dry)
            : new EdgeFigures(witness.Emitted, null, null);
        return (report with { Edges = figures, MeasuredDurationUs = witness.DurationUs }).Checked();
    }

    /// <summary>The planned time from the first pulse to the last one that the board counted.</summary>
    private static long Planned(Protocol protocol, SessionResult result)
    {
        long counted = result.Dry ? result.PulsesRaw : result.PulsesCounted;
        return counted == 0 ? 0 : new ExactSchedule(protocol).Pulses().Take((int)counted).Last().TickUs;
    }

    /// <summary>Record and picture. The session is over: whatever cannot be written now must not hide its verdict.</summary>
    private SessionReport Keep(SessionReport report, IBoardRun board, SessionRecord? record)
    {
        bool hasSession = report.Result.Board is not null;
        Witness? witness = board.Witness(report.Result.Dry);
        if (record is not null && hasSession)
        {
            report = Try(report, kept =>
            {
                if (witness is not null)
                {
                    record.Add(SessionRecord.EdgesFile, witness.WriteEdges);
                }

                record.Complete(kept);
                return kept with { Record = record.Folder };
            });
        }
        else
        {
            record?.Discard();
        }

        return Picture is null || !report.Result.Started ? report : Try(report, drawn =>
        {
            Draw(drawn, witness);
            return drawn;
        });
    }

    private static SessionReport Try(SessionReport report, Func<SessionReport, SessionReport> write)
    {
        try
        {
            return write(report);
        }
        catch (InputException error)
        {
            int exitCode = report.Result.ExitCode == ExitCode.Completed ? error.ExitCode : report.Result.ExitCode;
            return report with { Result = report.Result with { ExitCode = exitCode, Message = $"{report.Result.Message} {error.Message}" } };
        }
    }

    private void Draw(SessionReport report, Witness? witness)
    {
        if (witness is null)
        {
            Pictures.Plan(Picture!, Plan.Of(report.Protocol!, report.PlannedFor));
            return;
        }

        using var edges = new MemoryStream();
        witness.WriteEdges(edges);
        Pictures.Record(Picture!, () => new MemoryStream(edges.GetBuffer(), 0, (int)edges.Length, writable: false), report.Result.Protocol);
    }

    private SessionReport NoBoard(Protocol protocol, byte[] program, string message) => new(new SessionResult
    {
        Verdict = SessionVerdict.Refused,
        ExitCode = ExitCode.NoLink,
        Message = message,
        Protocol = protocol.Id,
        Dry = IsDry,
        PulsesPlanned = new SessionOrder(protocol.Id, program).PulsesPlanned,
        Link = new HarpCounters(),
    });

    private int Tell(SessionReport report)
    {
        SessionResult result = report.Result;
        if (IsJson)
        {
            streams.Out.WriteLine(report.ToJson());
        }
        else if (result.Board is not null)
        {
            ReportText.Write(streams.Out, report);
        }

        if (result.ExitCode != ExitCode.Completed)
        {
            streams.Complain(result.Message);
        }

        return result.ExitCode;
    }
}
