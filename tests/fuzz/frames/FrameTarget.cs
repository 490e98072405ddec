using Escapement.Link;

namespace Escapement.Fuzz.Frames;

/// <summary>
/// The frame parser: gives exactly the frames that the second implementation gives, in any chunks, whatever came before; its counters add up; it
/// holds no more than its buffer and allocates nothing.
/// </summary>
public sealed class FrameTarget : IFuzzTarget
{
    private const int SilenceUs = 50_000;

    private readonly Func<IFrameSource> make;
    private readonly Dice dice = new();
    private readonly FrameDice bytes;
    private readonly FrameScanner scanner = new();
    private readonly byte[] found = new byte[8192];
    private readonly byte[] foundAgain = new byte[8192];
    private readonly byte[] expected = new byte[8192];
    private AllocationMeter meter = new();
    private IFrameSource first;
    private IFrameSource second;
    private long nowUs;
    private long given;
    private long inFrames;
    private int frames;
    private string fault = "";

    public FrameTarget()
        : this(() => new FirmwareFrames())
    {
    }

    public FrameTarget(Func<IFrameSource> make)
    {
        this.make = make;
        bytes = new FrameDice(dice);
        first = make();
        second = make();
    }

    public string Name => "frames";

    public int InputsPerSession => 200;

    public ReadOnlySpan<byte> Input => bytes.Buffer.AsSpan(0, bytes.Count);

    public string Outcome => $"{frames} frames, {scanner.Skipped} bytes skipped so far in this session, {scanner.Pending} waited for";

    public void BeginSession(ulong seed, long session)
    {
        dice.Begin(seed, 1, session);
        scanner.Clear();
        meter = new AllocationMeter();
        first = make();
        second = make();
        nowUs = 0;
        given = 0;
        inFrames = 0;
    }

    public void Try()
    {
        Make();
        given += bytes.Count;
        bool silent = !dice.OneIn(4); // else the next input comes without a silence before it
        int most = 1 + dice.Below(dice.OneIn(2) ? 9 : 300);
        scanner.Add(Input);
        int expect = Expect(silent);
        fault = "";
        meter.Begin();
        int got = Feed(first, found, most, silent);
        int gotAgain = Feed(second, foundAgain, most == 1 ? 64 : 1, silent);
        meter.End();
        nowUs += 2 * SilenceUs;
        ViolationException.Unless(fault == "", fault);
        ViolationException.Unless(found.AsSpan(0, got).SequenceEqual(expected.AsSpan(0, expect)), "other frames than the second implementation finds");
        ViolationException.Unless(foundAgain.AsSpan(0, gotAgain).SequenceEqual(expected.AsSpan(0, expect)), "other chunks give other frames");
        ViolationException.Unless(meter.Bytes == 0, $"{meter.Bytes} bytes allocated");
        CheckCounters(first);
        CheckCounters(second);
    }

    public void EndSession()
    {
        // Whatever came, a frame behind a silence is found.
        scanner.Add([]);
        Expect(true);
        first.Expire(nowUs);
        Drain(first, found, 0);
        bytes.Count = 0;
        bytes.Frame(MessageType.Write, 60, 0xFF, 1, false, [1]);
        first.Accept(bytes.Buffer, 0, bytes.Count, nowUs);
        ViolationException.Unless(first.Next() && first.Frame.SequenceEqual(Input), "a good frame behind a silence is lost");
    }

    private void Make()
    {
        bytes.Count = 0;
        for (int parts = 1 + dice.Below(4); parts > 0; parts--)
        {
            int begin = bytes.Count;
            int kind = dice.Below(8);
            if (kind == 0)
            {
                bytes.Garbage(40);
                continue;
            }

            bytes.AnyFrame();
            for (int times = kind < 4 ? 0 : 1 + dice.Below(3); times > 0; times--)
            {
                bytes.Damage(begin);
            }
        }
    }

    private int Expect(bool silent)
    {
        int count = 0;
        frames = 0;
        while (scanner.Next(silent))
        {
            scanner.Frame.CopyTo(expected.AsSpan(count));
            count += scanner.Length;
            inFrames += scanner.Length;
            frames++;
        }

        return count;
    }

    private int Feed(IFrameSource parser, byte[] into, int most, bool silent)
    {
        int got = 0;
        long clockUs = nowUs;
        for (int at = 0; at < bytes.Count;)
        {
            int taken = parser.Accept(bytes.Buffer, at, Math.Min(most, bytes.Count - at), clockUs);
            if (taken <= 0)
            {
                fault = "an emptied parser takes no bytes";
                return got;
            }

            at += taken;
            clockUs += 10;
            got = Drain(parser, into, got);
        }

        if (silent)
        {
            parser.Expire(clockUs + SilenceUs);
            got = Drain(parser, into, got);
        }

        return got;
    }

    private int Drain(IFrameSource parser, byte[] into, int got)
    {
        while (parser.Next())
        {
            ReadOnlySpan<byte> frame = parser.Frame;
            if (got + frame.Length > into.Length || frame.Length is < 6 or > 128 || !SaysWhatItIs(parser.View, frame))
            {
                fault = "a frame that is none, or whose fields are not those of its bytes";
                return got;
            }

            frame.CopyTo(into.AsSpan(got));
            got += frame.Length;
        }

        return got;
    }

    private static bool SaysWhatItIs(FrameParser view, ReadOnlySpan<byte> frame)
    {
        bool stamped = (frame[4] & 0x10) != 0;
        int payloadAt = stamped ? 11 : 5;
        return view.MessageType == (frame[0] & 3) && view.IsError == ((frame[0] & 8) != 0) && view.Address == frame[2] && view.Port == frame[3]
            && view.PayloadType == (frame[4] & 0xEF) && view.HasTimestamp == stamped
            && view.PayloadOffset - view.FrameOffset == payloadAt && view.PayloadLength == frame.Length - 1 - payloadAt
            && view.TimestampSeconds == (stamped ? BitConverter.ToUInt32(frame[5..]) : 0) && view.TimestampTicks == (stamped ? BitConverter.ToUInt16(frame[9..]) : 0);
    }

    private void CheckCounters(IFrameSource parser)
    {
        ViolationException.Unless(
            (parser.Good, parser.Skipped, parser.WrongChecksums, parser.GivenUp, (long)parser.Pending) == (scanner.Good, scanner.Skipped, scanner.WrongChecksums, scanner.GivenUp, scanner.Pending),
            $"counters: {parser.Good} good, {parser.Skipped} skipped, {parser.WrongChecksums} wrong, {parser.GivenUp} given up, {parser.Pending} held; expected {scanner.Good}, {scanner.Skipped}, {scanner.WrongChecksums}, {scanner.GivenUp}, {scanner.Pending}");
        ViolationException.Unless(inFrames + parser.Skipped + parser.Pending == given, "bytes that are neither in a frame nor counted");
    }
}
