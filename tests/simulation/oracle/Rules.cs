namespace Escapement.Simulation;

/// <summary>Names and budgets of the rules. docs/simulation.md has the same table; a test compares them.</summary>
public static class Rules
{
    /// <summary>No pulse reaches the stimulator while the gate is closed.</summary>
    public const string GateClosed = "gate-closed";

    /// <summary>The gate opens only for a session that was armed and started, or for a gate test that was asked for.</summary>
    public const string GateOpen = "gate-open";

    /// <summary>No pulse before an accepted arm and an accepted start.</summary>
    public const string BeforeStart = "before-start";

    /// <summary>None in a dry run.</summary>
    public const string DryRun = "dry-run";

    /// <summary>None after a stop.</summary>
    public const string AfterStop = "after-stop";

    /// <summary>None after either emergency stop contact opened.</summary>
    public const string AfterEmergencyStop = "after-emergency-stop";

    /// <summary>None after the interlock opened.</summary>
    public const string AfterInterlock = "after-interlock";

    /// <summary>None while the key is off, and none after it.</summary>
    public const string AfterKey = "after-key";

    /// <summary>None after the coil was lost.</summary>
    public const string AfterCoil = "after-coil";

    /// <summary>None after the foot left its switch.</summary>
    public const string AfterFoot = "after-foot";

    /// <summary>None after the coil became hot or its sensor broke.</summary>
    public const string AfterHeat = "after-heat";

    /// <summary>None once a wrong crystal could be seen.</summary>
    public const string AfterClock = "after-clock";

    /// <summary>None after the lease ended or was given up.</summary>
    public const string AfterLease = "after-lease";

    /// <summary>None after Standby or muted replies.</summary>
    public const string AfterSilence = "after-silence";

    /// <summary>None after the board has said that a fault is latched.</summary>
    public const string AfterFault = "after-fault";

    /// <summary>None after a wrong answer of the stimulator.</summary>
    public const string AfterAnswer = "after-answer";

    /// <summary>None after the processor stopped or the supply failed.</summary>
    public const string AfterReset = "after-reset";

    /// <summary>None without a heartbeat.</summary>
    public const string Watchdog = "watchdog";

    /// <summary>None while a session is held.</summary>
    public const string WhileHeld = "while-held";

    /// <summary>Nothing comes again by itself: no pulse once a session was over, however long ago, without another arm and start.</summary>
    public const string Resumes = "resumes-by-itself";

    /// <summary>Never closer than the minimum gap, whatever lies between.</summary>
    public const string MinGap = "min-gap";

    /// <summary>The sliding windows.</summary>
    public const string Windows = "windows";

    /// <summary>Nothing is armed that breaks a ceiling or a limit that was tightened for it.</summary>
    public const string Limits = "limits";

    /// <summary>Never more pulses than planned.</summary>
    public const string NeverMore = "never-more";

    /// <summary>Pulses come at their planned distances.</summary>
    public const string Schedule = "schedule";

    /// <summary>Pulses are as wide as they must be.</summary>
    public const string Width = "width";

    /// <summary>What the board counted is what left, or a fault says otherwise.</summary>
    public const string Counted = "counted";

    /// <summary>A host's record says completed only if every planned pulse left.</summary>
    public const string Recorded = "recorded";

    /// <summary>After a reset the board is disarmed, and an end that nobody asked for is latched.</summary>
    public const string BootDisarmed = "boot-disarmed";

    /// <summary>With nothing broken a good session completes.</summary>
    public const string Liveness = "liveness";

    /// <summary>The firmware never ends and never stands still for ever.</summary>
    public const string Lives = "firmware-lives";

    /// <summary>Two passes, and the system tick that a sleep ends on, in microseconds.</summary>
    public const long TwoPassesUs = 30_000;

    /// <summary>By hardware alone, in microseconds.</summary>
    public const long HardwareUs = 1_000;

    /// <summary>By the watchdog, in microseconds.</summary>
    public const long WatchdogUs = 300_000;

    /// <summary>For the coil's sensor, in microseconds.</summary>
    public const long HeatUs = 1_000_000;

    /// <summary>For a wrong crystal with a host that renews all the time, in microseconds.</summary>
    public const long ClockUs = 65_000_000;

    /// <summary>From the echoed board time to the end of a lease, in microseconds.</summary>
    public const long LeaseUs = 500_000;

    /// <summary>An answer of the stimulator comes within this time of its pulse, in microseconds.</summary>
    public const long AnswerUs = 2_000;

    /// <summary>Every rule.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        GateClosed, GateOpen, BeforeStart, DryRun, AfterStop, AfterEmergencyStop, AfterInterlock, AfterKey, AfterCoil, AfterFoot, AfterHeat, AfterClock, AfterLease, AfterSilence, AfterFault,
        AfterAnswer, AfterReset, Watchdog, WhileHeld, Resumes, MinGap, Windows, Limits, NeverMore, Schedule, Width, Counted, Recorded, BootDisarmed, Liveness, Lives,
    ];
}
