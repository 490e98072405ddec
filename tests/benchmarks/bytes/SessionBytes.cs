using Escapement.Benchmarks.Opcodes;
using Escapement.Host;
using Escapement.Kernel;
using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Benchmarks.Bytes;

/// <summary>What one session takes, in bytes: on the board, over the link and in its record.</summary>
public sealed record SessionBytes
{
    public required string Name { get; init; }

    /// <summary>The pulse program.</summary>
    public required int Program { get; init; }

    public required int Lists { get; init; }

    /// <summary>The longest word list, padding included.</summary>
    public required int LongestList { get; init; }

    /// <summary>All word lists of the session, padding included.</summary>
    public required long AllLists { get; init; }

    /// <summary>From power-up to the session's end.</summary>
    public required double VirtualS { get; init; }

    public required long ToBoard { get; init; }

    public required long FromBoard { get; init; }

    /// <summary>All files of the record but the referee's edges.</summary>
    public required long Record { get; init; }

    /// <summary>edges.csv, which only a bench with a referee has.</summary>
    public required long Edges { get; init; }

    public double FromBoardPerS => FromBoard / VirtualS;

    /// <summary>Plays the session on the virtual board and keeps its record for as long as it takes to measure it.</summary>
    public static SessionBytes Of(string name)
    {
        byte[] image = Programs.Of(name);
        string folder = Directory.CreateTempSubdirectory("escapement-bytes-").FullName;
        try
        {
            using SessionRecord record = SessionRecord.Begin(folder);
            var tap = new Counter(record);
            using var board = new VirtualBoard(new VirtualBoardOptions());
            using ITransport line = board.Connect();
            var session = new SessionRunner(line, new SessionOrder(name, image), record, tap);
            board.RunLockStep(session);
            if (session.Result is not { Verdict: SessionVerdict.Completed } result)
                throw new InvalidOperationException($"{name} did not complete: {session.Result?.Message ?? "no result"}");
            record.Add(SessionRecord.EdgesFile, stream =>
            {
                using var writer = new StreamWriter(stream, leaveOpen: true);
                EdgesCsv.Write(writer, board.Bench.Referee.Span);
            });
            record.Complete(new SessionReport(result));
            long edges = new FileInfo(Path.Combine(folder, SessionRecord.EdgesFile)).Length;
            Planner plan = Planned(image);
            return new SessionBytes
            {
                Name = name, Program = image.Length, Lists = plan.Transactions, LongestList = 4 * plan.MaxWords, AllLists = 4 * plan.Words,
                VirtualS = board.NowUs / 1e6, ToBoard = tap.ToBoard, FromBoard = tap.FromBoard,
                Record = new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length) - edges, Edges = edges,
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static Planner Planned(byte[] image)
    {
        var plan = new Planner();
        plan.Begin(image, new PlanLimits());
        while (plan.Step(int.MaxValue) == 0)
        {
        }
        return plan;
    }

    sealed class Counter(ILinkTap next) : ILinkTap
    {
        public long ToBoard { get; private set; }

        public long FromBoard { get; private set; }

        public void OnBytes(long hostUs, bool toBoard, ReadOnlySpan<byte> bytes)
        {
            ToBoard += toBoard ? bytes.Length : 0;
            FromBoard += toBoard ? 0 : bytes.Length;
            next.OnBytes(hostUs, toBoard, bytes);
        }

        public void OnMessage(long hostUs, HarpMessage message) => next.OnMessage(hostUs, message);
    }
}
