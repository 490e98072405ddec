namespace Escapement.Simulation;

/// <summary>What a host has heard from the board.</summary>
public sealed class BoardSeen
{
    private readonly FrameScanner _scanner = new(false);

    /// <summary>State of the supervisor; negative: not known.</summary>
    public int State { get; private set; } = -1;

    /// <summary>Board time of the last Status, in microseconds.</summary>
    public long BoardUs { get; private set; }

    /// <summary>When it was seen, in microseconds.</summary>
    public long SeenUs { get; private set; }

    /// <summary>Faults that are latched.</summary>
    public uint Faults { get; private set; }

    /// <summary>Reasons against arming.</summary>
    public uint Inhibits { get; private set; }

    /// <summary>What would be armed.</summary>
    public uint Digest { get; private set; }

    /// <summary>The challenge in force.</summary>
    public ulong Challenge { get; private set; }

    /// <summary>Status messages so far.</summary>
    public int Statuses { get; private set; }

    /// <summary>Every state that was seen.</summary>
    public int States { get; private set; }

    /// <summary>Every fault that was seen.</summary>
    public uint AllFaults { get; private set; }

    /// <summary>Every reason that was seen.</summary>
    public uint AllInhibits { get; private set; }

    /// <summary>Refused commands by their result.</summary>
    public int[] Refusals { get; } = new int[16];

    /// <summary>Called when the state has changed, with the one before.</summary>
    public Action<int>? Changed { get; set; }

    /// <summary>Takes bytes of the board.</summary>
    public void Take(ReadOnlyMemory<byte> bytes, long nowUs)
    {
        foreach (LinkFrame frame in _scanner.Feed(bytes, nowUs)) { Take(frame, nowUs); }
    }

    private void Take(LinkFrame frame, long nowUs)
    {
        switch (frame.Address)
        {
            case Reg.Status when frame.Payload.Length == 64:
                Statuses++;
                BoardUs = frame.U64(0);
                SeenUs = nowUs;
                Inhibits = (uint)frame.U64(7);
                Faults = (uint)((ulong)frame.U64(7) >> 32);
                AllFaults |= Faults;
                AllInhibits |= Inhibits;
                Go((int)(frame.U64(1) & 0xFF));
                break;
            case Reg.State when frame.Payload.Length == 1: Go(frame.Payload[0]); break;
            case Reg.Faults when frame.Payload.Length == 8:
                Faults = frame.U32(0);
                AllFaults |= Faults;
                break;
            case 36 when frame.Payload.Length == 4:
                Inhibits = frame.U32(0);
                AllInhibits |= Inhibits;
                break;
            case Reg.Digest when frame.Payload.Length == 16: Digest = frame.U32(0); break;
            case 42 when frame.Payload.Length == 8: Challenge = (ulong)frame.U64(0); break;
            case 47 when frame.Payload.Length == 16 && frame.Kind == Reg.EventKind: Refusals[frame.U32(2) & 15]++; break;
            default: break;
        }
    }

    private void Go(int state)
    {
        if (state == State) { return; }
        int before = State;
        State = state;
        States |= 1 << state;
        Changed?.Invoke(before);
    }
}
