using Escapement.Kernel;

namespace Escapement.Host;

/// <summary>
/// What a board makes of a protocol, found by running the board's own verifier and planner on its program.
/// </summary>
public sealed class Plan
{
    private const int Slice = 1_000_000;

    private Plan(Protocol protocol, byte[] program, PlanBoard board)
    {
        Protocol = protocol;
        Program = program;
        Board = board;
    }

    /// <summary>The protocol, every pulse width filled in.</summary>
    public Protocol Protocol { get; }

    /// <summary>Its program as it is uploaded.</summary>
    public byte[] Program { get; }

    /// <summary>The board that was planned for.</summary>
    public PlanBoard Board { get; }

    /// <summary>Transactions; null when the board cannot play the protocol.</summary>
    public int? Transactions { get; private init; }

    /// <summary>Words over all transactions, padding included; null when the board cannot play the protocol.</summary>
    public long? Words { get; private init; }

    /// <summary>Words of the longest transaction, padding included; null when the board cannot play the protocol.</summary>
    public int? MaxWordsPerTransaction { get; private init; }

    /// <summary>Pulses of the largest transaction; 0 when the board cannot play the protocol.</summary>
    public int MaxPulsesPerTransaction { get; private init; }

    /// <summary>The levels of all blocks, outermost first; empty when the board cannot play the protocol.</summary>
    public IReadOnlyList<PlanLevel> Levels { get; private init; } = [];

    /// <summary>What the board would refuse; empty when it would play all of it.</summary>
    public IReadOnlyList<PlanRefusal> Refusals { get; private init; } = [];

    /// <summary>Plans a protocol.</summary>
    /// <param name="protocol">Any protocol.</param>
    /// <param name="board">The board; the reference board when null.</param>
    /// <param name="pulseWidthUs">Pulse width in microseconds where the protocol states none.</param>
    /// <exception cref="InputException">No board can play the protocol.</exception>
    public static Plan Of(Protocol protocol, PlanBoard? board = null, int pulseWidthUs = ProtocolBlock.DefaultPulseWidthUs)
    {
        var session = protocol.WithPulseWidth(pulseWidthUs);
        var plan = new Plan(session, ProgramBuilder.Build(session), board ?? PlanBoard.Reference);
        Verify(plan);
        var planner = new Planner();
        planner.Begin(plan.Program, plan.Board.Limits);
        var answer = 0;
        while (answer == 0)
        {
            answer = planner.Step(Slice);
        }

        return answer > 0 ? Planned(plan, planner) : Impossible(plan, planner.Error);
    }

    /// <summary>The plan as one JSON object (docs/protocols.md).</summary>
    public string ToJson(bool indented = false) => PlanJson.Write(this, indented);

    private static void Verify(Plan plan)
    {
        var verifier = new ProgramVerifier();
        verifier.Begin(plan.Program, plan.Program.Length);
        var answer = 0;
        while (answer == 0)
        {
            answer = verifier.Step(Slice);
        }

        if (answer < 0)
        {
            throw new InputException($"protocol '{plan.Protocol.Id}': {Of(verifier.Error)}");
        }
    }

    private static string Of(int error) => $"{ProgramErrorTable.Sentence(error)?.TrimEnd('.')}; {LowerFirst(ProgramErrorTable.Cure(error) ?? "")}";

    private static string LowerFirst(string sentence) => sentence.Length == 0 ? sentence : char.ToLowerInvariant(sentence[0]) + sentence[1..];

    private static Plan Planned(Plan plan, Planner planner) => new(plan.Protocol, plan.Program, plan.Board)
    {
        Transactions = planner.Transactions,
        Words = planner.Words,
        MaxWordsPerTransaction = planner.MaxWords,
        MaxPulsesPerTransaction = planner.MaxPulses,
        Levels = [.. LevelsOf(plan, planner)],
        Refusals = BoardCheck.Refusals(plan.Protocol, planner.MaxPulses, plan.Board.Ceilings),
    };

    private static Plan Impossible(Plan plan, int error) => new(plan.Protocol, plan.Program, plan.Board)
    {
        Refusals = [new(ProgramErrorTable.Name(error) ?? "Planning", Of(error)), .. BoardCheck.Refusals(plan.Protocol, 0, plan.Board.Ceilings)],
    };

    private static IEnumerable<PlanLevel> LevelsOf(Plan plan, Planner planner)
    {
        var blocks = plan.Protocol.Blocks;
        for (var index = 0; index < blocks.Count; index++)
        {
            if (index > 0)
            {
                yield return Level(plan, planner, index, -1, RepeatLevel.Block, 1, blocks[index - 1].SpanUs);
            }

            var levels = blocks[index] is RepeatBlock nest ? nest.Levels : [new RepeatLevel(RepeatLevel.Pulse, (int)blocks[index].Pulses, Rational.Zero)];
            for (var level = 0; level < levels.Count; level++)
            {
                Rational? interval = levels[level].IntervalUs.Sign > 0 ? levels[level].IntervalUs : null;
                yield return Level(plan, planner, index, level, levels[level].Name, levels[level].Count, interval);
            }
        }
    }

    private static PlanLevel Level(Plan plan, Planner planner, int block, int level, string name, long count, Rational? intervalUs)
    {
        var isExact = planner.IsExact(block, level);
        return new(block + 1, name, count, intervalUs, isExact, isExact ? null : plan.Board.Limits.StartBoundUs);
    }
}
