namespace Escapement.Simulation;

/// <summary>Registers as docs/registers.md numbers them.</summary>
internal static class Reg
{
    public const int OperationControl = 10, ResetDevice = 11, State = 35, Faults = 37, Status = 39, Digest = 41, Stop = 60, CommandResult = 47, Disarm = 62, ReleaseLease = 63, UploadChunk = 64,
        Lease = 70, Seal = 71, Limits = 72, Arm = 74, Start = 75, Resume = 76, Clear = 77, GateTest = 78;

    public const int Idle = 2, Loaded = 3, Armed = 4, Running = 5, Held = 6, Done = 7, Fault = 8, EmergencyStop = 9;

    public const int ReadKind = 1, WriteKind = 2, EventKind = 3;
}

/// <summary>
/// What the link shows, without asking either side: which command was accepted (its reply equals the request), which program lies on the board,
/// how board time and true time go together.
/// </summary>
internal sealed class LinkWatch
{
    private const int CommandBytes = 48;
    private const int MostBytes = 4096;
    private const long FreshUs = 2_000_000;

    private readonly Dictionary<string, long> _asked = [];
    private readonly HashSet<string> _taken = [];
    private readonly byte[] _image = new byte[MostBytes];
    private readonly Queue<(long AtUs, int Bytes)> _load = new();
    private readonly Dictionary<uint, long> _gateTests = [];
    private int _length;
    private long _lagUs = long.MinValue;

    /// <summary>The plan of the program that lies on the board, as far as the link shows it.</summary>
    public PulsePlan? Plan { get; private set; }

    /// <summary>A request has arrived at the board.</summary>
    public void Asked(LinkFrame frame)
    {
        _load.Enqueue((frame.AtUs, frame.Payload.Length + 6));
        while (_load.Count > 0 && _load.Peek().AtUs < frame.AtUs - 200_000) { _load.Dequeue(); }
        if (frame.Kind == Reg.WriteKind && frame.Address >= Reg.UploadChunk) { _asked.TryAdd(Key(frame), frame.AtUs); }
        if (frame is { Kind: Reg.WriteKind, Address: Reg.GateTest, Payload.Length: CommandBytes } && frame.U32(3) == 1) { _gateTests[frame.U32(1)] = frame.AtUs; }
    }

    /// <summary>Bytes that arrived in the last 200 ms.</summary>
    public int Load => _load.Sum(one => one.Bytes);

    /// <summary>When the command that this reply accepts had arrived, in microseconds; negative when it accepts none, or one that it has accepted before.</summary>
    public long Accepted(LinkFrame reply)
    {
        if (reply.Kind != Reg.WriteKind || reply.Payload.Length != CommandBytes) { return -1; }
        string key = Key(reply);
        
        // A refusal shows what was accepted last, which may be long ago and never have been answered.
        bool isFresh = _asked.TryGetValue(key, out long atUs) && reply.AtUs - atUs < FreshUs;
        return _taken.Add(key) && isFresh ? atUs : -1;
    }

    /// <summary>When a gate test with nothing connected was asked for under this sequence number, in microseconds; negative when none was.</summary>
    public long AskedGateTest(uint sequence) => _gateTests.GetValueOrDefault(sequence, -1);

    /// <summary>A part of a program was taken; the reply shows the last one that was.</summary>
    public void Part(LinkFrame reply)
    {
        byte[] part = reply.Payload;
        if (reply.Kind != Reg.WriteKind || part.Length != 68 || !_asked.ContainsKey(Key(reply))) { return; }
        int offset = part[0] | (part[1] << 8);
        int count = part[2];
        if ((offset != 0 && offset != _length) || count > 64 || offset + count > MostBytes) { return; }
        part.AsSpan(4, count).CopyTo(_image.AsSpan(offset));
        _length = offset + count;
    }

    /// <summary>The board says what it would arm: the program is known if its CRC-32 is that of the parts.</summary>
    public void DigestSaid(LinkFrame frame)
    {
        if (frame.Payload.Length != 16 || frame.U32(0) == 0) { return; }
        int length = (int)frame.U32(2);
        bool known = length == _length && Host.Crc32.Of(_image.AsSpan(0, length)) == frame.U32(1);
        Plan = known ? ProgramReader.Read(_image.AsSpan(0, length)) : null;
    }

    /// <summary>A board time was seen on the link.</summary>
    public void BoardTime(long boardUs, long seenUs) => _lagUs = Math.Max(_lagUs, seenUs - boardUs);

    /// <summary>The latest true time, in microseconds, that a board time can be.</summary>
    public long TrueUs(long boardUs) => _lagUs == long.MinValue ? long.MaxValue / 4 : boardUs + _lagUs;

    /// <summary>The board has started anew: its clock begins at zero, its program is gone.</summary>
    public void Reset()
    {
        _lagUs = long.MinValue;
        _length = 0;
        Plan = null;
        _asked.Clear();
        _taken.Clear();
        _gateTests.Clear();
    }

    private static string Key(LinkFrame frame) => frame.Address + ":" + Convert.ToBase64String(frame.Payload);
}
