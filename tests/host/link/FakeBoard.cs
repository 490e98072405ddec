using System.Buffers.Binary;

namespace Escapement.Host.Tests;

/// <summary>
/// A board written a second time from docs and device.yml alone: the register semantics a host sees, nothing of the firmware.
/// It runs in virtual time, one pass every 10 ms.
/// </summary>
internal sealed class FakeBoard
{
    public const int PassUs = 10_000;

    private readonly Dictionary<int, byte[]> accepted = [];
    private readonly List<byte> held = [];
    private readonly byte[] program = new byte[4096];
    private readonly byte[] lastChunk = new byte[68];
    private int programHave;
    private uint lastSequence;
    private long statusDueUs;
    private long lastByteUs;
    private long verifiedAtUs = -1;
    private long armedAtUs = -1;
    private ulong challenge;
    private long challengeAtUs;
    private long startedAtUs;
    private long transactionsDone;
    private byte[] commandResult = new byte[16];

    // Knobs.
    public uint Magic { get; set; } = 0x45534350;
    public uint InterfaceVersion { get; set; } = 1;
    public byte[] Harp { get; set; } = [1, 13, 0];
    public byte[] Firmware { get; set; } = [0, 1, 0];
    public int BoardId { get; set; } = 1;
    public bool Virtual { get; set; } = true;
    public uint TickNs { get; set; } = 1000;
    public byte[] InterfaceHash { get; set; } = Convert.FromHexString(DeviceInterface.Sha1).Reverse().ToArray();
    public bool IsSilent { get; set; }
    public bool IsOtherHarpDevice { get; set; }
    public uint Inhibits { get; set; }
    public uint StaleHistoryUntilUs { get; set; }
    public uint ProgramError { get; set; }
    public bool LiesAboutDigest { get; set; }
    public int IgnoredStops { get; set; }
    public bool SwallowsStopReply { get; set; }
    public int State { get; set; } = 2;
    public uint FaultBits { get; set; }
    public int Transactions { get; set; } = 3;
    public long TransactionUs { get; set; } = 1_000_000;
    public int PulsesEach { get; set; } = 10;
    public int CountersOffBy { get; set; }
    public long FaultAtUs { get; set; } = long.MaxValue;
    public uint FaultThen { get; set; } = 0x1000000;
    public bool FailsToArm { get; set; }
    public uint InputsPresent { get; set; } = 0xBF;
    public uint LeaseHolder { get; set; }
    public uint Boot { get; set; } = 7;

    // What happened.
    public long NowUs { get; private set; }
    public byte Mode { get; private set; } = 0xE4;
    public int StartsCarriedOut { get; private set; }
    public int StartFrames { get; private set; }
    public bool IsDry { get; private set; }
    public long LeaseEndsUs { get; set; }
    public List<long> StopsAtUs { get; } = [];
    public List<long> StatusEventsUs { get; } = [];
    public List<(long NowUs, long EchoUs)> Renewals { get; } = [];
    public List<byte[]> Out { get; } = [];
    public int ProgramsSealed { get; private set; }
    public int WritesSeen { get; private set; }

    public long Pulses { get; private set; }

    /// <summary>What a board does when its lease has lapsed: the program goes with it.</summary>
    public void Forget()
    {
        LeaseHolder = 0;
        programHave = 0;
        verifiedAtUs = -1;
        Go(2);
    }

    public void Receive(ReadOnlySpan<byte> bytes)
    {
        lastByteUs = NowUs;
        foreach (byte value in bytes)
        {
            held.Add(value);
        }
    }

    public void Pass(long nowUs)
    {
        NowUs = nowUs;
        if (IsSilent)
        {
            held.Clear();
            return;
        }

        while (TakeFrame() is { } frame)
        {
            Handle(frame);
        }

        Work();
        if ((Mode & 3) == 1 && nowUs >= statusDueUs)
        {
            statusDueUs = nowUs + 100_000;
            StatusEventsUs.Add(nowUs);
            Send(3, 39, 8, Status());
        }
    }

