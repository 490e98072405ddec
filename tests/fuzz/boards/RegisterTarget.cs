using Escapement.Fuzz.Frames;
using Escapement.Link;

namespace Escapement.Fuzz.Boards;

/// <summary>
/// The whole board behind its line. What is no frame, and what Harp ignores, leaves it exactly like a board that received nothing, to the last
/// field; a refused request is worth no more than a Read of its register, and is answered by an Error of the right shape; an accepted one is
/// answered once, in order. Every byte that comes back belongs to a frame, and no timestamp goes backwards.
/// </summary>
public sealed class RegisterTarget : IFuzzTarget
{
    private const int SilenceUs = 50_000;
    private const int DumpPasses = 80;

    // What carries bytes or counts them, on the link's side; what the board decides by is compared to the last field.
    private static readonly string[] LinkOnly =
    [
        "FrameParser", "TransmitQueue", "RegisterFile", "HarpEndpoint._frame", "HarpEndpoint._framesIgnored", "HarpEndpoint._errorReplies", "HarpEndpoint._requestsLeft",
        "Supervisor._input", "Supervisor._inputCount", "Supervisor._inputTaken", "Supervisor._output", "CommandFrame._payload", "CommandFrame._offset",
    ];

    private static readonly byte[] ChunkSizes = [1, 3, 7, 20, 128, 128];

    private readonly Action<Twins>? tamper;
    private readonly Dice dice = new();
    private readonly FrameDice bytes;
    private readonly FrameScanner scanner = new();
    private readonly FrameScanner answers = new();
    private readonly FrameScanner shadowAnswers = new();
    private readonly Likeness likeness = new(LinkOnly);
    private readonly List<Expected> expected = [];
    private Twins twins = new();
    private Stage stage;
    private long lastByteUs;
    private long lastTicks;
    private long ignored;
    private long errors;
    private bool reset;
    private bool muted;
    private bool dumped;
    private bool clockSetUnseen;
    private int dumpPasses;
    private long setUpFrames;
    private string outcome = "";

    public RegisterTarget()
        : this(null)
    {
    }

    /// <param name="tamper">Breaks the board of each session in some way; the properties must find it.</param>
    public RegisterTarget(Action<Twins>? tamper)
    {
        this.tamper = tamper;
        bytes = new FrameDice(dice);
    }

    // What the board must answer: a plain reply, or an Error; to a Write of a register that exists it carries the content, as the shadow reads it.
    private readonly record struct Expected(int Type, bool IsError, int Address, int PayloadType, int Bytes, bool ReadByShadow);

    public string Name => "registers";

    public int InputsPerSession => 250;

    public ReadOnlySpan<byte> Input => bytes.Buffer.AsSpan(0, bytes.Count);

    public string Outcome => $"begun {stage}: {outcome}";

    public void BeginSession(ulong seed, long session)
    {
        dice.Begin(seed, 2, session);
        stage = Stages.All[dice.Below(Stages.All.Length)];
        Begin();
    }

    public void Try()
    {
        if (reset)
        {
            Begin(); // a board that was reset is a new board
        }

        Renew();
        Make();
        for (int at = 0; at < bytes.Count && !reset;)
        {
            int count = Math.Min(dice.Of(ChunkSizes), bytes.Count - at);
            Step(1 + dice.Below(2_000), bytes.Buffer.AsSpan(at, count));
            at += count;
        }

        // What waits for the rest of a frame would swallow the next input: let the line be silent.
        if (scanner.Pending > 0 && !reset)
        {
            Step(SilenceUs, []);
        }

        Settle();
        Check();
        expected.Clear();
        twins.Board.SentCount = 0;
        twins.Shadow.SentCount = 0;
    }

    public void EndSession()
    {
        ViolationException.Unless(twins.Meter.Bytes == 0, $"{twins.Meter.Bytes} bytes allocated");
        string? difference = likeness.Difference(twins.Supervisor, twins.ShadowSupervisor);
        ViolationException.Unless(difference is null, $"the board is no longer like one that received nothing: {difference}");
        if (!reset)
        {
            CheckCounters();
        }
    }

    private void Begin()
    {
        twins = Stages.Make(stage);
        setUpFrames = twins.Frames;
        scanner.Clear();
        answers.Clear();
        shadowAnswers.Clear();
        expected.Clear();
        lastTicks = 0;
        ignored = 0;
        errors = 0;
        dumpPasses = 0;
        reset = false;
        muted = twins.IsMuted;
        tamper?.Invoke(twins);
    }

    private void Renew()
    {
        if (twins.IsRenewalDue)
        {
            Step(100, twins.Renewal());
        }
    }

    private void Make()
    {
        bytes.Count = 0;
        for (int parts = 1 + dice.Below(3); parts > 0 && bytes.Count < 70; parts--)
        {
            int begin = bytes.Count;
            int kind = dice.Below(16);
            if (kind < 2)
            {
                bytes.Garbage(40);
            }
            else if (kind < 6)
            {
                bytes.AnyFrame(40);
            }
            else
            {
                Request(kind);
            }

            for (int times = dice.OneIn(3) ? 1 + dice.Below(3) : 0; times > 0; times--)
            {
                bytes.Damage(begin);
            }
        }

        bytes.Count = Math.Min(bytes.Count, 128);
    }

