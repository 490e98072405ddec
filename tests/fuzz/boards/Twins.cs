using Escapement.Fuzz.Frames;
using Escapement.Link;
using Escapement.Runtime;
using Escapement.Runtime.Ports;
using SupervisorState = Escapement.Safety.SupervisorState;

namespace Escapement.Fuzz.Boards;

/// <summary>
/// Two boards that live at the same microsecond: one takes everything that is thrown at it, its shadow only what may have an effect. Whatever the
/// bytes, the two must stay alike. Besides, a host that brings both to where a session is to begin.
/// </summary>
public sealed class Twins
{
    private const uint Nonce = 77;

    private readonly FrameDice frame = new(new Dice());
    private readonly byte[] payload = new byte[64];
    private readonly HarpEndpoint endpoint;
    private readonly HarpEndpoint shadowEndpoint;

    public readonly StillBoard Board = new();
    public readonly StillBoard Shadow = new();
    public readonly Supervisor Supervisor;
    public readonly Supervisor ShadowSupervisor;

    /// <summary>Bytes that passes of the board allocated.</summary>
    public readonly AllocationMeter Meter = new();

    /// <summary>Sequence number of the last command.</summary>
    public uint Sequence;

    /// <summary>The host's clock of the last renewal, us.</summary>
    public long HostUs;

    public bool HoldsLease;

    /// <summary>Frames that the host itself has sent.</summary>
    public long Frames;

    private long renewedUs;

    public Twins()
    {
        Supervisor = Board.Start();
        ShadowSupervisor = Shadow.Start();
        endpoint = Likeness.EndpointOf(Supervisor);
        shadowEndpoint = Likeness.EndpointOf(ShadowSupervisor);
    }

    public RegisterFile Registers => endpoint.Registers;

    public RegisterFile ShadowRegisters => shadowEndpoint.Registers;

    public bool IsMuted => shadowEndpoint.IsMuted;

    public bool IsSilent => endpoint.OutputCount == 0 && shadowEndpoint.OutputCount == 0 && Board.Reboots == Shadow.Reboots;

    public long NowUs => Board.TimeUs;

    public void Pass(long afterUs)
    {
        Board.Advance(afterUs);
        Shadow.Advance(afterUs);
        if (Board.Reboots == 0)
        {
            Meter.Begin();
            Supervisor.Pass();
            Meter.End();
        }

        if (Shadow.Reboots == 0)
        {
            ShadowSupervisor.Pass(); // a board that resets never comes back from that call; one may have more to say before
        }
    }

    /// <summary>A command's payload as docs/link.md lays it out, for both boards' present.</summary>
    public ReadOnlySpan<byte> Command(int address, uint sequence, uint nonce, long issuedUs, uint version, params ReadOnlySpan<uint> arguments)
    {
        Span<byte> covered = stackalloc byte[45];
        covered.Clear();
        covered[0] = (byte)address;
        BitConverter.TryWriteBytes(covered[1..], version);
        BitConverter.TryWriteBytes(covered[5..], sequence);
        BitConverter.TryWriteBytes(covered[9..], nonce);
        for (int i = 0; i < arguments.Length; i++)
        {
            BitConverter.TryWriteBytes(covered[(13 + (4 * i))..], arguments[i]);
        }

        BitConverter.TryWriteBytes(covered[37..], issuedUs);
        covered[1..].CopyTo(payload);
        BitConverter.TryWriteBytes(payload.AsSpan(44), Crc.Of(covered));
        return payload.AsSpan(0, 48);
    }

    public void Do(int address, params ReadOnlySpan<uint> arguments)
    {
        Write(address, 4, Command(address, ++Sequence, Nonce, NowUs, 1, arguments));
        ViolationException.Unless(
            Registers.GetU32(RegisterAddress.CommandResult, 0) == (uint)address && Registers.GetU32(RegisterAddress.CommandResult, 1) == Sequence && Registers.GetU32(RegisterAddress.CommandResult, 2) == 0,
            $"the host's command {address} was refused: {Registers.GetU32(RegisterAddress.CommandResult, 2)}, {Registers.GetU32(RegisterAddress.CommandResult, 3):X}");
    }

