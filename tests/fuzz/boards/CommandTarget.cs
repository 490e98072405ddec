using Escapement.Fuzz.Frames;
using Escapement.Link;
using SupervisorState = Escapement.Safety.SupervisorState;

namespace Escapement.Fuzz.Boards;

/// <summary>
/// Commands that must be refused, in frames that are right: another version, CRC, issue time, nonce, sequence, state, challenge, digest or argument
/// than the one that would do, everything else as a host that holds the lease would send it. The board answers with what it accepted last, says
/// what was wrong, and stays what a board is that received nothing: never armed, started, resumed or cleared, no port called.
/// </summary>
public sealed class CommandTarget : IFuzzTarget
{
    private const uint Nonce = 77;
    private const long IssueWindowUs = 2_000_000;
    private const int Last = RegisterAddress.FurtherLimits;

    // What a refusal shows, and what it spends (docs/link.md): a sequence number that was looked at, the challenge that an Arm answered wrongly.
    private static readonly string[] RefusalOnly =
    [
        "FrameParser", "TransmitQueue", "RegisterFile", "CommandFrame", "HarpEndpoint._frame", "HarpEndpoint._requestsLeft",
        "Supervisor._input", "Supervisor._inputCount", "Supervisor._inputTaken", "Supervisor._output",
        "Lease.LastSequence", "RegisterView.CommandsRefused", "RegisterView.Reasons", "RegisterView._shownReasons", "RegisterView._shownChallenge",
        "Challenge", "RunControl.ArmRefusal", "HostDesk._badArgument", "HostDesk._sealSequence",
    ];

    private static readonly int[] ShowsRefusals =
        [RegisterAddress.CommandResult, RegisterAddress.InhibitReasons, RegisterAddress.LinkCounters, RegisterAddress.Challenge, RegisterAddress.Status];

    private static readonly Stage[] Beginnings = [Stage.Idle, Stage.Uploading, Stage.Loaded, Stage.Loaded, Stage.Loaded, Stage.Armed, Stage.Armed, Stage.Running, Stage.Held, Stage.Fault];

    private readonly Action<Twins>? tamper;
    private readonly Dice dice = new();
    private readonly FrameDice bytes;
    private readonly FrameScanner answers = new();
    private readonly Likeness likeness = new(RefusalOnly);
    private readonly uint[] arguments = new uint[6];
    private readonly byte[] command = new byte[48];
    private readonly byte[] before = new byte[RegisterTable.StoreBytes];
    private Twins twins = new();
    private Stage stage;
    private int state;
    private int address;
    private int wanted;
    private long challengeUs;
    private string kind = "";

    public CommandTarget()
        : this(null)
    {
    }

    /// <param name="tamper">Breaks the board of each session in some way; the properties must find it.</param>
    public CommandTarget(Action<Twins>? tamper)
    {
        this.tamper = tamper;
        bytes = new FrameDice(dice);
    }

    public string Name => "commands";

    public int InputsPerSession => 250;

    public ReadOnlySpan<byte> Input => bytes.Buffer.AsSpan(0, bytes.Count);

    public string Outcome => $"begun {stage}: {kind} in a command to register {address}; result {twins.Registers.GetU32(RegisterAddress.CommandResult, 2)}, state {twins.Supervisor.State}";

    public void BeginSession(ulong seed, long session)
    {
        dice.Begin(seed, 3, session);
        stage = dice.Of(Beginnings);
        twins = Stages.Make(stage);
        state = twins.Supervisor.State;
        challengeUs = 0;
        answers.Clear();
        tamper?.Invoke(twins);
    }

    public void Try()
    {
        Prepare();
        Make();
        twins.Board.SentCount = 0;
        twins.Shadow.SentCount = 0;
        twins.ShadowRegisters.Store.CopyTo(before, 0);
        twins.Board.Arrive(Input);
        twins.Pass(100 + dice.Below(400));
        twins.Pass(100);
        state = twins.ShadowSupervisor.State;
        CheckBoards();
        CheckAnswer();
    }

    public void EndSession()
    {
        ViolationException.Unless(twins.Meter.Bytes == 0, $"{twins.Meter.Bytes} bytes allocated");
        string? difference = likeness.Difference(twins.Supervisor, twins.ShadowSupervisor);
        ViolationException.Unless(difference is null, $"the board is no longer like one that received nothing: {difference}");
    }

