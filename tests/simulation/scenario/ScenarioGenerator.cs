using Escapement.Rig;

namespace Escapement.Simulation;

/// <summary>Makes a scenario from a seed. Pure: the same seed gives the same scenario, for ever within one version of this file.</summary>
public static class ScenarioGenerator
{
    private const int MostFaults = 4;

    /// <summary>The scenario of a seed.</summary>
    public static Scenario Of(ulong seed)
    {
        BoardChoice board = Board(Dice.For(seed, 2));
        List<Act> acts = Acts(Dice.For(seed, 1), board.Id);
        return new Scenario { Seed = seed, Board = board, Acts = acts, Faults = Faults(Dice.For(seed, 3), acts, board.Id == Boards.Bench) };
    }

    private static BoardChoice Board(Dice dice) => new()
    {
        Id = dice.Below(10) switch { < 6 => Boards.Reference, < 9 => Boards.Bench, _ => Boards.Classic },
        ClockStartUs = dice.OneIn(4) ? dice.Of(1L << 31, 1L << 32, 1L << 33, 100L << 32) - dice.Between(0, 30_000_000) : 0,
        MemoryShort = dice.OneIn(25),
        Seed = dice.Next(),
        WatchdogNs = dice.Between(CircuitFigures.WatchdogLeastNs, CircuitFigures.WatchdogMostNs),
        ClockErrorPpb = (int)dice.Between(-20_000, 20_000),
        OperatorReturns = !dice.OneIn(8),
    };

    private static List<Act> Acts(Dice dice, string board)
    {
        int count = 1 + dice.Below(3);
        List<Act> acts = [];
        for (int i = 0; i < count; i++)
        {
            acts.Add(dice.Below(10) < 7 ? Good(dice, board) : Erratic(dice, board));
            if (dice.OneIn(4)) { acts.Add(new Silence(dice.Spread(10_000, 5_000_000))); }
        }

        return acts;
    }

    private static GoodSession Good(Dice dice, string board)
    {
        TestProgram program = dice.OneIn(6) ? ProgramGenerator.Any(dice, board) : ProgramGenerator.Good(dice, board);
        GoodSession session = new(program, (uint)dice.Between(1, uint.MaxValue)) { Dry = dice.OneIn(10) };
        long whenUs = dice.Between(0, Math.Max(1, program.SpanUs));
        return dice.Below(10) switch
        {
            0 => session with { StopAfterUs = whenUs },
            1 => session with { CrashAfterUs = whenUs },
            2 => session with { HangAfterUs = whenUs, HangUs = dice.Spread(50_000, 3_000_000) },
            3 => session with { SecondHost = dice.Next() },
            _ => session,
        };
    }

    private static ErraticSession Erratic(Dice dice, string board)
    {
        TestProgram[] programs = new TestProgram[1 + dice.Below(3)];
        for (int i = 0; i < programs.Length; i++) { programs[i] = i > 0 && dice.OneIn(2) ? ProgramGenerator.Trains(dice, board) : ProgramGenerator.Any(dice, board); }
        return new ErraticSession(dice.Next(), dice.Spread(3_000_000, 40_000_000), programs, dice.Of(30, 60, 80, 90, 97));
    }

    private static List<Fault> Faults(Dice dice, List<Act> acts, bool isBench)
    {
        int sessions = acts.Count(act => act is not Silence);
        long spanUs = acts.Max(act => act switch { GoodSession good => good.Program.SpanUs, ErraticSession erratic => erratic.LengthUs, _ => 0 });
        int count = Math.Max(0, dice.Below(MostFaults + 3) - 1);
        List<Fault> faults = [];
        for (int i = 0; i < Math.Min(count, MostFaults); i++) { faults.Add(FaultGenerator.Draw(dice, sessions, spanUs, isBench)); }
        return faults;
    }
}
