using Escapement.Host;
using Escapement.Rig;
using Escapement.Safety;

namespace Escapement.Virtual.Tests;

/// <summary>Hosts that share a line, hang, or come back: only the one that holds the lease and lives leads the board.</summary>
[TestClass]
public sealed class TwoHostsTests
{
    [TestMethod]
    [DataRow(3_500_000)]
    [DataRow(9_000_000)]
    [DataRow(20_000_000)]
    public void Second_host_is_refused_with_the_reason_and_the_first_ends_as_planned(long secondFromUs)
    {
        VirtualBoard board = new(new VirtualBoardOptions());
        SharedLine line = new(board.Connect());
        SessionRunner first = Session(line.Take(), 11), second = Session(line.Take(), 22);
        board.RunLockStep(new Hosts(first, new Later(second, secondFromUs)), 400_000_000);
        Assert.AreEqual(SessionVerdict.Completed, first.Result!.Verdict, first.Result.Message);
        Assert.AreEqual(600, board.Bench.Referee.Pulses(RefereeSignal.Stimulator));
        Assert.AreEqual(SessionVerdict.Refused, second.Result!.Verdict, second.Result.Message);
        Assert.AreEqual(ExitCode.Refused, second.Result.ExitCode);
        Assert.IsTrue(second.Result.Message.Contains("in another session", StringComparison.Ordinal) || second.Result.Message.Contains("Another host holds the board's lease", StringComparison.Ordinal), second.Result.Message);
    }

    /// <summary>The library's renewals hang on the caller's own steps: nothing in it lives on by itself.</summary>
    [TestMethod]
    [DataRow(SupervisorState.Armed)]
    [DataRow(SupervisorState.Running)]
    public void Caller_that_hangs_loses_the_lease_half_a_second_later_although_the_line_is_open(int state)
    {
        VirtualBoard board = new(new VirtualBoardOptions { BoardId = "esp32-s3-devkitc-1-bench", Foot = state == SupervisorState.Running });
        SessionRunner host = Session(board.Connect(), 11);
        Hangs hanging = new(host, () => host.Status?.State == state && (state == SupervisorState.Armed || board.Bench.Referee.Pulses(RefereeSignal.Stimulator) > 20));
        board.RunLockStep(hanging, 60_000_000);
        Assert.IsGreaterThan(0, hanging.SinceUs);
        long lastUs = Ticks80.ToUs(Analysis.Onsets80(board.Bench.Referee.Span, RefereeSignal.Stimulator).DefaultIfEmpty().Last());
        Assert.IsLessThan(hanging.SinceUs + 530_000, lastUs);
        Assert.IsFalse(board.Bench.Level(RigSignal.Latch));

        // It wakes up after all: what it then reads is old, and no renewal of it counts.
        board = new VirtualBoard(new VirtualBoardOptions { BoardId = "esp32-s3-devkitc-1-bench", Foot = state == SupervisorState.Running });
        SessionRunner back = Session(board.Connect(), 11);
        hanging = new Hangs(back, () => back.Status?.State == state && (state == SupervisorState.Armed || board.Bench.Referee.Pulses(RefereeSignal.Stimulator) > 20)) { ForUs = 2_000_000 };
        board.RunLockStep(hanging, 200_000_000);
        Assert.AreNotEqual(SessionVerdict.Completed, back.Result!.Verdict, back.Result.Message);
        lastUs = Ticks80.ToUs(Analysis.Onsets80(board.Bench.Referee.Span, RefereeSignal.Stimulator).DefaultIfEmpty().Last());
        Assert.IsLessThan(hanging.SinceUs + 530_000, lastUs);
    }

