using System.Globalization;
using System.Text;

namespace Escapement.Simulation;

/// <summary>A scenario as one page.</summary>
public static class ScenarioPage
{
    /// <summary>The page.</summary>
    public static string Of(Scenario scenario)
    {
        StringBuilder page = new();
        BoardChoice board = scenario.Board;
        page.Append(CultureInfo.InvariantCulture, $"Scenario of seed {scenario.Seed}\n");
        page.Append(CultureInfo.InvariantCulture, $"  board: {board.Id}{(board.ClockStartUs > 0 ? string.Create(CultureInfo.InvariantCulture, $", clock begins at {board.ClockStartUs} us") : "")}{(board.MemoryShort ? ", short of memory" : "")}, watchdog {board.WatchdogNs / 1e6:0.0} ms, crystal {board.ClockErrorPpb / 1e3:0.0} ppm, operator {(board.OperatorReturns ? "returns" : "does not return")} after a restart\n");
        page.Append("  what the hosts do:\n");
        foreach (Act act in scenario.Acts) { page.Append("    ").Append(Text(act)).Append('\n'); }
        page.Append(scenario.Faults.Count == 0 ? "  no faults\n" : "  faults:\n");
        foreach (Fault fault in scenario.Faults) { page.Append("    ").Append(fault).Append('\n'); }
        return page.ToString();
    }

    private static string Text(Act act) => act switch
    {
        GoodSession good => $"a session of '{good.Program.Name}'{(good.Program.IsGood ? "" : ", which no board may play")}{(good.Dry ? ", dry" : "")}{When(good)}",
        ErraticSession erratic => $"{Seconds(erratic.LengthUs)} of a host that does anything ({erratic.Manners} % of it leads on) with {string.Join(" and ", erratic.Programs.Select(program => $"'{program.Name}'"))}",
        Silence silence => $"nothing for {Seconds(silence.LengthUs)}",
        _ => act.ToString(),
    };

    private static string When(GoodSession good)
    {
        if (good.StopAfterUs >= 0) { return $", stopped {Seconds(good.StopAfterUs)} after the start"; }
        if (good.CrashAfterUs >= 0) { return $", the host breaks down {Seconds(good.CrashAfterUs)} after the start"; }
        if (good.HangAfterUs >= 0) { return $", the host hangs {Seconds(good.HangAfterUs)} after the start for {Seconds(good.HangUs)}"; }
        return good.SecondHost != 0 ? ", while a second host does anything" : "";
    }

    private static string Seconds(long us) => string.Create(CultureInfo.InvariantCulture, $"{us / 1e6:0.000} s");
}
