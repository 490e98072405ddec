namespace Escapement.Rig;

/// <summary>Set only by a rising edge of enable while every term is good; cleared at once by enable low or any term. Never sets itself.</summary>
internal sealed class Latch
{
    private bool _enable;

    public bool IsSet { get; private set; }

    /// <summary>Enable has changed.</summary>
    public void Enable(bool level, bool termsGood)
    {
        bool rising = level && !_enable;
        _enable = level;
        if (!level) { IsSet = false; }
        else if (rising && termsGood) { IsSet = true; }
    }

    /// <summary>A term has changed, or a disturbance has hit the latch.</summary>
    public void Clear() => IsSet = false;
}
