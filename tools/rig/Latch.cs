namespace Escapement.Rig;

/// <summary>Set by its clock, cleared at once by its clear line. Never sets itself.</summary>
internal sealed class Latch
{
    public bool IsSet { get; private set; }

    /// <summary>The delayed rising edge of enable, with the clear line good.</summary>
    public void Set() => IsSet = true;

    /// <summary>The clear line, or a disturbance.</summary>
    public void Clear() => IsSet = false;
}
