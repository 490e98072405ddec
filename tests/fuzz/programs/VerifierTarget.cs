using System.Buffers.Binary;
using Escapement.Kernel;
using Escapement.Kernel.Tests;

namespace Escapement.Fuzz.Programs;

/// <summary>
/// The program verifier: ends within as many items as the image can hold, however small the steps, with the verdict that the second implementation
/// reaches in unlimited integers from docs/program-format.md. What it accepts, the sequencer plays to exactly the stated totals, and pulse by pulse
/// as the second implementation lists it.
/// </summary>
public sealed class VerifierTarget : IFuzzTarget
{
    private const int MostExpanded = 4_000;
    private const int MostListed = 100;

    private readonly Func<IJudge> make;
    private readonly Dice dice = new();
    private readonly Sequencer sequencer = new();
    private IJudge judge;
    private Random random = new(0);
    private ProgramModel model = new();
    private ProgramModel other = new();
    private byte[] image = [];
    private int madeFor;
    private string outcome = "";

    public VerifierTarget()
        : this(() => new FirmwareJudge())
    {
    }

    public VerifierTarget(Func<IJudge> make)
    {
        this.make = make;
        judge = make();
    }

    public string Name => "verifier";

    public int InputsPerSession => 64;

    public ReadOnlySpan<byte> Input => image;

    public string Outcome => outcome;

    /// <summary>Accepted and refused so far, for those who ask whether both happen.</summary>
    public long Accepted, Refused;

    public void BeginSession(ulong seed, long session)
    {
        dice.Begin(seed, 4, session);
        random = new Random((int)dice.Next());
        judge = make();
        model = RandomPrograms.Create(random, 300);
        madeFor = 0;
    }

    public void Try()
    {
        Make();
        int length = dice.OneIn(64) ? dice.Below(image.Length + 3) : image.Length;
        judge.Begin(image, length);
        int budget = dice.OneIn(4) ? 1 : 1 + dice.Below(32);
        int result = 0;
        long most = Math.Max(0, length / 4) + (3L * 64) + 4; // header, each block twice, each level or entry once, the totals
        for (long items = 0; result == 0; items += budget)
        {
            ViolationException.Unless(items <= most, "never ends");
            result = judge.Step(budget);
        }

        ViolationException.Unless(result is 1 or -1 && result == judge.Step(1), "a verdict that is none, or changes");
        ViolationException.Unless(result < 0 == (judge.Error != 0) && judge.Error is >= 0 and <= 28, $"verdict {result} with error {judge.Error}");
        bool fits = length >= 0 && length <= image.Length && Reference.Accepts(image, length);
        outcome = result > 0 ? $"accepted, {judge.Pulses} pulses" : $"refused with code {judge.Error}";
        ViolationException.Unless(fits == result > 0, $"{outcome}; the second implementation {(fits ? "accepts" : "refuses")} it");
        if (result > 0)
        {
            Accepted++;
            Expand();
        }
        else
        {
            Refused++;
        }
    }

    public void EndSession()
    {
    }

    private void Make()
    {
        if (madeFor++ % 16 == 0)
        {
            other = model;
            model = RandomPrograms.Create(random, 300);
        }

        switch (dice.Below(8))
        {
            case 0:
                image = model.ToBytes();
                break;
            case 1:
                image = RandomPrograms.Damage(random, model.ToBytes());
                break;
            case 2 or 3:
                image = RandomPrograms.Damage(random, model.ToBytes());
                Totals.Correct(image);
                break;
            case 4:
                image = RandomPrograms.Bend(random, model).ToBytes();
                break;
            case 5:
                image = RandomPrograms.Bend(random, RandomPrograms.Bend(random, Spliced())).ToBytes();
                break;
            case 6:
                image = Spliced().ToBytes();
                break;
            default:
                image = Cut();
                break;
        }
    }

    // Blocks of two programs under the unit of one of them.
    private ProgramModel Spliced()
    {
        BlockModel[] blocks = [.. model.Blocks, .. other.Blocks];
        int from = dice.Below(blocks.Length), count = 1 + dice.Below(blocks.Length - from);
        return model with { Blocks = blocks[from..(from + count)], Den = dice.OneIn(2) ? model.Den : other.Den };
    }

    // The beginning of one program and the end of another, byte by byte.
    private byte[] Cut()
    {
        byte[] one = model.ToBytes(), two = other.ToBytes();
        byte[] cut = [.. one[..dice.Below(one.Length + 1)], .. two[dice.Below(two.Length + 1)..]];
        if (dice.OneIn(2))
        {
            Totals.Correct(cut);
        }

        return cut;
    }

    private void Expand()
    {
        int pulses = judge.Pulses;
        ViolationException.Unless(pulses == BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(12)), "found other pulses than stated");
        if (pulses > MostExpanded && !dice.OneIn(100))
        {
            return; // a million pulses take their time; every hundredth is expanded all the same
        }

        List<ReferencePulse>? listed = pulses <= MostListed ? Reference.Expand(image) : null;
        sequencer.Begin(image);
        long count = 0, lastUs = -1;
        for (int lastWidthUs = 0; sequencer.Next(); count++, lastUs = sequencer.OnsetUs, lastWidthUs = sequencer.WidthUs)
        {
            ViolationException.Unless(count < pulses, "more pulses than stated");
            ViolationException.Unless(count == 0 ? sequencer.OnsetUs == 0 : sequencer.OnsetUs - lastUs > lastWidthUs, "two pulses without a low tick between them");
            ViolationException.Unless(
                listed is null || (sequencer.OnsetUs, sequencer.WidthUs) == (listed[(int)count].OnsetUs, listed[(int)count].WidthUs),
                $"pulse {count} is not where the second implementation has it");
        }

        ulong lastUnits = BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(16));
        uint den = BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(8));
        ViolationException.Unless(count == pulses, $"{count} pulses, stated {pulses}");
        ViolationException.Unless((UInt128)lastUs == (((UInt128)2 * lastUnits) + den) / (2 * (UInt128)den), "the last onset is not the stated one");
    }
}