    /// <summary>Every renewal echoes one status that the caller has been shown before: an observer that never returns renews nothing.</summary>
    [TestMethod]
    public void Status_is_shown_to_the_caller_before_it_is_echoed_and_echoed_once()
    {
        VirtualBoard board = new(new VirtualBoardOptions());
        Log log = new();
        SessionRunner host = new(board.Connect(), Order(11), log, log);
        board.RunLockStep(host, 400_000_000);
        Assert.AreEqual(SessionVerdict.Completed, host.Result!.Verdict, host.Result.Message);
        Assert.IsGreaterThan(1_000, log.Renewals);
        Assert.AreEqual(0, log.WithoutStatus);
    }

    private static SessionRunner Session(ITransport line, uint nonce) => new(line, Order(nonce));

    private static SessionOrder Order(uint nonce) => new("itbs600", ProgramBuilder.Build(ProtocolLibrary.Find("itbs600"))) { Nonce = nonce, InVirtualTime = true };

    private sealed class Log : ISessionObserver, ILinkTap
    {
        private int _unechoed;

        public int Renewals { get; private set; }

        public int WithoutStatus { get; private set; }

        public void OnEvent(SessionEvent happened)
        {
            if (happened is StatusEvent) { _unechoed++; }
        }

        public void OnBytes(long hostUs, bool toBoard, ReadOnlySpan<byte> bytes)
        {
            if (!toBoard || bytes.Length < 3 || bytes[2] != Link.RegisterAddress.Lease) { return; }
            Renewals++;
            if (_unechoed == 0) { WithoutStatus++; }
            _unechoed = 0;
        }

        public void OnMessage(long hostUs, HarpMessage message)
        {
        }
    }

    /// <summary>Stops stepping its host when something first holds, for good or for a while.</summary>
    private sealed class Hangs(ITransportStep host, Func<bool> when) : ITransportStep
    {
        public long SinceUs { get; private set; } = -1;

        public long ForUs { get; init; } = long.MaxValue / 2;

        public bool IsFinished => host.IsFinished;

        public bool Step(long nowUs)
        {
            if (SinceUs < 0 && when()) { SinceUs = nowUs; }
            return (SinceUs < 0 || nowUs >= SinceUs + ForUs) && host.Step(nowUs);
        }
    }

    /// <summary>Begins to step its host at a time.</summary>
    private sealed class Later(ITransportStep host, long fromUs) : ITransportStep
    {
        public bool IsFinished => host.IsFinished;

        public bool Step(long nowUs) => nowUs >= fromUs && !host.IsFinished && host.Step(nowUs);
    }

    private sealed class Hosts(params ITransportStep[] all) : ITransportStep
    {
        public bool IsFinished => all.All(one => one.IsFinished);

        public bool Step(long nowUs)
        {
            bool any = false;
            foreach (ITransportStep one in all) { any |= !one.IsFinished && one.Step(nowUs); }
            return any;
        }
    }

    /// <summary>One line, several ends: each hears everything that the board says.</summary>
    private sealed class SharedLine(ITransport line)
    {
        private readonly List<Queue<byte>> _heard = [];
        private readonly byte[] _buffer = new byte[256];

        public ITransport Take()
        {
            Queue<byte> heard = new();
            _heard.Add(heard);
            return new End(this, heard);
        }

        private void Listen()
        {
            for (int count = line.Read(_buffer); count > 0; count = line.Read(_buffer))
            {
                foreach (Queue<byte> heard in _heard)
                {
                    foreach (byte value in _buffer.AsSpan(0, count)) { heard.Enqueue(value); }
                }
            }
        }

        private sealed class End(SharedLine shared, Queue<byte> heard) : ITransport
        {
            public string Name => "shared line";

            public int Read(Span<byte> buffer)
            {
                shared.Listen();
                int count = 0;
                while (count < buffer.Length && heard.TryDequeue(out byte value)) { buffer[count++] = value; }
                return count;
            }

            public void Write(ReadOnlySpan<byte> bytes) => shared.Line.Write(bytes);

            public bool WaitReadable(TimeSpan timeout) => true;

            public void Dispose()
            {
            }
        }

        private ITransport Line => line;
    }
}
