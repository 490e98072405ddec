using Escapement.Link;
using Escapement.Runtime.Ports;
using Escapement.Safety;

namespace Escapement.Runtime.Tests;

/// <summary>A supervisor on a fake board with a small host that speaks raw Harp frames, all stepped by hand.</summary>
public sealed class Bench
{
    private readonly FrameParser parser = new();
    private long eventTimeUs;

    public Bench(Action<BoardFigures>? change = null, Action<FakeBoard>? prepare = null, int bootPasses = 200)
    {
        BoardFigures figures = new();
        change?.Invoke(figures);
        prepare?.Invoke(Board);
        Supervisor = Board.Start(figures);

        StartUp(bootPasses);
    }

    // The start-up procedure: power-up with the emergency stop pressed and the key off; release the one, wait until the board has tested its
    // gate, turn the other.
    private void StartUp(int passes)
    {
        int levels = Board.InputLevels;
        Board.InputLevels &= passes > 3 ? ~(InputBits.EmergencyStops | InputBits.Key) : levels;
        for (int i = 0; i < passes && State is SupervisorState.Boot or SupervisorState.SelfTest; i++)
        {
            if (i == 3)
            {
                Board.InputLevels = levels & ~InputBits.Key;
            }

            Pass();
        }

        Board.ForgetSelfTest();
        Board.InputLevels = levels;
        for (int i = 0; i < passes && i < 10; i++)
        {
            Pass();
        }
    }

    public FakeBoard Board { get; } = new();

    public Supervisor Supervisor { get; }

    public int State => Supervisor.State;

    public uint Sequence = 1;

    public uint Nonce = 77;

    public bool RenewLease = true;

    /// <summary>Newest content of every register that the board sent.</summary>
    public Dictionary<int, byte[]> Seen { get; } = [];

    public List<(int Type, int Address, byte[] Payload)> Frames { get; } = [];

    public long Now => Board.TimeUs;

    /// <summary>The host's own clock: an hour ahead of the board's, and as right as <see cref="HostPpm"/> says.</summary>
    public long HostUs => 3_600_000_000 + Board.TimeUs + (Board.TimeUs * HostPpm / 1_000_000);

    public int HostPpm;

    public uint U32(int address, int element) => BitConverter.ToUInt32(Seen[address], element * 4);

    public long U64(int address, int element) => BitConverter.ToInt64(Seen[address], element * 8);

    public uint Faults => Seen.ContainsKey(RegisterAddress.Faults) ? U32(RegisterAddress.Faults, 0) : 0;

    public IEnumerable<byte[]> Trains => Frames.Where(frame => frame.Type == 3 && frame.Address == RegisterAddress.TrainReport).Select(frame => frame.Payload);

    public void Pass(long betweenUs = 10_000)
    {
        Supervisor.Pass();
        byte[] output = Board.TakeOutput();
        parser.Accept(output, 0, output.Length, Board.TimeUs);
        while (parser.Next())
        {
            byte[] payload = parser.Buffer.AsSpan(parser.PayloadOffset, parser.PayloadLength).ToArray();
            Frames.Add((parser.MessageType, parser.Address, payload));
            Seen[parser.Address] = payload;
            if (parser.Address == RegisterAddress.Status && parser.MessageType == 3)
            {
                eventTimeUs = BitConverter.ToInt64(payload, 0);
                if (RenewLease)
                {
                    SendCommand(RegisterAddress.Lease, eventTimeUs, (uint)eventTimeUs, (uint)(eventTimeUs >> 32), (uint)HostUs, (uint)(HostUs >> 32));
                }
            }
        }

        Board.Advance(betweenUs);
    }

    public void RunFor(long us)
    {
        long end = Now + us;
        while (Now < end)
        {
            Pass();
        }
    }

    public bool RunUntil(Func<bool> done, long limitUs = 10_000_000)
    {
        long end = Now + limitUs;
        while (!done() && Now < end)
        {
            Pass();
        }

        return done();
    }

    public void Write(int address, int payloadType, params byte[] payload)
    {
        byte[] frame = new byte[128];
        int length = FrameWriter.Plain(frame, 0, 2, address, payloadType, payload, 0, payload.Length);
        Board.Feed(frame[..length]);
    }