    // A request to a register, nearly right: one thing about it is wrong, or nothing.
    private void Request(int kind)
    {
        int address = dice.Below(RegisterTable.Addresses + 4);
        int type = RegisterTable.TypeOf(address);
        int length = RegisterTable.BytesOf(address);
        int message = kind < 10 ? 2 : 1;
        switch (dice.Below(8))
        {
            case 0:
                type = 1 << dice.Below(4);
                break;
            case 1:
                length += dice.Below(5) - 2;
                break;
            case 2:
                type |= 0x80;
                break;
            case 3 or 4 when message == 2:
                address = dice.Below(RegisterTable.FirstApplicationAddress); // Harp's own: most of them take no write
                type = RegisterTable.TypeOf(address);
                length = RegisterTable.BytesOf(address);
                break;
            default:
                break;
        }

        Span<byte> payload = stackalloc byte[80];
        length = Math.Clamp(length, 0, 80);
        for (int i = 0; i < length; i++)
        {
            payload[i] = dice.OneIn(4) ? (byte)dice.Below(17) : dice.Byte();
        }

        bytes.Frame(message, address, dice.OneIn(16) ? dice.Byte() : 0xFF, type, dice.OneIn(4), message == 1 && !dice.OneIn(4) ? [] : payload[..length]);
    }

    // One pass of both boards. The shadow receives, in the same pass, what may have an effect on the board, and nothing else.
    private void Step(long afterUs, ReadOnlySpan<byte> chunk)
    {
        scanner.Add(chunk);
        twins.Board.Arrive(chunk);
        long nowUs = twins.NowUs + afterUs;
        bool silent = chunk.Length == 0 && nowUs - lastByteUs >= SilenceUs;
        lastByteUs = chunk.Length > 0 ? nowUs : lastByteUs;
        while (!reset && scanner.Next(silent))
        {
            Judge();
        }

        twins.Pass(afterUs);
        dumpPasses--;
    }

    // docs/link.md, "What is refused, and how".
    private void Judge()
    {
        int type = scanner.Type, address = scanner.Address, own = RegisterTable.TypeOf(address);
        if (type == 3 || scanner.IsError || scanner.Port != 0xFF)
        {
            ignored++;
            return;
        }

        bool exists = RegisterTable.Exists(address);
        bool right = exists && scanner.PayloadType == own;
        if (type == 2)
        {
            right = right && RegisterTable.CanWrite(address) && scanner.PayloadLength == RegisterTable.BytesOf(address) && InRange(address, scanner.Payload[0]);
        }

        if (right)
        {
            twins.Shadow.Arrive(scanner.Frame);
            Accept(type, address);
        }
        else if (type == 2 && exists)
        {
            AskShadow(address, own);
        }

        if (muted)
        {
            return;
        }

        errors += right ? 0 : 1;
        int payloadType = exists ? own : scanner.PayloadType;
        int length = right || (type == 2 && exists) ? RegisterTable.BytesOf(address) : 0;
        expected.Add(new Expected(type, !right, address, payloadType, length, !right && type == 2 && exists));
    }

    private static bool InRange(int address, byte value) => address switch
    {
        RegisterAddress.OperationControl => (value & 3) <= 1,
        RegisterAddress.ResetDevice => (value & ~0x09) == 0,
        _ => true,
    };

    private void Accept(int type, int address)
    {
        if (type != 2)
        {
            return;
        }

        if (address == RegisterAddress.OperationControl)
        {
            muted = (scanner.Payload[0] & 0x10) != 0;
            if ((scanner.Payload[0] & 8) != 0)
            {
                dumpPasses = DumpPasses;
                dumped = true;
            }
        }
        else if (address == RegisterAddress.ResetDevice && scanner.Payload[0] != 0)
        {
            reset = true;
        }
        else if (address == RegisterAddress.TimestampSeconds)
        {
            clockSetUnseen |= muted; // a host may set it back
        }
    }

    private void AskShadow(int address, int own)
    {
        Span<byte> read = [1, 4, (byte)address, 0xFF, (byte)own, (byte)(1 + 4 + address + 0xFF + own)];
        twins.Shadow.Arrive(read);
    }

    private void Settle()
    {
        for (int passes = 0; passes < 2 || dumpPasses > 0 || !twins.IsSilent; passes++)
        {
            Step(100, []);
            ViolationException.Unless(passes < 200, "the board never stops sending");
        }
    }

