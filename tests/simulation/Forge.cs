using Escapement.Host;

namespace Escapement.Simulation;

/// <summary>Writes recordings of runs that never were: a good one, and ones that break just one rule.</summary>
internal sealed class Forge
{
    public const long ArmUs = 6_000_000;
    public const long StartUs = 6_100_000;
    public const long FirstUs = 6_300_000;
    public const int GapUs = 100_000;
    public const int Pulses = 10;
    public const long LastUs = FirstUs + ((Pulses - 1) * GapUs);

    private const uint Nonce = 7;
    private const long EndUs = 12_000_000;
    private const int Idle = 2, Loaded = 3, Armed = 4, Running = 5, Done = 7;

    private readonly List<WireEdge> _edges = [];
    private readonly List<LinkBytes> _link = [];
    private readonly List<HostClaim> _claims = [];
    private uint _sequence = 1;

    /// <summary>Where renewals end; events and heartbeats go on.</summary>
    public long LeasedUntilUs { get; set; } = EndUs;

    /// <summary>Where the heartbeat ends.</summary>
    public long FedUntilUs { get; set; } = EndUs;

    /// <summary>What the host's clock shows besides true time, for each second of it.</summary>
    public long EndsUs { get; set; } = EndUs;

    /// <summary>A whole session of 10 pulses, 100 ms apart, as it must be.</summary>
    public static Forge Good(bool dry = false, bool pulses = true, bool done = true, bool arm = true)
    {
        Forge forge = new();
        forge.Begin();
        if (arm) { forge.Command(ArmUs, Reg.Arm, 1, 2, 3, dry ? 1u : 0u); }
        forge.State(ArmUs + 50_000, Armed);
        forge.Command(StartUs, Reg.Start, 3);
        forge.State(StartUs + 20_000, Running);
        if (!dry) { forge.Edge(FirstUs - 100_000, Wire.Enable, true).Edge(FirstUs - 99_999, Wire.Gate, true); }
        for (int i = 0; pulses && i < Pulses; i++) { forge.Pulse(FirstUs + (i * GapUs), dry); }
        if (done) { forge.Finish(dry); }
        return forge;
    }

    /// <summary>The gate closes and the board says Done.</summary>
    public Forge Finish(bool dry = false, long gated = Pulses, long raw = Pulses, int state = Done)
    {
        if (!dry) { Edge(LastUs + 5_000, Wire.Enable, false).Edge(LastUs + 5_000, Wire.Gate, false); }
        Status(LastUs + 10_000, state, raw, dry ? 0 : gated);
        return this;
    }

    public Forge Edge(long us, Wire wire, bool level, int ticks = 0)
    {
        _edges.Add(new WireEdge((us * 80) + ticks, wire, level));
        return this;
    }

    /// <summary>A pulse on the trigger line, which reaches the stimulator and is answered.</summary>
    public Forge Pulse(long us, bool blocked = false, int width80 = 8_008, bool answered = true)
    {
        Edge(us, Wire.Trigger, true);
        if (!blocked) { Edge(us, Wire.Stimulator, true).Edge(us, Wire.Stimulator, false, width80); }
        Edge(us + 100, Wire.Trigger, false, 9);
        if (!blocked && answered) { Edge(us + 215, Wire.TriggerOut, true).Edge(us + 265, Wire.TriggerOut, false); }
        return this;
    }

    public Forge Command(long us, int address, params ReadOnlySpan<uint> arguments)
    {
        byte[] payload = HarpFrames.Command(address, _sequence++, Nonce, us, arguments);
        ToBoard(us, address, HarpFrames.U32, payload);
        Reply(us + 10_000, Reg.WriteKind, address, HarpFrames.U32, payload);
        return this;
    }

    public Forge ToBoard(long us, int address, int type, byte[] payload)
    {
        _link.Add(new LinkBytes(us, true, HarpFrames.Write(address, type, payload)));
        return this;
    }

    public Forge State(long us, int state) => Reply(us, Reg.EventKind, Reg.State, HarpFrames.U8, [(byte)state]);

    public Forge Status(long us, int state, long raw = 0, long gated = 0, uint faults = 0)
    {
        long[] words = [us, state, raw, gated, raw, 0, 0, (long)((ulong)faults << 32)];
        return Reply(us, Reg.EventKind, Reg.Status, HarpFrames.U64, [.. words.SelectMany(BitConverter.GetBytes)]);
    }

    public Forge Reply(long us, int kind, int address, int type, byte[] payload)
    {
        List<byte> frame = [(byte)kind, (byte)(payload.Length + 10), (byte)address, 0xFF, (byte)(type | 0x10)];
        frame.AddRange(BitConverter.GetBytes((uint)(us / 1_000_000)));
        frame.AddRange(BitConverter.GetBytes((ushort)(us % 1_000_000 / 32)));
        frame.AddRange(payload);
        frame.Add((byte)frame.Sum(one => one));
        _link.Add(new LinkBytes(us, false, [.. frame]));
        return this;
    }

    public Forge Claim(long us, long pulses)
    {
        _claims.Add(new HostClaim(us, true, pulses));
        return this;
    }

    /// <summary>Takes away what a condition names.</summary>
    public Forge Without(Predicate<WireEdge> which)
    {
        _edges.RemoveAll(which);
        return this;
    }

    /// <summary>Rules that the oracle finds broken, each once.</summary>
    public string[] Judge(Conditions? conditions = null)
    {
        for (long us = 20_000; us < FedUntilUs; us += 20_000) { Edge(us, Wire.Heartbeat, true).Edge(us + 10_000, Wire.Heartbeat, false); }
        for (long us = 1_000_000; us < LeasedUntilUs; us += 100_000)
        {
            Command(us + 50_000, Reg.Lease, (uint)us, 0, (uint)us + 1, 0);
        }

        Recording recording = new()
        {
            Edges = [.. _edges.OrderBy(edge => edge.T80)],
            Link = [.. _link.OrderBy(bytes => bytes.AtUs)],
            Claims = [.. _claims.OrderBy(claim => claim.AtUs)],
            EndUs = EndsUs,
        };
        return [.. Oracle.Judge(recording, conditions ?? Conditions.Whole).Violations.Select(one => one.Rule).Distinct()];
    }

    private void Begin()
    {
        foreach (Wire wire in new[] { Wire.Supply, Wire.Running, Wire.EStopA, Wire.EStopB, Wire.Interlock, Wire.Key, Wire.Coil, Wire.FootSwitch, Wire.CoilCool, Wire.ClockRight })
        {
            Edge(0, wire, true);
        }

        Status(500_000, Idle);
        byte[] image = ProgramBuilder.Build(new Protocol { Id = "forged", Blocks = [new RepeatBlock { PulsesPerBurst = Pulses, InterPulseUs = GapUs }] });
        for (int at = 0; at < image.Length; at += 64)
        {
            byte[] part = new byte[68];
            part[0] = (byte)at;
            part[2] = (byte)Math.Min(64, image.Length - at);
            image.AsSpan(at, part[2]).CopyTo(part.AsSpan(4));
            ToBoard(2_000_000 + at, Reg.UploadChunk, HarpFrames.U8, part);
            Reply(2_010_000 + at, Reg.WriteKind, Reg.UploadChunk, HarpFrames.U8, part);
        }

        uint[] digest = [3, Crc32.Of(image), (uint)image.Length, 0];
        Reply(2_100_000, Reg.EventKind, Reg.Digest, HarpFrames.U32, [.. digest.SelectMany(BitConverter.GetBytes)]);
        State(2_100_000, Loaded);
    }
}