    // Lease and challenge stay in force, so that nothing but what is wrong stands in the way.
    private void Prepare()
    {
        if (twins.IsRenewalDue)
        {
            twins.TakeLease();
        }

        if (state == SupervisorState.Loaded && (twins.NowUs - challengeUs > 1_500_000 || twins.Registers.GetU64(RegisterAddress.Challenge, 0) != twins.Challenge || twins.Challenge == 0))
        {
            challengeUs = twins.NowUs;
            twins.Do(RegisterAddress.RequestChallenge);
        }
    }

    private void Make()
    {
        uint sequence = twins.Sequence + 1 + (uint)dice.Below(3), nonce = twins.HoldsLease ? Nonce : 0, version = 1;
        long issuedUs = twins.NowUs - dice.Below(100_000);
        address = RegisterAddress.Lease + dice.Below(Last - RegisterAddress.Lease + 1);
        Array.Clear(arguments);
        MeanWell();
        int flips = 0;
        wanted = CommandResults.Accepted;
        switch (dice.Below(8))
        {
            case 0:
                kind = "version";
                version = dice.OneIn(2) ? (uint)dice.Below(256) & ~1u : (uint)dice.Next() | 2;
                wanted = CommandResults.BadVersion;
                break;
            case 1 or 2:
                kind = "flipped bits";
                flips = 1 + dice.Below(4);
                break;
            case 3:
                kind = "issue time";
                issuedUs = dice.OneIn(2) ? twins.NowUs + 1_000 + (long)(dice.Next() >> (1 + dice.Below(60))) : twins.NowUs - IssueWindowUs - (long)(dice.Next() >> (2 + dice.Below(59)));
                wanted = CommandResults.Expired;
                break;
            case 4:
                kind = "nonce";
                nonce = twins.HoldsLease && dice.OneIn(2) ? Nonce ^ (1u << dice.Below(32)) : (uint)dice.Next() | 1024;
                wanted = address == RegisterAddress.Lease && twins.HoldsLease ? CommandResults.LeaseTaken : CommandResults.NotHolder;
                break;
            case 5:
                kind = "sequence";
                sequence = twins.Sequence - (uint)dice.Below((int)Math.Min(twins.Sequence, 4u));
                wanted = twins.HoldsLease ? CommandResults.StaleSequence : CommandResults.NotHolder;
                break;
            case 6:
                kind = "register";
                break;
            default:
                kind = "content";
                break;
        }

        if (kind == "content" || (!twins.HoldsLease && address == RegisterAddress.Lease && wanted is CommandResults.NotHolder))
        {
            Misguide(ref sequence);
        }

        int covered = kind == "register" ? OtherAddress() : address;
        twins.Command(covered, sequence, nonce, issuedUs, version, arguments).CopyTo(command);
        for (int bit = -1; flips > 0; flips--)
        {
            bit += 1 + dice.Below(96); // never the same one twice
            command[bit / 8] ^= (byte)(1 << (bit & 7));
            wanted = CommandResults.BadCrc;
        }

        if (command[0] != 1 || (command[1] | command[2] | command[3]) != 0)
        {
            wanted = CommandResults.BadVersion; // looked at first
        }

        bytes.Count = 0;
        bytes.Frame(2, address, 0xFF, 4, dice.OneIn(4), command);
    }

    // The arguments that would do.
    private void MeanWell()
    {
        long challenge = twins.Challenge;
        switch (address)
        {
            case RegisterAddress.Lease:
                long nowUs = twins.NowUs, hostUs = twins.HostUs + 1 + dice.Below(1000);
                (arguments[0], arguments[1], arguments[2], arguments[3]) = ((uint)nowUs, (uint)(nowUs >> 32), (uint)hostUs, (uint)(hostUs >> 32));
                break;
            case RegisterAddress.Seal:
                (arguments[0], arguments[1]) = ((uint)Stages.Program.Length, Crc.Of(Stages.Program));
                break;
            case RegisterAddress.Arm:
                (arguments[0], arguments[1], arguments[2]) = ((uint)challenge, (uint)(challenge >> 32), twins.Digest);
                break;
            case RegisterAddress.Start or RegisterAddress.Resume:
                arguments[0] = twins.Digest;
                break;
            case RegisterAddress.Clear:
                arguments[0] = twins.Registers.GetU32(RegisterAddress.Faults, 0);
                break;
            default:
                break;
        }
    }

