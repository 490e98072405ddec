namespace Escapement.Rig;

// What can go wrong with wires: each wire can be forced, disturbed, lose pulses, gain pulses, and take up another one's.
public sealed partial class Bench
{
    private readonly long[] _holds = new long[Signals];
    private readonly PulseFaults?[] _pulseFaults = new PulseFaults?[Signals];
    private readonly List<(RigSignal From, RigSignal To, long Length80)> _couplings = [];

    /// <summary>Forces a wire to a level, whatever drives it, until it is released: a stuck line, a stuck latch, a read-back that lies.</summary>
    /// <param name="signal">The wire.</param>
    /// <param name="level">Its forced level.</param>
    /// <param name="t80">When, in ticks of 12.5 ns; now or later.</param>
    public void Force(RigSignal signal, bool level, long t80) =>
        At(t80, () => Hold(signal, (sbyte)(level ? 1 : 0)));

    /// <summary>Releases a forced wire.</summary>
    /// <param name="signal">The wire.</param>
    /// <param name="t80">When, in ticks of 12.5 ns; now or later.</param>
    public void Release(RigSignal signal, long t80) =>
        At(t80, () => Hold(signal, NotForced));

    /// <summary>Forces a wire for a while: a spike, cross-talk, a bounce, an answer to nothing. A wire that is forced already stays as it is.</summary>
    /// <param name="signal">The wire.</param>
    /// <param name="level">Its forced level.</param>
    /// <param name="t80">From when, in ticks of 12.5 ns; now or later.</param>
    /// <param name="length80">For how long, in ticks of 12.5 ns.</param>
    public void Spike(RigSignal signal, bool level, long t80, long length80)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length80);
        At(t80, () =>
        {
            if (_forced[(int)signal] != NotForced) { return; }
            Hold(signal, (sbyte)(level ? 1 : 0));
            long hold = _holds[(int)signal];
            At(Now80 + length80, () =>
            {
                if (_holds[(int)signal] == hold) { Hold(signal, NotForced); }
            });
        });
    }

    /// <summary>Spikes in a row: a wire that bounces or chatters.</summary>
    /// <param name="signal">The wire.</param>
    /// <param name="level">The level of the spikes.</param>
    /// <param name="t80">When the first begins, in ticks of 12.5 ns; now or later.</param>
    /// <param name="count">How many.</param>
    /// <param name="length80">How long each is, in ticks of 12.5 ns.</param>
    /// <param name="apart80">From the begin of one to the next, in ticks of 12.5 ns; longer than each is.</param>
    public void Chatter(RigSignal signal, bool level, long t80, int count, long length80, long apart80)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length80);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(apart80, length80);
        for (int i = 0; i < count; i++) { Spike(signal, level, t80 + i * apart80, length80); }
    }

    /// <summary>Pulses that do not arrive on a wire: a count that is missing, an answer that is dropped. Counted from now, whatever was asked for before.</summary>
    /// <param name="signal">The wire; its pulses begin with a rising edge.</param>
    /// <param name="nth">The first one lost, from 1.</param>
    /// <param name="count">How many are lost one after the other.</param>
    public void LosePulses(RigSignal signal, int nth = 1, int count = 1) => FaultsOf(signal).Lose(nth, count);

    /// <summary>Pulses of a wire that are followed by more: a count too many, a doubled trigger, a stimulator that answers with a train.</summary>
    /// <param name="signal">The wire; its pulses begin with a rising edge.</param>
    /// <param name="nth">The first one so, counted from now, from 1.</param>
    /// <param name="count">How many one after the other are so.</param>
    /// <param name="extra">How many more each of them brings.</param>
    /// <param name="apart80">From a rising edge to the next one, in ticks of 12.5 ns.</param>
    /// <param name="width80">Width of each one that is added, in ticks of 12.5 ns.</param>
    public void AddPulses(RigSignal signal, int nth = 1, int count = 1, int extra = 1, long apart80 = 2_000 * Ticks80.PerUs, long width80 = 50 * Ticks80.PerUs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width80);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(apart80, width80);
        FaultsOf(signal).Add(nth, count, t80 => Chatter(signal, true, t80 + apart80, extra, width80, apart80));
    }

    /// <summary>From now on each rising edge of one wire shows on another as a spike: cross-talk.</summary>
    /// <param name="from">The wire that disturbs.</param>
    /// <param name="to">The wire that is disturbed.</param>
    /// <param name="length80">How long each spike is, in ticks of 12.5 ns; 0 ends the coupling.</param>
    /// <param name="t80">When, in ticks of 12.5 ns; now or later.</param>
    public void Couple(RigSignal from, RigSignal to, long length80, long t80)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(to, from);
        ArgumentOutOfRangeException.ThrowIfNegative(length80);
        At(t80, () =>
        {
            _couplings.RemoveAll(one => one.From == from && one.To == to);
            if (length80 > 0) { _couplings.Add((from, to, length80)); }
        });
    }

    /// <summary>A disturbance clears the latch, as a discharge nearby may do.</summary>
    /// <param name="t80">When, in ticks of 12.5 ns; now or later.</param>
    public void DropLatch(long t80) => At(t80, () => { _latch.Clear(); DriveLatch(Now80); });

    private void Hold(RigSignal signal, sbyte forced)
    {
        _holds[(int)signal]++;
        _forced[(int)signal] = forced;
        Settle(signal, Now80);
    }

    private PulseFaults FaultsOf(RigSignal signal) => _pulseFaults[(int)signal] ??= new PulseFaults(_driven[(int)signal]);

    private void Couple(RigSignal from, long t80)
    {
        for (int i = 0; i < _couplings.Count; i++)
        {
            (RigSignal source, RigSignal to, long length80) = _couplings[i];
            if (source == from) { Spike(to, true, Math.Max(t80, Now80), length80); }
        }
    }
}
