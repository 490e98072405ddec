using Escapement.Host;

namespace Escapement.Cli;

/// <summary>The steps that a person does: from a file of answers, else asked one by one, else listed as not done.</summary>
internal sealed class BringUpTalk(Streams streams, bool asks, IReadOnlyDictionary<string, BringUpAnswer>? answers, Action<SelfTestReport> keep)
{
    private bool isOver = !asks;

    /// <summary>The report with those steps behind the software's.</summary>
    public SelfTestReport Run(SelfTestReport report)
    {
        BringUpStep[] walk = [.. BringUp.Known.StepsFor(report.Board!.BoardId)];
        bool isVirtual = report.Board.IsVirtual;
        for (int i = 0; i < walk.Length; i++)
        {
            BringUpStep step = walk[i];
            SelfTestStep done = answers?.TryGetValue(step.Id, out BringUpAnswer? given) == true ? given.Judge(step)
                : isVirtual ? NotDone(step, "a virtual board has nothing to measure")
                : Ask(step, i + 1, walk.Length)?.Judge(step) ?? NotDone(step, "nobody answered");
            report = report with { Steps = [.. report.Steps, done] };
            if (done.Outcome != StepOutcome.NotDone)
            {
                keep(report);
            }
        }

        keep(report);
        return report;
    }

    private static SelfTestStep NotDone(BringUpStep step, string why) => new(step.Id, step.Title, StepOutcome.NotDone, why) { IsByPerson = true };

    private BringUpAnswer? Ask(BringUpStep step, int number, int of)
    {
        if (isOver)
        {
            return null;
        }

        streams.Out.WriteLine();
        streams.Out.WriteLine($"{number} of {of}: {step.Title} ({(step.IsStimulatorOn ? "stimulator ON, dummy load only" : "stimulator off and unplugged")})");
        streams.Out.WriteLine($"  do:        {step.Do.Trim()}");
        streams.Out.WriteLine($"  expect:    {step.Expect.Trim()}");
        streams.Out.WriteLine($"  look with: {step.Instrument}");
        streams.Out.WriteLine($"  passes:    {step.Pass}");
        while (true)
        {
            streams.Out.Write($"  {BringUpAnswer.Form(step)}; q ends: ");
            string? line = streams.Answers!.ReadLine();
            if (line is null || line.Trim() is "q" or "Q")
            {
                isOver = true;
                return null;
            }

            if (BringUpAnswer.Parse(line, step) is { } answer)
            {
                return answer;
            }
        }
    }
}
