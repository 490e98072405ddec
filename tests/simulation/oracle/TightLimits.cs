namespace Escapement.Simulation;

/// <summary>The limits in force as far as the link shows it: the ceilings, tightened by what hosts asked for and the board accepted.</summary>
internal sealed class TightLimits
{
    private readonly int[] _windows = [.. Ceilings.Windows.Select(window => window.Pulses)];
    private int _minGapUs = Ceilings.MinGapUs;
    private int _maxPulses = Ceilings.MaxPulses;

    /// <summary>The Limits command was accepted; 0 leaves a limit as it is, and nothing loosens one.</summary>
    public void Tighten(LinkFrame command)
    {
        _minGapUs = Math.Max(_minGapUs, (int)command.U32(3));
        _maxPulses = Tighter(_maxPulses, command.U32(5));
        for (int i = 0; i < _windows.Length; i++) { _windows[i] = Tighter(_windows[i], command.U32(6 + i)); }
    }

    /// <summary>The program is gone, and the session's limits with it.</summary>
    public void Reset()
    {
        for (int i = 0; i < _windows.Length; i++) { _windows[i] = Ceilings.Windows[i].Pulses; }
        _minGapUs = Ceilings.MinGapUs;
        _maxPulses = Ceilings.MaxPulses;
    }

    /// <summary>The first limit that a plan breaks; null when none.</summary>
    public string? Broken(PulsePlan plan) => Ceilings.Broken(plan, _minGapUs, _maxPulses, _windows);

    private static int Tighter(int now, uint asked) => asked == 0 || asked > (uint)now ? now : (int)asked;
}