    private byte[]? TakeFrame()
    {
        while (held.Count >= 2)
        {
            int length = held[1] + 2;
            bool possible = held[0] is 1 or 2 or 3 && length is >= 6 and <= 128;
            if (possible && held.Count < length)
            {
                if (NowUs - lastByteUs < 50_000)
                {
                    return null;
                }

                held.RemoveAt(0);
                continue;
            }

            if (possible && (byte)held.Take(length - 1).Sum(value => value) == held[length - 1])
            {
                byte[] frame = [.. held.Take(length)];
                held.RemoveRange(0, length);
                return frame;
            }

            held.RemoveAt(0);
        }

        return null;
    }

    private void Handle(byte[] frame)
    {
        int address = frame[2];
        int type = frame[4] & 0x0F;
        byte[] payload = frame[((frame[4] & 0x10) != 0 ? 11 : 5)..^1];
        if (frame[0] == 1)
        {
            byte[]? content = IsOtherHarpDevice && address >= 32 ? null : Content(address);
            Send(content is null ? (byte)9 : (byte)1, address, type, content ?? []);
            return;
        }

        WritesSeen++;
        switch (address)
        {
            case 10:
                Mode = payload[0];
                Send(2, 10, 1, [Mode]);
                break;
            case 60:
                StopsAtUs.Add(NowUs);
                if (StopsAtUs.Count > IgnoredStops)
                {
                    Go(2);
                    programHave = 0;
                    verifiedAtUs = armedAtUs = -1;
                    if (!SwallowsStopReply)
                    {
                        Send(2, 60, 1, [(byte)State]);
                    }
                }

                break;
            case 62:
                if (State == 4)
                {
                    Go(3);
                }

                Send(2, 62, 1, [(byte)State]);
                break;
            case 63:
                if (BitConverter.ToUInt32(payload) == LeaseHolder)
                {
                    LeaseHolder = 0;
                }

                Send(2, 63, 4, BitConverter.GetBytes(LeaseHolder));
                break;
            case 64:
                TakeChunk(payload);
                Send(2, 64, 1, lastChunk);
                break;
            default:
                Command(address, payload);
                break;
        }
    }

    private void TakeChunk(byte[] chunk)
    {
        int offset = BitConverter.ToUInt16(chunk);
        if (offset == 0)
        {
            programHave = 0;
            verifiedAtUs = -1;
            Go(2);
        }

        if (offset == programHave && State == 2)
        {
            chunk.AsSpan(4, chunk[2]).CopyTo(program.AsSpan(offset));
            programHave += chunk[2];
            chunk.CopyTo(lastChunk, 0);
        }
    }

    private void Command(int address, byte[] payload)
    {
        uint Word(int i) => BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(4 * i));
        uint Arg(int i) => Word(3 + i);
        byte[] covered = [(byte)address, .. payload.AsSpan(0, 44)];
        long issued = (long)(Word(9) | ((ulong)Word(10) << 32));
        StartFrames += address == 75 ? 1 : 0;
        uint result;
        uint detail = 0;
        bool takes = address == 70 && (LeaseHolder == 0 || NowUs > LeaseEndsUs);
        if (Crc(covered) != Word(11))
        {
            result = 2;
        }
        else if (!takes && Word(2) != LeaseHolder)
        {
            result = address == 70 ? 10u : 3u;
        }
        else if (Word(1) <= lastSequence && !(takes && Word(2) != LeaseHolder))
        {
            result = 4;
        }
        else if (issued > NowUs || NowUs - issued > 2_000_000)
        {
            result = 5;
        }
        else
        {
            lastSequence = Word(1);
            result = Carry(address, Word(2), Arg, ref detail);
        }

        if (result == 0)
        {
            accepted[address] = payload;
        }

        Send(2, address, 4, accepted.GetValueOrDefault(address, new byte[48]));
        if (address == 70 && result == 0)
        {
            return;
        }

