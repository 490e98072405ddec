using System.Globalization;
using System.Text.Json;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Escapement.Benchmarks.Opcodes;
using Escapement.Host;
using Perfolizer.Horology;

namespace Escapement.Benchmarks.Speed;

/// <summary>`speed`: nanoseconds on this machine, and virtual against real time over the whole library.</summary>
static class SpeedVerb
{
    const double RatioTarget = 1_000;

    /// <summary>One measured operation.</summary>
    sealed record Figure(string What, string Row, double NsEach, string Each, double ErrorNs);

    public static int Run(bool json)
    {
        List<Figure> figures = [.. Rooms(), .. Frames()];
        List<SessionSpeed> sessions = [.. ProtocolLibrary.All.Select(row => SessionSpeed.Of(row.Id))];
        double overall = sessions.Sum(one => one.VirtualS) / sessions.Sum(one => one.RealS);
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(new { figures, ratioTarget = RatioTarget, overallRatio = overall, sessions },
                new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true }));
        else
            Print(figures, sessions, overall);
        return overall >= RatioTarget ? 0 : 1;
    }

    static IEnumerable<Figure> Rooms()
    {
        foreach (BenchmarkReport report in BenchmarkRunner.Run<RoomBenchmarks>(Quiet()).Reports)
        {
            string row = (string)report.BenchmarkCase.Parameters["Row"];
            var size = new RoomBenchmarks { Row = row };
            size.Setup();
            yield return report.BenchmarkCase.Descriptor.WorkloadMethod.Name switch
            {
                nameof(RoomBenchmarks.Sequence) => Of(report, "sequencer", row, "pulse", size.Sequence()),
                nameof(RoomBenchmarks.Encode) => Of(report, "encode", row, "word", size.Words),
                _ => Of(report, "guard", row, "word", size.Words),
            };
        }
    }

    static IEnumerable<Figure> Frames() => BenchmarkRunner.Run<FrameBenchmarks>(Quiet()).Reports.Select(report =>
        Of(report, report.BenchmarkCase.Descriptor.WorkloadMethod.Name == nameof(FrameBenchmarks.WriteFrames) ? "frame written" : "frame parsed", "status event", "frame", FrameBenchmarks.Frames));

    static Figure Of(BenchmarkReport report, string what, string row, string each, int operations) =>
        new(what, row, report.ResultStatistics!.Median / operations, each, report.ResultStatistics.StandardError / operations);

    static ManualConfig Quiet() => ManualConfig.CreateEmpty()
        .AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance).WithIterationTime(TimeInterval.FromMilliseconds(100)).WithIterationCount(9))
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddLogger(NullLogger.Instance)
        .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "escapement-benchmarks"));

    static void Print(List<Figure> figures, List<SessionSpeed> sessions, double overall)
    {
        Line($"{"operation",-14} {"over",-13} {"ns",8} {"+-",7}  each");
        foreach (Figure one in figures)
            Line($"{one.What,-14} {one.Row,-13} {one.NsEach,8:F2} {one.ErrorNs,7:F2}  {one.Each}");
        Line($"");
        Line($"{"session",-20} {"virtual s",10} {"real s",8} {"ratio",8} {"us/pass",8}  target {RatioTarget:F0}, goal 10000");
        foreach (SessionSpeed one in sessions)
            Line($"{one.Protocol,-20} {one.VirtualS,10:F1} {one.RealS,8:F3} {one.Ratio,8:F0} {one.RealUsPerPass,8:F2}");
        Line($"{"all rows",-20} {sessions.Sum(one => one.VirtualS),10:F1} {sessions.Sum(one => one.RealS),8:F3} {overall,8:F0}");
    }

    static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
