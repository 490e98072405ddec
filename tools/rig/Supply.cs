namespace Escapement.Rig;

/// <summary>The isolated supply of the stimulator's side: takes a while to come after key on, and a little while to go after key off.</summary>
internal sealed class Supply(long onNs, long offNs, bool isOn)
{
    private readonly long _on80 = Ticks80.FromNs(onNs);
    private readonly long _off80 = Ticks80.FromNs(offNs);

    public bool IsOn { get; private set; } = isOn;

    /// <summary>When it will change by itself.</summary>
    public long NextEvent80 { get; private set; } = Ticks80.Never;

    public void Key(bool closed, long t80) =>
        NextEvent80 = closed == IsOn ? Ticks80.Never : t80 + (closed ? _on80 : _off80);

    public void Change()
    {
        IsOn = !IsOn;
        NextEvent80 = Ticks80.Never;
    }
}