        commandResult = [.. BitConverter.GetBytes(address), .. BitConverter.GetBytes(Word(1)), .. BitConverter.GetBytes(result), .. BitConverter.GetBytes(detail)];
        Event(47, 4, commandResult);
    }

    private uint Carry(int address, uint nonce, Func<int, uint> arg, ref uint detail)
    {
        switch (address)
        {
            case 70:
                long echo = (long)(arg(0) | ((ulong)arg(1) << 32));
                if (echo > NowUs || echo + 500_000 <= NowUs)
                {
                    return 8;
                }

                Renewals.Add((NowUs, echo));
                LeaseHolder = nonce;
                LeaseEndsUs = Math.Max(LeaseEndsUs, echo + 500_000);
                return 0;
            case 71:
                if (State != 2 || programHave != arg(0) || Crc(program.AsSpan(0, programHave)) != arg(1))
                {
                    detail = 7;
                    return 9;
                }

                ProgramsSealed++;
                verifiedAtUs = NowUs + 50_000;
                return 0;
            case 73:
                challenge = ((ulong)Boot << 48) | (ulong)NowUs;
                challengeAtUs = NowUs;
                return 0;
            case 74:
                return Arm(arg, ref detail);
            case 75:
                if (State != 4 || arg(0) != Digest())
                {
                    detail = (uint)State;
                    return 6;
                }

                StartsCarriedOut++;
                startedAtUs = NowUs;
                transactionsDone = 0;
                Go(5);
                return 0;
            case 77:
                if (arg(0) != FaultBits)
                {
                    return 8;
                }

                FaultBits = 0;
                Go(2);
                return 0;
            default:
                return 6;
        }
    }

    private uint Arm(Func<int, uint> arg, ref uint detail)
    {
        bool valid = challenge != 0 && arg(0) == (uint)challenge && arg(1) == (uint)(challenge >> 32) && NowUs - challengeAtUs <= 2_000_000;
        challenge = 0;
        detail = Reasons() & ~0x30000u;
        detail |= valid ? 0 : 0x10000u;
        detail |= arg(2) == Digest() ? 0 : 0x20000u;
        detail |= State == 3 ? 0 : 0x40000u;
        if (detail != 0)
        {
            Event(36, 4, BitConverter.GetBytes(detail));
            return 7;
        }

        IsDry = arg(3) == 1;
        Pulses = 0;
        armedAtUs = NowUs + 200_000;
        return 0;
    }

    private void Work()
    {
        if (verifiedAtUs >= 0 && NowUs >= verifiedAtUs && State == 2 && ProgramError == 0)
        {
            Go(3);
        }

        if (armedAtUs >= 0 && NowUs >= armedAtUs)
        {
            armedAtUs = -1;
            if (FailsToArm)
            {
                Inhibits |= 0x100000;
            }
            else
            {
                Go(4);
            }
        }

        if (State == 5)
        {
            Run();
        }

        if (State is 4 or 5 && NowUs > LeaseEndsUs)
        {
            Fault(0x800);
        }

        if (State is 4 or 5 && NowUs >= FaultAtUs)
        {
            Fault(FaultThen);
        }
    }

    private void Fault(uint bits)
    {
        FaultBits |= bits;
        Go(8);
        Event(37, 4, [.. BitConverter.GetBytes(FaultBits), .. BitConverter.GetBytes(bits)]);
    }

    private void Run()
    {
        long done = Math.Min(Transactions, (NowUs - startedAtUs) / TransactionUs);
        while (transactionsDone < done)
        {
            Pulses += PulsesEach;
            long first = startedAtUs + 200_000 + (transactionsDone * TransactionUs);
            ulong[] report =
            [
                (ulong)transactionsDone, (ulong)first, (ulong)(first - 200_000), (ulong)(first - 199_900), IsDry ? 0 : (ulong)(first - 20_000), 1000,
                (ulong)PulsesEach, (ulong)PulsesEach, IsDry ? 0 : (ulong)PulsesEach, 0, (ulong)(transactionsDone * PulsesEach), (ulong)(first + 100_000),
            ];
            Event(40, 8, Bytes(report));
            transactionsDone++;
        }

        if (transactionsDone == Transactions)
        {
            Pulses += CountersOffBy;
            Go(7);
        }
    }

    private void Go(int state)
    {
        if (state != State)
        {
            State = state;
            Event(35, 1, [(byte)state]);
        }
    }

    private uint Reasons()
    {
        uint reasons = Inhibits;
        reasons |= NowUs < StaleHistoryUntilUs ? 0x8000u : 0;
        reasons |= NowUs > LeaseEndsUs || LeaseHolder == 0 ? 0x200u : 0;
        reasons |= (Mode & 3) == 1 ? 0 : 0x400u;
        reasons |= FaultBits != 0 ? 0x100u : 0;
        reasons |= programHave == 0 ? 0x1000u : 0;
        reasons |= challenge == 0 ? 0x10000u : 0;
        return reasons;
    }

    private byte[] Status() => Bytes(
    [
        (ulong)NowUs,
        (uint)State | (IsDry ? 0x100u : 0) | ((ulong)Boot << 32),
        (ulong)Pulses,
        IsDry ? 0 : (ulong)Pulses,
        (ulong)Pulses,
        (uint)(State == 5 ? Math.Min(Transactions, transactionsDone + 1) : transactionsDone) | ((ulong)Transactions << 32),
        0,
        Reasons() | ((ulong)FaultBits << 32),
    ]);

    private byte[]? Content(int address) => address switch
    {
        10 => [Mode],
        16 => new byte[16],
        17 => [1, 2, 3, 4, 5, 6, 7, 8],
        19 => [.. Harp, .. Firmware, 0, 1, 0, 0, 0, 0, .. InterfaceHash],
        32 => [.. BitConverter.GetBytes(Magic), .. BitConverter.GetBytes(InterfaceVersion), .. BitConverter.GetBytes(BoardId), .. BitConverter.GetBytes(Virtual ? 1 : 0)],
        33 => Profile(),
        35 => [(byte)State],
        36 => BitConverter.GetBytes(Reasons()),
        37 => [.. BitConverter.GetBytes(FaultBits), 0, 0, 0, 0],
        38 => Bytes([FaultBits == 0 ? 0 : (ulong)System.Numerics.BitOperations.TrailingZeroCount(FaultBits) + 1, 0, 0, (ulong)Pulses]),
        39 => Status(),
        41 => [.. BitConverter.GetBytes(State >= 3 ? Digest() ^ (LiesAboutDigest ? 1u : 0) : 0), .. BitConverter.GetBytes(Crc(program.AsSpan(0, programHave))), .. BitConverter.GetBytes(programHave), .. BitConverter.GetBytes(verifiedAtUs >= 0 && NowUs >= verifiedAtUs ? ProgramError : 0)],
        42 => BitConverter.GetBytes(challenge),
        44 => Bytes([(ulong)(Transactions * PulsesEach), 0, 0, 0, 0, 0]),
        45 => new byte[32],
        46 => Limits(),
        47 => commandResult,
        48 => [.. new[] { InputsPresent, 0x1FFu, 0x3u, 0x1FFu }.SelectMany(BitConverter.GetBytes)],
        >= 70 and <= 79 => accepted.GetValueOrDefault(address, new byte[48]),
        _ => null,
    };

    private byte[] Profile()
    {
        uint[] words = [TickNs, 48, 32768, 4096, 4, 200000, 1000, 300000, 1000, 10, 1000, 6000, 6000, 14400, 4096, 10000];
        return [.. words.SelectMany(BitConverter.GetBytes)];
    }

    private static byte[] Limits()
    {
        uint[] words = [1000, 10, 1000, 6000, 6000, 14400, 50000, 4, 1000000, 50, 5000000, 150, 12000, 25000];
        return [.. words.SelectMany(BitConverter.GetBytes)];
    }

    private uint Digest() => Crc([.. program.AsSpan(0, programHave), .. Limits(), .. Profile(), 1, 2, 3, 4, 5, 6, 7, 8]);

    // Bit by bit, on purpose: not the table that the host uses.
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                uint mix = (crc ^ (uint)(value >> bit)) & 1;
                crc = (crc >> 1) ^ (mix * 0xEDB88320);
            }
        }

        return ~crc;
    }

    private static byte[] Bytes(ulong[] words) => [.. words.SelectMany(BitConverter.GetBytes)];

    private void Event(int address, int type, byte[] payload)
    {
        if ((Mode & 3) == 1)
        {
            Send(3, address, type, payload);
        }
    }

    private void Send(byte kind, int address, int type, byte[] payload)
    {
        byte[] frame =
        [
            kind, (byte)(payload.Length + 10), (byte)address, 0xFF, (byte)(type | 0x10),
            .. BitConverter.GetBytes((uint)(NowUs / 1_000_000)), .. BitConverter.GetBytes((ushort)(NowUs % 1_000_000 / 32)),
            .. payload, 0,
        ];
        frame[^1] = (byte)frame.Take(frame.Length - 1).Sum(value => value);
        Out.Add(frame);
    }
}