    private int OtherAddress()
    {
        wanted = CommandResults.BadCrc; // the CRC-32 covers the address
        int other = RegisterAddress.Lease + dice.Below(Last - RegisterAddress.Lease);
        return other < address ? other : other + 1;
    }

    // A whole command of the holder's that the state, the challenge, the digest or an argument forbids.
    private void Misguide(ref uint sequence)
    {
        if (!twins.HoldsLease)
        {
            address = address == RegisterAddress.Lease ? RegisterAddress.Seal : address;
            wanted = CommandResults.NotHolder;
            return;
        }

        sequence = twins.Sequence + 1;
        address = RegisterAddress.Seal + dice.Below(Last - RegisterAddress.Seal + 1);
        wanted = -1; // refused, whichever way
        if (address is RegisterAddress.RequestChallenge or RegisterAddress.Limits or RegisterAddress.FurtherLimits)
        {
            address = RegisterAddress.Arm; // those are always taken, or nearly so
        }

        MeanWell();
        int flip = dice.Below(32);
        bool does = (address, state) is (RegisterAddress.Seal, SupervisorState.Idle) or (RegisterAddress.Arm, SupervisorState.Loaded) or (RegisterAddress.Start, SupervisorState.Armed)
            or (RegisterAddress.Resume, SupervisorState.Held) or (RegisterAddress.Clear, SupervisorState.Fault) or (RegisterAddress.GateTest, SupervisorState.Idle);
        if (!does)
        {
            wanted = address == RegisterAddress.Arm ? CommandResults.Inhibited : CommandResults.WrongState;
        }
        else if (address == RegisterAddress.GateTest)
        {
            arguments[0] = dice.OneIn(2) ? 0 : 2 + (uint)dice.Below(1000); // the key is on and nobody says that nothing is connected
            wanted = CommandResults.BadArgument;
        }
        else
        {
            int most = address == RegisterAddress.Arm ? 3 : address == RegisterAddress.Seal ? 2 : 1;
            arguments[dice.Below(most)] ^= 1u << flip;
            wanted = address is RegisterAddress.Arm or RegisterAddress.Start or RegisterAddress.Resume ? CommandResults.Inhibited : CommandResults.BadArgument;
        }

        twins.Sequence = sequence; // spent
    }

    private void CheckBoards()
    {
        int now = twins.Supervisor.State;
        ViolationException.Unless(now == twins.ShadowSupervisor.State, $"{kind}: state {now}, not {twins.ShadowSupervisor.State}");
        for (int i = 0; i < twins.Board.Calls.Length; i++)
        {
            ViolationException.Unless(twins.Board.Calls[i] == twins.Shadow.Calls[i], $"{kind}: port call: {StillBoard.CallNames[i]}");
        }

        ViolationException.Unless(twins.Board.IsOpen() == twins.Shadow.IsOpen(), $"{kind}: the gate");
        for (int i = 0; i < RegisterTable.Addresses; i++)
        {
            if (RegisterTable.Exists(i) && Array.IndexOf(ShowsRefusals, i) < 0)
            {
                int at = twins.Registers.OffsetOf(i), length = RegisterTable.BytesOf(i);
                ViolationException.Unless(twins.Registers.Store.AsSpan(at, length).SequenceEqual(twins.ShadowRegisters.Store.AsSpan(at, length)), $"{kind}: content of register {i}");
            }
        }

        uint result = twins.Registers.GetU32(RegisterAddress.CommandResult, 2);
        ViolationException.Unless(
            twins.Registers.GetU32(RegisterAddress.CommandResult, 0) == (uint)address && (wanted < 0 ? result != 0 : result == (uint)wanted),
            $"{kind}: result {result}, expected {wanted}");
    }

    private void CheckAnswer()
    {
        answers.Add(twins.Board.Sent.AsSpan(0, twins.Board.SentCount));
        bool answered = false;
        while (answers.Next(false))
        {
            if (answers.Type == 3)
            {
                continue;
            }

            ViolationException.Unless(!answered && answers.Type == 2 && !answers.IsError && answers.Address == address, $"{kind}: answered by {Convert.ToHexString(answers.Frame)}");
            ViolationException.Unless(answers.Payload.SequenceEqual(before.AsSpan(twins.Registers.OffsetOf(address), 48)), $"{kind}: not answered with what was accepted last");
            answered = true;
        }

        ViolationException.Unless(answered, $"{kind}: no answer");
        ViolationException.Unless(answers.Skipped == 0 && answers.Pending == 0, "bytes that belong to no frame");
    }
}
