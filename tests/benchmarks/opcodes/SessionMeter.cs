using Escapement.Fit;
using Escapement.Fit.Opcodes;
using Escapement.Host;
using Escapement.Safety;
using Escapement.Virtual;

namespace Escapement.Benchmarks.Opcodes;

/// <summary>
/// Plays a session on the virtual board with an instrumented copy of the whole firmware, the esp32 room included, and reads
/// the counter inside the vendor calls: at every reading of the clock, every send and every sleep.
/// </summary>
public sealed class SessionMeter : IDisposable
{
    const string VendorDll = "Escapement.Chip.dll";

    readonly OpcodeCounter counter;
    readonly Action firmware;

    public SessionMeter()
    {
        counter = OpcodeCounter.InstrumentFirmware(RepositoryRoot.Find(), Path.Combine(AppContext.BaseDirectory, VendorDll));
        firmware = counter.Type("Escapement.Esp32.Program").GetMethod("Main")!.CreateDelegate<Action>();
    }

    public SessionCost Measure(string name)
    {
        using var board = new VirtualBoard(new VirtualBoardOptions { Firmware = firmware, Operator = true });
        using ITransport line = board.Connect();
        var session = new SessionRunner(line, new SessionOrder(name, Programs.Of(name)));
        var watch = new Watch(counter, board, session);
        counter.Reset();
        board.RunLockStep(watch, limitUs: 24L * 3600 * 1_000_000);
        if (session.Result?.Verdict != SessionVerdict.Completed || watch.Between.Count == 0)
            throw new InvalidOperationException($"There is nothing to measure: {session.Result?.Message ?? "the session did not end"}");
        return new SessionCost(name, watch.Between.Count, watch.Between.Max(), watch.Between.Min(), watch.Passes());
    }

    public void Dispose() => counter.Dispose();

    /// <summary>Stands between the board and the host; sees every pass end.</summary>
    sealed class Watch : ITransportStep
    {
        readonly OpcodeCounter counter;
        readonly VirtualBoard board;
        readonly BoardFaults calls;
        readonly SessionRunner session;
        readonly SortedDictionary<int, List<long>> passes = [];
        long lastUs = -1;
        long atPass;
        long atClock;
        bool isSent;

        public Watch(OpcodeCounter counter, VirtualBoard board, SessionRunner session)
        {
            (this.counter, this.board, this.session, calls) = (counter, board, session, board.Faults);
            calls.AtCall(FirmwareCall.ClockRead, 1, OnClock);
            calls.AtCall(FirmwareCall.RmtSend, 1, OnSend);
        }

        public List<long> Between { get; } = [];

        public bool IsFinished => session.IsFinished;

        public bool Step(long nowUs)
        {
            if (nowUs != lastUs)
            {
                long now = counter.Read();
                if (session.Status is { } status)
                    Of(status.State).Add(now - atPass);
                (lastUs, atPass) = (nowUs, now);
            }
            return session.Step(nowUs);
        }

        public IReadOnlyList<PassCost> Passes() => [.. passes.Select(kind =>
        {
            kind.Value.Sort();
            return new PassCost(StateTable.Name(kind.Key), kind.Value.Count, kind.Value[kind.Value.Count / 2], kind.Value[^1]);
        })];

        List<long> Of(int state)
        {
            if (!passes.TryGetValue(state, out List<long>? list))
                passes.Add(state, list = []);
            return list;
        }

        void OnClock()
        {
            long now = counter.Read();
            if (isSent)
                Between.Add(now - atClock);
            (isSent, atClock) = (false, now);
            calls.AtCall(FirmwareCall.ClockRead, 1, OnClock);
        }

        void OnSend()
        {
            // Not those of the gate test at power-up: they are no session's, and nothing is proved about their start.
            isSent = board.IsSwitchedOn;
            calls.AtCall(FirmwareCall.RmtSend, 1, OnSend);
        }
    }
}
