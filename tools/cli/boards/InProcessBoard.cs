using System.Text;
using Escapement.Host;
using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Cli;

/// <summary>A virtual board in this process, in lock-step: as fast as the machine allows.</summary>
internal sealed class InProcessBoard : IBoardRun
{
    private const long PicosecondsPerTick = 12_500;
    private const long GraceUs = 600_000_000;

    private readonly VirtualBoard board;
    private readonly long limitUs;

    public InProcessBoard(ulong seed, int pauseMs, long sessionUs, string boardId = PlanBoard.ReferenceId)
    {
        board = new VirtualBoard(new VirtualBoardOptions { BoardId = boardId, Seed = seed, MaxPauseMs = pauseMs });
        Seed = seed;
        limitUs = sessionUs + GraceUs;
        Transport = board.Connect();
    }

    public ITransport Transport { get; }

    public ulong? Seed { get; }

    /// <summary>Somebody turns the key off again when the bench is switched on, before the host begins.</summary>
    public bool TurnsKeyOff { get; init; }

    public void Run(ITransportStep host)
    {
        if (board.RunLockStep(TurnsKeyOff ? new KeyOff(board, host) : host, limitUs) == LockStepEnd.TimeLimit && !host.IsFinished)
        {
            throw new VirtualBoardException($"The host did not end within {limitUs / 1_000_000} s of simulation time; run again with the same seed and report it.");
        }
    }

    public Witness? Witness(bool isDry)
    {
        Referee referee = board.Bench.Referee;
        RefereeSignal judged = isDry ? RefereeSignal.Trigger : RefereeSignal.Stimulator;
        long[] onsets = new long[referee.Pulses(judged)];
        int count = 0;
        foreach (Edge edge in referee.Span)
        {
            if (edge.Signal == judged && edge.Level)
            {
                onsets[count++] = edge.T80;
            }
        }

        return new Witness(onsets[..count], PicosecondsPerTick, referee.Pulses(RefereeSignal.Stimulator), WriteEdges);
    }

    public void Dispose()
    {
        Transport.Dispose();
        board.Dispose();
    }

    private void WriteEdges(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        EdgesCsv.Write(writer, board.Bench.Referee.Span);
    }

    private sealed class KeyOff(VirtualBoard board, ITransportStep host) : ITransportStep
    {
        private const long SettleUs = 500_000;

        private long offAtUs = -1;

        public bool IsFinished => host.IsFinished;

        public bool Step(long nowUs)
        {
            if (offAtUs < 0 && board.IsSwitchedOn)
            {
                board.Bench.Contact(ContactName.Key).Open(board.Bench.Now80);
                offAtUs = nowUs;
            }

            return offAtUs >= 0 && nowUs >= offAtUs + SettleUs && host.Step(nowUs);
        }
    }
}
