using Escapement.Host;
using Escapement.Virtual;

namespace Escapement.Faults.Tests;

/// <summary>
/// The cable between host and board, a whole frame at a time on its way to the board: it can be cut, listened to, and delay, drop, change or add frames.
/// </summary>
internal sealed class Wire : ITransport
{
    private readonly VirtualBoard board;
    private readonly ITransport line;
    private ITransport inner;
    private readonly PriorityQueue<byte[], (long Us, int Order)> late = new();
    private int order;

    public Wire(VirtualBoard board, ITransport line)
    {
        this.board = board;
        this.line = line;
        inner = line;
    }

    public string Name => inner.Name;

    /// <summary>Every frame that the host sent, with the board's time, in microseconds.</summary>
    public List<(long AtUs, byte[] Frame)> Sent { get; } = [];

    /// <summary>Nothing passes from this simulation time on, in microseconds.</summary>
    public long CutFromUs { get; set; } = long.MaxValue;

    /// <summary>Nothing passes until this simulation time, in microseconds, once it was cut.</summary>
    public long MendedFromUs { get; set; } = long.MaxValue;

    /// <summary>What becomes of a frame on its way to the board: frames, each with its delay in microseconds. Null: it passes.</summary>
    public Func<byte[], IEnumerable<(long DelayUs, byte[] Frame)>>? Fate { get; set; }

    /// <summary>The register that a frame speaks of.</summary>
    public static int Address(byte[] frame) => frame.Length > 2 ? frame[2] : -1;

    public int Read(Span<byte> buffer)
    {
        int count = inner.Read(buffer);
        return IsCut ? 0 : count;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        byte[] frame = bytes.ToArray();
        Sent.Add((board.NowUs, frame));
        foreach ((long delayUs, byte[] one) in Fate?.Invoke(frame) ?? [(0, frame)])
        {
            if (delayUs > 0) { Later(board.NowUs + delayUs, one); }
            else { Pass(one); }
        }
    }

    /// <summary>Sends a frame of somebody else at a simulation time, in microseconds.</summary>
    public void Later(long atUs, byte[] frame) => late.Enqueue(frame, (atUs, order++));

    /// <summary>The line behind the cable, for a hub.</summary>
    public ITransport Open() => line;

    /// <summary>From here on the cable ends at a hub.</summary>
    public void Share(ITransport port) => inner = port;

    /// <summary>Passes what is due.</summary>
    public void Pump(long nowUs)
    {
        while (late.TryPeek(out byte[]? frame, out (long Us, int Order) due) && due.Us <= nowUs)
        {
            late.Dequeue();
            Pass(frame);
        }
    }

    public bool WaitReadable(TimeSpan atMost) => inner.WaitReadable(atMost);

    public void Dispose() => inner.Dispose();

    private bool IsCut => board.NowUs >= CutFromUs && board.NowUs < MendedFromUs;

    private void Pass(byte[] frame)
    {
        if (!IsCut) { inner.Write(frame); }
    }
}
