namespace Escapement.Rig;

/// <summary>The contacts of the bench. A closed contact is the safe (or present) state; an open wire reads as open.</summary>
public enum ContactName
{
    /// <summary>Emergency stop, channel A, normally closed.</summary>
    EStopA,

    /// <summary>Emergency stop, channel B, normally closed.</summary>
    EStopB,

    /// <summary>Interlock loop.</summary>
    Interlock,

    /// <summary>Key switch; closed is on and supplies the isolator's output side.</summary>
    Key,

    /// <summary>Coil present.</summary>
    Coil,

    /// <summary>Foot switch; closed is held. Only wired on a board that has one.</summary>
    FootSwitch,
}
