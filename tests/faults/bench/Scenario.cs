using Escapement.Host;
using Escapement.Link;
using Escapement.Rig;
using Escapement.Virtual;

namespace Escapement.Faults.Tests;

/// <summary>
/// A session on a virtual board, run once as planned and then as often as wanted with a fault at an instant. The same seed gives the same edges
/// until the fault, so an instant can be chosen on the edges of the calm run.
/// </summary>
internal sealed class Scenario(Protocol protocol, VirtualBoardOptions? options = null)
{
    private const long LimitUs = 6_000_000_000;
    private const int StartsLost = 5;
    private const long HeldForUs = 5_000_000;

    private readonly Dictionary<Place, Calm> calm = [];

    public Protocol Protocol { get; } = protocol;

    public VirtualBoardOptions Options { get; } = options ?? new VirtualBoardOptions { Seed = 7 };

    /// <summary>How long nobody does anything at the end, in microseconds.</summary>
    public long WatchUs { get; init; } = 60_000_000;

    /// <summary>Changes the order that the host is given.</summary>
    public Func<SessionOrder, SessionOrder> Ordered { get; init; } = order => order;

    /// <summary>The run without a fault in which such a place occurs.</summary>
    public Calm Calm(Place place = Place.InBurst)
    {
        Place kind = place is Place.Armed or Place.Held ? place : Place.InBurst;
        if (!calm.TryGetValue(kind, out Calm? known))
        {
            calm[kind] = known = new Calm(Run(kind, 0, _ => { }), Protocol);
        }

        return known;
    }

    /// <summary>Runs with a fault at a place of the calm run.</summary>
    /// <param name="instant">Where and when.</param>
    /// <param name="arrange">Places the fault, before power is switched on; its time is that of the instant.</param>
    public Incident Run(Instant instant, Action<Stage> arrange) => Run(instant.Place, instant.At80, arrange);

    private Incident Run(Place place, long at80, Action<Stage> arrange)
    {
        VirtualBoard board = new(Options);
        ITransport line = board.Connect();
        Wire wire = new(board, line);
        Watcher watcher = new(wire);
        SessionOrder order = Ordered(new SessionOrder(Protocol.Id, ProgramBuilder.Build(Protocol)) { InVirtualTime = true });
        SessionRunner runner = new(wire, order, watcher);
        Inspector inspector = new(line);
        Leader leader = new(runner, wire, inspector, WatchUs) { NotBeforeUs = Ticks80.ToUs(at80) };
        if (place == Place.Armed) { wire.Fate = LoseTheFirstStarts(); }
        if (place == Place.Held) { HoldAfterTheFirstTrain(watcher, leader); }
        arrange(new Stage(board, wire, leader, watcher, at80));
        board.RunLockStep(leader, LimitUs);
        Assert.IsTrue(leader.IsFinished, "the scenario never ended");
        return new Incident(board, runner.Result, inspector, wire, watcher, at80, board.IsSwitchedOn);
    }

    // Late ones would be stale, because renewals of the lease have overtaken them. The host gives it anew after 1.25 s; until then the board is armed.
    private static Func<byte[], IEnumerable<(long, byte[])>> LoseTheFirstStarts()
    {
        int seen = 0;
        return frame => Wire.Address(frame) == RegisterAddress.Start && seen++ < StartsLost ? [] : [(0, frame)];
    }

    private static void HoldAfterTheFirstTrain(Watcher watcher, Leader leader)
    {
        watcher.HoldIn = SupervisorStates.Running;
        watcher.Held = atUs => leader.StopUs = atUs + HeldForUs;
    }
}

/// <summary>What a fault is placed with.</summary>
/// <param name="Board">The board, not yet powered.</param>
/// <param name="Wire">The host's cable.</param>
/// <param name="Leader">The host.</param>
/// <param name="Watcher">Sees what the host sees.</param>
/// <param name="At80">When the fault is to happen, in ticks of 12.5 ns.</param>
internal sealed record Stage(VirtualBoard Board, Wire Wire, Leader Leader, Watcher Watcher, long At80)
{
    /// <summary>The bench.</summary>
    public Bench Bench => Board.Bench;

    /// <summary>The same instant in whole microseconds.</summary>
    public long AtUs => Ticks80.ToUs(At80);
}