    public void SendCommand(int address, long issuedUs, params uint[] arguments) =>
        Write(address, 4, Command(address, issuedUs, Nonce, Sequence++, arguments));

    /// <summary>A command as docs/link.md lays it out.</summary>
    public static byte[] Command(int address, long issuedUs, uint nonce, uint sequence, params uint[] arguments)
    {
        uint[] words = new uint[12];
        words[0] = 1;
        words[1] = sequence;
        words[2] = nonce;
        arguments.CopyTo(words, 3);
        words[9] = (uint)issuedUs;
        words[10] = (uint)(issuedUs >> 32);
        byte[] payload = new byte[48];
        Buffer.BlockCopy(words, 0, payload, 0, 44);
        byte[] covered = [(byte)address, .. payload[..44]];
        BitConverter.TryWriteBytes(payload.AsSpan(44), FakeBoard.Crc(covered, 0, covered.Length));
        return payload;
    }

    /// <summary>Sends a command and returns what the board says became of it.</summary>
    public uint Do(int address, params uint[] arguments)
    {
        uint sequence = Sequence;
        SendCommand(address, Now, arguments);
        Assert.IsTrue(RunUntil(() => Seen.ContainsKey(RegisterAddress.CommandResult) && U32(RegisterAddress.CommandResult, 0) == (uint)address && U32(RegisterAddress.CommandResult, 1) == sequence, 1_000_000), "no command result");
        return U32(RegisterAddress.CommandResult, 2);
    }

    /// <summary>Reads a register by a Harp request and returns one element of the reply (of 32 bits).</summary>
    public uint Ask(int address, int payloadType, int element)
    {
        byte[] frame = new byte[128];
        int length = FrameWriter.Plain(frame, 0, 1, address, payloadType, [], 0, 0);
        Board.Feed(frame[..length]);
        int from = Frames.Count;
        Assert.IsTrue(RunUntil(() => Frames.Skip(from).Any(reply => reply.Type == 1 && reply.Address == address), 1_000_000), "no reply");
        return U32(address, element);
    }

    public void Connect()
    {
        Write(RegisterAddress.OperationControl, 1, 0xE5);
        RunFor(300_000);
    }

    public void Load(byte[] program)
    {
        Upload(program);
        Assert.AreEqual(0u, Do(RegisterAddress.Seal, (uint)program.Length, FakeBoard.Crc(program, 0, program.Length)));
        Assert.IsTrue(RunUntil(() => State == SupervisorState.Loaded), "not loaded");
        RunFor(200_000);
    }

    /// <summary>Everything but the seal.</summary>
    public void Upload(byte[] program)
    {
        for (int at = 0; at < program.Length; at += 64)
        {
            byte[] part = new byte[68];
            int count = Math.Min(64, program.Length - at);
            part[0] = (byte)at;
            part[1] = (byte)(at >> 8);
            part[2] = (byte)count;
            program.AsSpan(at, count).CopyTo(part.AsSpan(4));
            Write(RegisterAddress.UploadChunk, 1, part);
            Pass();
        }
    }

    public uint Arm(bool dry = false)
    {
        RunUntil(() => (U32(RegisterAddress.InhibitReasons, 0) & InhibitReason.HistoryFull) == 0);
        Assert.AreEqual(0u, Do(RegisterAddress.RequestChallenge));
        RunFor(30_000);
        long challenge = U64(RegisterAddress.Challenge, 0);
        return Do(RegisterAddress.Arm, (uint)challenge, (uint)(challenge >> 32), U32(RegisterAddress.Digest, 0), dry ? 1u : 0u);
    }

    public void ArmAndWait(bool dry = false)
    {
        Assert.AreEqual(0u, Arm(dry));
        Assert.IsTrue(RunUntil(() => State == SupervisorState.Armed), "not armed");
    }

    public void StartSession() => Assert.AreEqual(0u, Do(RegisterAddress.Start, U32(RegisterAddress.Digest, 0)));

    /// <summary>Connected, loaded, armed, started: the way every run begins.</summary>
    public static Bench Running(byte[] program, bool dry = false, Action<BoardFigures>? change = null, Action<FakeBoard>? prepare = null)
    {
        Bench bench = new(change, prepare);
        bench.Connect();
        bench.Load(program);
        bench.ArmAndWait(dry);
        bench.StartSession();
        return bench;
    }
}