    private void Check()
    {
        ViolationException.Unless(twins.Supervisor.State == twins.ShadowSupervisor.State, $"state {twins.Supervisor.State}, not {twins.ShadowSupervisor.State}");
        for (int i = 0; i < twins.Board.Calls.Length; i++)
        {
            ViolationException.Unless(twins.Board.Calls[i] == twins.Shadow.Calls[i], $"port call: {StillBoard.CallNames[i]}");
        }

        int counters = twins.Registers.OffsetOf(RegisterAddress.LinkCounters), behind = counters + RegisterTable.BytesOf(RegisterAddress.LinkCounters);
        byte[] store = twins.Registers.Store, shadowStore = twins.ShadowRegisters.Store;
        ViolationException.Unless(
            store.AsSpan(0, counters).SequenceEqual(shadowStore.AsSpan(0, counters)) && store.AsSpan(behind).SequenceEqual(shadowStore.AsSpan(behind)),
            "a register's content");
        CheckAnswers();
    }

    private void CheckAnswers()
    {
        answers.Add(twins.Board.Sent.AsSpan(0, twins.Board.SentCount));
        shadowAnswers.Add(twins.Shadow.Sent.AsSpan(0, twins.Shadow.SentCount));
        int next = 0;
        while (answers.Next(false))
        {
            CheckTimestamp();
            bool fits = next < expected.Count && Fits(expected[next]);
            if (answers.Type == 3 || (!fits && dumped && answers.Type == 1 && !answers.IsError))
            {
                CheckAlike();
                continue;
            }

            ViolationException.Unless(fits, $"answers {Convert.ToHexString(answers.Frame)}, expected {(next < expected.Count ? expected[next] : "nothing")}");
            CheckAnswer(expected[next++]);
        }

        ViolationException.Unless(next == expected.Count, $"{expected.Count - next} requests are not answered");
        ViolationException.Unless(answers.Skipped == 0 && answers.Pending == 0, "bytes that belong to no frame");
        ViolationException.Unless(!shadowAnswers.Next(false), "the shadow says more");
        outcome = $"{expected.Count} answers expected and given, {ignored} frames ignored and {errors} refused so far in this session, state {twins.Supervisor.State}";
        dumped = false;
        lastTicks = clockSetUnseen ? 0 : lastTicks;
        clockSetUnseen = false;
    }

    private void CheckAnswer(Expected wanted)
    {
        if (!wanted.IsError)
        {
            CheckAlike();
        }
        else if (wanted.ReadByShadow)
        {
            ViolationException.Unless(shadowAnswers.Next(false), "the shadow has not answered");
            ViolationException.Unless(wanted.Address == RegisterAddress.LinkCounters || answers.Payload.SequenceEqual(shadowAnswers.Payload), "an Error without the content in force");
        }
    }

    private bool Fits(Expected wanted) =>
        answers.Type == wanted.Type && answers.IsError == wanted.IsError && answers.Address == wanted.Address && answers.PayloadType == wanted.PayloadType
        && answers.PayloadLength == wanted.Bytes && answers.IsStamped && answers.Port == 0xFF;

    private void CheckAlike()
    {
        ViolationException.Unless(shadowAnswers.Next(false), $"says what its shadow does not: {Convert.ToHexString(answers.Frame)}");
        ViolationException.Unless(
            answers.Address == RegisterAddress.LinkCounters ? shadowAnswers.Address == answers.Address : answers.Frame.SequenceEqual(shadowAnswers.Frame),
            $"says {Convert.ToHexString(answers.Frame)}, its shadow {Convert.ToHexString(shadowAnswers.Frame)}");
    }

    private void CheckTimestamp()
    {
        ViolationException.Unless(answers.IsStamped, "a frame without a timestamp");
        bool set = clockSetUnseen || (answers.Address == RegisterAddress.TimestampSeconds && answers.Type == 2 && !answers.IsError);
        lastTicks = set ? 0 : lastTicks;
        ViolationException.Unless(answers.Ticks >= lastTicks, $"a timestamp goes backwards: {answers.Ticks} after {lastTicks}: {Convert.ToHexString(answers.Frame)}");
        lastTicks = answers.Ticks;
    }

    private void CheckCounters()
    {
        ReadOnlySpan<byte> read = [1, 4, RegisterAddress.LinkCounters, 0xFF, 4, (1 + 4 + RegisterAddress.LinkCounters + 0xFF + 4) & 0xFF];
        scanner.Add(read);
        scanner.Next(false);
        twins.Board.Arrive(read);
        twins.Shadow.Arrive(read);
        twins.Pass(100);
        uint refused = twins.ShadowRegisters.GetU32(RegisterAddress.LinkCounters, LinkCountersField.CommandsRefused);
        uint dropped = twins.ShadowRegisters.GetU32(RegisterAddress.LinkCounters, LinkCountersField.EventsDropped);
        Span<long> wanted = [setUpFrames + scanner.Good, scanner.WrongChecksums, scanner.Skipped, scanner.GivenUp, ignored, errors, refused, dropped];
        for (int i = 0; i < wanted.Length; i++)
        {
            uint counted = twins.Registers.GetU32(RegisterAddress.LinkCounters, i);
            ViolationException.Unless(counted == wanted[i], $"LinkCounters[{i}] is {counted}, not {wanted[i]}");
        }
    }
}