    public void Write(int address, int payloadType, ReadOnlySpan<byte> content)
    {
        Frames++;
        frame.Count = 0;
        frame.Frame(2, address, 0xFF, payloadType, false, content);
        Board.Arrive(frame.Buffer.AsSpan(0, frame.Count));
        Shadow.Arrive(frame.Buffer.AsSpan(0, frame.Count));
        Pass(100);
    }

    /// <summary>Whether the host holds the lease and has not renewed it for 200 ms.</summary>
    public bool IsRenewalDue => HoldsLease && NowUs - renewedUs >= 200_000;

    public void TakeLease()
    {
        HoldsLease = true;
        ReadOnlySpan<byte> bytes = Renewal();
        Frames++;
        Board.Arrive(bytes);
        Shadow.Arrive(bytes);
        Pass(100);
    }

    /// <summary>The frame that renews the lease, for somebody else to send.</summary>
    public ReadOnlySpan<byte> Renewal()
    {
        renewedUs = NowUs;
        HostUs = 3_600_000_000 + NowUs;
        frame.Count = 0;
        frame.Frame(2, RegisterAddress.Lease, 0xFF, 4, false, Command(RegisterAddress.Lease, ++Sequence, Nonce, NowUs, 1, (uint)NowUs, (uint)(NowUs >> 32), (uint)HostUs, (uint)(HostUs >> 32)));
        return frame.Buffer.AsSpan(0, frame.Count);
    }

    public void Wait(long us)
    {
        for (long endUs = NowUs + us; NowUs < endUs;)
        {
            if (IsRenewalDue)
            {
                TakeLease();
            }

            Pass(10_000);
            Board.SentCount = 0;
            Shadow.SentCount = 0;
        }
    }

    public void WaitFor(int state, long limitUs = 10_000_000)
    {
        for (long endUs = NowUs + limitUs; Supervisor.State != state && NowUs < endUs;)
        {
            Wait(10_000);
        }

        ViolationException.Unless(Supervisor.State == state, $"the host's own way led to state {Supervisor.State}, not {state}");
    }

    /// <summary>Powers up as an operator does: emergency stop pressed and key off, then the one, then the other.</summary>
    public void PowerUp()
    {
        SetInputs(~(InputBits.EmergencyStops | InputBits.Key));
        Wait(30_000);
        SetInputs(~InputBits.Key);
        WaitFor(SupervisorState.Idle);
        SetInputs(~0);
        Wait(100_000);
    }

    public void SetInputs(int mask)
    {
        int levels = InputBits.Levels & ~InputBits.FootSwitch;
        Board.InputLevels = levels & mask;
        Shadow.InputLevels = levels & mask;
    }

    public void Connect() => Write(RegisterAddress.OperationControl, 1, [0xE5]);

    public void Upload(byte[] program)
    {
        Span<byte> part = stackalloc byte[68];
        for (int at = 0; at < program.Length; at += 64)
        {
            int count = Math.Min(64, program.Length - at);
            part.Clear();
            BitConverter.TryWriteBytes(part, (ushort)at);
            part[2] = (byte)count;
            program.AsSpan(at, count).CopyTo(part[4..]);
            Write(RegisterAddress.UploadChunk, 1, part);
        }
    }

    public void Seal(byte[] program)
    {
        Do(RegisterAddress.Seal, (uint)program.Length, Crc.Of(program));
        WaitFor(SupervisorState.Loaded);
    }

    public long Challenge => ShadowRegisters.GetU64(RegisterAddress.Challenge, 0);

    public uint Digest => Registers.GetU32(RegisterAddress.Digest, 0);

    public void Arm()
    {
        Do(RegisterAddress.RequestChallenge);
        long challenge = Challenge;
        Do(RegisterAddress.Arm, (uint)challenge, (uint)(challenge >> 32), Digest, 0);
        WaitFor(SupervisorState.Armed);
    }
}
