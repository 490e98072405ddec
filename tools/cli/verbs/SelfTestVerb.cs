using System.CommandLine;
using System.Text;
using Escapement.Host;

namespace Escapement.Cli;

/// <summary>`escapement selftest`: what software can look at on a board, then the steps of bring-up that a person does.</summary>
internal static class SelfTestVerb
{
    public static Command Make(Streams streams)
    {
        var port = Given.Port();
        var tcp = Given.Tcp();
        var real = Given.Real();
        var json = Given.Json("Ends with one line that is a JSON object, and asks nobody.");
        var report = new Option<string?>("--out") { Description = "Keeps a report: this file (.json), and the same name with .txt for people.", HelpName = "FILE" };
        var answers = new Option<string?>("--answers") { Description = "Answers to the steps that a person does, one 'STEP: ANSWER' a line.", HelpName = "FILE" };
        var yes = new Option<bool>("--yes-nothing-is-connected") { Description = "Confirms that nothing is connected behind the board, so that its trigger line may move." };
        Option<int?> clock = Given.Whole("--clock-s", "Seconds for which the board's clock is compared with this machine's (default 5).", 1, 3600);
        var page = new Option<string?>("--page") { Description = "Only writes the bring-up walk as a page.", HelpName = "FILE" };
        var verb = new Command("selftest", "Tests a board as far as software can, then asks for the rest; on a virtual board unless --port or --tcp names another.") { port, tcp, real, json, report, answers, yes, clock, page };
        verb.SetAction(parsed => parsed.GetValue(page) is { } file ? WritePage(file) : new SelfTest(streams)
        {
            Port = parsed.GetValue(port),
            Tcp = parsed.GetValue(tcp),
            IsReal = parsed.GetValue(real),
            IsJson = parsed.GetValue(json),
            ReportFile = parsed.GetValue(report),
            AnswersFile = parsed.GetValue(answers),
            IsConfirmed = parsed.GetValue(yes),
            ClockS = parsed.GetValue(clock) ?? 5,
        }.Run());
        return verb;
    }

    private static int WritePage(string file)
    {
        AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(BringUpPage.Write(BringUp.Known))));
        return ExitCode.Completed;
    }
}

/// <summary>One self-test of one board.</summary>
internal sealed class SelfTest(Streams streams)
{
    private readonly DateTimeOffset begun = DateTimeOffset.Now;

    public string? Port { get; init; }

    public string? Tcp { get; init; }

    public bool IsReal { get; init; }

    public bool IsJson { get; init; }

    public string? ReportFile { get; init; }

    public string? AnswersFile { get; init; }

    public bool IsConfirmed { get; init; }

    public int ClockS { get; init; }

    private bool Asks => streams.Answers is not null && !IsJson;

    public int Run()
    {
        bool isElsewhere = Port is not null || Tcp is not null;
        if (IsReal && !isElsewhere)
        {
            throw new InputException("--real: without --port or --tcp the self-test runs on a virtual board; name the port of the real one.");
        }

        CheckReportFile();
        IReadOnlyDictionary<string, BringUpAnswer>? answers = AnswersFile is null ? null : BringUpAnswers.Load(AnswersFile, BringUp.Known);
        SelfTestReport report = Software();
        Keep(report);
        if (report.Refusal is null)
        {
            report = new BringUpTalk(streams, Asks, answers, Keep).Run(report);
        }

        return Tell(report);
    }

    private SelfTestReport Software()
    {
        string where = Port ?? Tcp ?? "a virtual board of this process";
        try
        {
            using IBoardRun board = DistantBoard.Open(Port, Tcp) is { } transport ? new DistantBoard(transport) : new InProcessBoard(1, 0, ClockS * 1_000_000L);
            var order = new SelfTestOrder
            {
                Expected = new BoardExpectation { IsReal = IsReal },
                IsNothingConnected = () => IsConfirmed || Confirm(),
                ClockUs = ClockS * 1_000_000L,
            };
            var test = new BoardSelfTest(board.Transport, order) { StepDone = Show };
            using (new Interrupts(_ => test.RequestStop()))
            {
                board.Run(test);
            }

            return new SelfTestReport { Steps = test.Steps, Board = test.Board, Refusal = test.Refusal, Registers = test.Registers, Where = where, BegunAt = begun };
        }
        catch (TransportException error)
        {
            var steps = SelfTestSteps.All.Select(step => new SelfTestStep(step.Id, step.Title, StepOutcome.NotDone, error.Message)).ToList();
            return new SelfTestReport { Steps = steps, Refusal = new ConnectRefusal(ExitCode.NoLink, error.Message), Where = where, BegunAt = begun };
        }
    }

    private bool Confirm()
    {
        if (!Asks)
        {
            return false;
        }

        streams.Out.Write("The next step moves the trigger line; the gate stays closed. Is the stimulator off and unplugged, and nothing connected behind the board? y or n: ");
        return streams.Answers!.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    private void Show(SelfTestStep step)
    {
        if (!IsJson)
        {
            streams.Out.WriteLine(SelfTestReport.Line(step));
        }
    }

    private void CheckReportFile()
    {
        if (ReportFile is null)
        {
            return;
        }

        if (!ReportFile.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            throw new InputException($"--out {ReportFile}: the report is a .json file, with a .txt file beside it; give it that ending.");
        }

        foreach (string file in new[] { ReportFile, TextFile })
        {
            if (File.Exists(file))
            {
                throw new InputException($"--out: {file} is there already; name another file, so that no report is lost.");
            }

            AtomicFile.Check(file);
        }
    }

    private string TextFile => Path.ChangeExtension(ReportFile!, ".txt");

    /// <summary>After every answer: what was measured must not be lost with the rest.</summary>
    private void Keep(SelfTestReport report)
    {
        if (ReportFile is not null)
        {
            AtomicFile.Write(ReportFile, stream => stream.Write(Encoding.UTF8.GetBytes(report.ToJson(true) + "\n")));
            AtomicFile.Write(TextFile, stream => stream.Write(Encoding.UTF8.GetBytes(report.ToText())));
        }
    }

    private int Tell(SelfTestReport report)
    {
        streams.Out.WriteLine(IsJson ? report.ToJson(false) : report.Message);
        if (report.ExitCode != ExitCode.Completed)
        {
            streams.Complain(report.Refusal?.Message ?? report.Message);
        }

        return report.ExitCode;
    }
}
