namespace Escapement.Boards;

/// <summary>Tick, lead-in, bounds, and what the stimulator takes. Figures that stand in the firmware's own tables are held to them by a test.</summary>
internal static class TimeRules
{
    /// <summary>Largest half of a word, in ticks.</summary>
    public const int MaxHalf = 32767;

    /// <summary>Where the half that is patched last aims to be.</summary>
    public const int PatchAimUs = 16384;

    /// <summary>The one tick of this version.</summary>
    public const int TickNs = 1000;

    /// <summary>The one pass of this version: every sleep of the runtime is a multiple of it.</summary>
    public const int PassUs = 10_000;

    /// <summary>Longest pause of the interpreter that moves no edge.</summary>
    public const int PauseUs = 150_000;

    /// <summary>How long after its last pulse a transaction is closed.</summary>
    public const int CloseUs = 3_000;

    /// <summary>The firmware's ceilings, which a board tightens and never loosens.</summary>
    public const int LeastGapUs = 1000, LeastWidthUs = 10, MostWidthUs = 1000, MostHourPulses = 12000, MostHighUs = 25000;

    public static void Check(Report report)
    {
        BoardFile file = report.File;
        report.RefuseNumber(file.Number("trigger.tickNs") != TickNs && file.Number("trigger.tickNs") is not null, "trigger.tickNs", $"the firmware plays every list at {TickNs} ns", $"write {TickNs}");
        report.RefuseNumber(file.Number("supervisor.passUs") != PassUs && file.Number("supervisor.passUs") is not null, "supervisor.passUs", $"the runtime sleeps in steps of {PassUs} us, and the watchdog and every pause limit are set for passes of one step", $"write {PassUs}");
        LeadIn(report);
        Stimulator(report);
    }

    private static void LeadIn(Report report)
    {
        BoardFile file = report.File;
        long? words = file.Number("trigger.headWords");
        long? leadIn = file.Number("trigger.leadInUs");
        long? least = file.Number("trigger.leadInMinUs");
        long? bound = file.Number("trigger.startBoundUs");
        long? longBound = file.Number("trigger.longStartBoundUs");
        long? gate = file.Number("trigger.gateMarginUs");
        long? most = (((words * 2) - 1) * MaxHalf) + PatchAimUs;
        report.RefuseNumber(leadIn > most, "trigger.leadInUs", $"a head of {words} words holds {words * 2} halves of at most {MaxHalf} us, the last of them patched around its middle: {most} us", $"write at most {most}, or more headWords");
        report.RefuseNumber(leadIn < least + PauseUs + PassUs, "trigger.leadInUs", $"a pause of the interpreter of {PauseUs} us and a pass must fit before the shortest lead-in of {least} us, or it would cost the train", $"write at least {least + PauseUs + PassUs}");
        report.RefuseNumber(least <= bound + gate, "trigger.leadInMinUs", $"the shortest lead-in must hold the start bound ({bound} us) and the gate's margin ({gate} us)", $"write more than {bound + gate}");
        report.RefuseNumber(longBound < bound, "trigger.longStartBoundUs", $"a longer list does not start faster than a shorter one ({bound} us)", $"write at least {bound}");
        report.RefuseNumber(leadIn <= longBound + gate, "trigger.longStartBoundUs", $"the lead-in of {leadIn} us must hold this bound and the gate's margin ({gate} us)", $"write less than {leadIn - gate}");
        long? needed = leadIn + bound + gate + (2 * PassUs) + CloseUs;
        report.RefuseNumber(file.Number("trigger.minCutGapUs") < needed, "trigger.minCutGapUs", $"in that silence one transaction is closed ({CloseUs} us, two passes) and the next one sent: lead-in, start bound and gate's margin, {needed} us together", $"write at least {needed}");
    }

    private static void Stimulator(Report report)
    {
        BoardFile file = report.File;
        long? gap = file.Number("stimulator.minGapUs");
        long? narrowest = file.Number("stimulator.minWidthUs");
        long? widest = file.Number("stimulator.maxWidthUs");
        long? width = file.Number("stimulator.widthUs");
        report.RefuseNumber(gap < LeastGapUs, "stimulator.minGapUs", $"the gate's limiter ignores edges for about 800 us after each pulse, and the firmware's ceiling is {LeastGapUs} us", $"write at least {LeastGapUs}");
        report.RefuseNumber(narrowest < LeastWidthUs, "stimulator.minWidthUs", $"the firmware's ceiling is {LeastWidthUs} us, and a board may only tighten it", $"write at least {LeastWidthUs}");
        report.RefuseNumber(widest > MostWidthUs, "stimulator.maxWidthUs", $"the firmware's ceiling is {MostWidthUs} us, and a board may only tighten it", $"write at most {MostWidthUs}");
        report.RefuseNumber(file.Number("stimulator.maxHourPulses") > MostHourPulses, "stimulator.maxHourPulses", $"the firmware's ceiling is {MostHourPulses}, and a board may only tighten it", $"write at most {MostHourPulses}");
        report.RefuseNumber(file.Number("stimulator.maxHighUs") > MostHighUs, "stimulator.maxHighUs", $"the firmware's ceiling is {MostHighUs} us, and a board may only tighten it", $"write at most {MostHighUs}");
        report.RefuseNumber(narrowest > widest, "stimulator.minWidthUs", $"the longest pulse is {widest} us", $"write at most {widest}");
        report.RefuseNumber(widest > gap, "stimulator.maxWidthUs", $"a pulse must be over before the next one begins, {gap} us later", $"write at most {gap}");
        report.RefuseNumber(width < narrowest || width > widest, "stimulator.widthUs", $"the pulses that may leave are {narrowest} to {widest} us wide", $"write a width between them");
    }
}
