using System.Globalization;
using System.Text.Json;

namespace Escapement.Benchmarks.Opcodes;

/// <summary>`opcodes`: counts, prints, and fails when a target is missed.</summary>
static class OpcodeVerb
{
    const string SessionProtocol = "itbs600";

    public static int Run(bool json)
    {
        List<ProgramCost> rows;
        using (var meter = new OpcodeMeter())
            rows = [.. Programs.All.Select(one => meter.Measure(one.Name, one.Image))];
        SessionCost session;
        using (var meter = new SessionMeter())
            session = meter.Measure(SessionProtocol);
        bool good = rows.All(OpcodeTargets.AreMet) && session.MostBetween <= OpcodeTargets.BetweenClockReadings;
        if (json)
            PrintJson(rows, session, good);
        else
            PrintTables(rows, session, good);
        return good ? 0 : 1;
    }

    static void PrintTables(List<ProgramCost> rows, SessionCost session, bool good)
    {
        List<ProgramCost> library = [.. rows.Where(OpcodeTargets.HoldEncoding)];
        Print($"{"program",-20} {"lists",5} {"pulses",6} {"words",6}  {"encode/word",11} {"target",6}  {"encode/pulse",12}  {"guard/word",10} {"target",6}  {"sequencer/pulse",15}  {"plan/pulse",10}  {"verify",7}");
        foreach (ProgramCost row in rows)
            PrintRow(row);
        PrintRow(ProgramCost.Sum("library, all rows", library));
        Print($"worst to encode: {library.MaxBy(row => row.EncodePerWord)!.Name}, worst to judge: {rows.MaxBy(row => row.GuardPerWord)!.Name}");
        Print("");
        Print($"{session.Protocol} on the virtual board, {session.Starts} starts: {session.LeastBetween} to {session.MostBetween} opcodes between t0 and t1 (target {OpcodeTargets.BetweenClockReadings})");
        Print($"{"pass while",-12} {"passes",7} {"median",8} {"most",8}");
        foreach (PassCost pass in session.Passes)
            Print($"{pass.Kind,-12} {pass.Passes,7} {pass.Median,8} {pass.Most,8}");
        Print(good ? "Every target is met." : "A target is missed.");
    }

    static void PrintRow(ProgramCost row)
    {
        string held = OpcodeTargets.HoldEncoding(row) ? OpcodeTargets.PerEncodedWord.ToString(CultureInfo.InvariantCulture) : "-";
        Print($"{row.Name,-20} {row.Transactions,5} {row.Pulses,6} {row.ListWords,6}  {row.EncodePerWord,11:F1} {held,6}  {row.EncodePerPulse,12:F1}  {row.GuardPerWord,10:F1} {OpcodeTargets.PerJudgedWord,6}  {row.SequencerPerPulse,15:F1}  {row.PlanPerPulse,10:F1}  {row.VerifyOpcodes,7}{(OpcodeTargets.AreMet(row) ? "" : "  MISSED")}");
    }

    static void PrintJson(List<ProgramCost> rows, SessionCost session, bool good)
    {
        var targets = new { OpcodeTargets.PerEncodedWord, OpcodeTargets.PerJudgedWord, OpcodeTargets.BetweenClockReadings };
        Console.WriteLine(JsonSerializer.Serialize(new { targets, met = good, rows, session }, new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true }));
    }

    static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    static void Print(string line) => Console.WriteLine(line);
}
