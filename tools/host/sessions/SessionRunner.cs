using Escapement.Link;
using Escapement.Safety;

namespace Escapement.Host;

/// <summary>
/// Runs one session on one board: identify, lease, upload, verify, arm, start, watch, and read the final counters. Stepped and
/// single-threaded; the same in virtual time (a board in lock-step calls it) and in real time (<see cref="SessionLoop"/>).
/// Frames may be lost, repeated or damaged: requests are repeated byte for byte, START is never given twice, and
/// "completed" is said only after the board's own counters, read twice, say so.
/// </summary>
public sealed partial class SessionRunner : ITransportStep
{
    private readonly SessionOrder order;
    private readonly ISessionObserver? observer;
    private readonly HarpClient client;
    private readonly BoardClock clock = new();
    private readonly SortedDictionary<long, TrainReading> trains = [];
    private readonly Dictionary<(int Register, uint Sequence), CommandReading> results = [];

    private IEnumerator<bool> script;
    private BoardStatus? status;
    private BoardIdentity? identity;
    private ProfileReading? profile;
    private InputsReading? inputs;
    private FirstFaultReading? firstFault;
    private SessionEnd? end;
    private CommandReading? lastResult;
    private uint faults;
    private uint inhibits;
    private readonly HostClock hostClock = new();
    private uint sequence;
    private uint digest;
    private byte[]? inForce;
    private uint[] boardLink = [];
    private int shownState = -1;
    private long statusAtUs = -1;
    private const int MaxLapses = 5;
    private int lapses;
    private long renewals;
    private long owedBoardTimeUs = -1;
    private long owedAtUs;
    private bool holdsLease;
    private bool hasLed;
    private bool stopConfirmed;
    private bool ending;
    private bool stopping;
    private volatile string? stopWish;

    /// <summary>A session over a transport, which stays the caller's to dispose of.</summary>
    /// <param name="transport">To the board.</param>
    /// <param name="order">What to do.</param>
    /// <param name="observer">Watches.</param>
    /// <param name="tap">Records.</param>
    public SessionRunner(ITransport transport, SessionOrder order, ISessionObserver? observer = null, ILinkTap? tap = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(order);
        ArgumentOutOfRangeException.ThrowIfZero(order.Nonce);
        this.order = order;
        this.observer = observer;
        TransportName = transport.Name;
        client = new HarpClient(transport, tap) { Message = OnMessage };
        script = MainScript().GetEnumerator();
    }

    /// <summary>What the connection is called.</summary>
    public string TransportName { get; }

    /// <inheritdoc/>
    public bool IsFinished => Result is not null;

    /// <summary>What came of it; null until it is finished.</summary>
    public SessionResult? Result { get; private set; }

    /// <summary>The board's answers to identification; null until then.</summary>
    public BoardIdentity? Board => identity;

    /// <summary>The last status of the board; null before the first.</summary>
    public BoardStatus? Status => status;

    /// <summary>START was sent and the board has accepted it, or may have.</summary>
    public bool MayHaveStarted { get; private set; }

    /// <summary>Asks to stop. The board is told at once and every 20 ms until it has confirmed. Callable from any thread, any number of times.</summary>
    /// <param name="why">A few words for the record.</param>
    public void RequestStop(string why) => stopWish ??= why;

    /// <summary>For a host program that breaks down: tells the board to stop, once, and asks for nothing more.</summary>
    public void Abandon()
    {
        if (IsFinished || !hasLed)
        {
            return;
        }

        try
        {
            client.Post(RegisterAddress.Stop, HarpFrames.U8, [1]);
        }
        catch (TransportException)
        {
            // Nothing more can be done from here; without this host the lease lapses.
        }
    }

    /// <inheritdoc/>
    public bool Step(long nowUs)
    {
        if (IsFinished)
        {
            return false;
        }

        try
        {
            bool any = client.Step(nowUs);
            RenewWhenDue();
            if (stopWish is not null && !stopping && !ending)
            {
                stopping = true;
                Replace(StopScript());
            }

            Advance();
            return any;
        }
        catch (TransportException error)
        {
            LoseTransport(error.Message);
            return false;
        }
    }

    private void Advance()
    {
        try
        {
            if (!script.MoveNext() && !IsFinished)
            {
                Conclude();
            }
        }
        catch (SessionEnd why)
        {
            if (LapsedBeforeStart(why))
            {
                BeginAnew();
                return;
            }

            end ??= why;
            if (ending || why.ExitCode == ExitCode.NoLink)
            {
                Conclude();
            }
            else
            {
                ending = true;
                Replace(FinishScript());
            }
        }
    }

    /// <summary>
    /// Whether a refusal comes from a lease that lapsed on the way: the board stood still for too long, and forgot the program
    /// by right. Nothing has started, so all of it may be done again.
    /// </summary>
    private bool LapsedBeforeStart(SessionEnd why)
    {
        const uint Lapsed = (uint)(InhibitReason.NoLease | InhibitReason.NoProgram);
        bool lapsed = (why.Inhibits & Lapsed) != 0 || commandResult == CommandResults.NotHolder;
        return lapsed && why.Verdict == SessionVerdict.Refused && holdsLease && !MayHaveStarted && !ending && lapses < MaxLapses;
    }

    private void BeginAnew()
    {
        lapses++;
        holdsLease = false;
        digest = 0;
        commandResult = 0;
        Notice("The lease lapsed before the start; taking it again.");
        Replace(LedScript());
    }

    private void Replace(IEnumerable<bool> next)
    {
        script.Dispose();
        client.CancelAll();
        script = next.GetEnumerator();
    }

    private void LoseTransport(string message)
    {
        end = MayHaveStarted
            ? new SessionEnd(SessionVerdict.Aborted, ExitCode.NoLink, message + AfterLoss)
            : end ?? SessionEnd.NoLink(message);
        Conclude();
    }

    // A pass of the board is 10 ms.
    private const long RenewalSpreadUs = 3_000;

    private const string AfterLoss = " What the board did after that is not known here; without this host's lease it stops by itself within about half a second.";

    private void OnMessage(HarpMessage message)
    {
        if (message.IsError)
        {
            return;
        }

        switch (message.Address)
        {
            case RegisterAddress.Status when message.Kind != HarpKind.Write:
                OnStatus(message);
                break;
            case RegisterAddress.TrainReport when TrainReading.From(message) is { } train:
                if (MayHaveStarted && message.Kind == HarpKind.Event && trains.TryAdd(train.Transaction, train))
                {
                    Tell(new TrainEvent(client.NowUs, train));
                }

                break;
            case RegisterAddress.CommandResult when CommandReading.From(message) is { } result:
                OnResult(result);
                break;
            case RegisterAddress.Faults when message.Payload.Length == 8:
                faults = message.U32(0);
                Tell(new FaultEvent(client.NowUs, faults, message.U32(1)));
                break;
            case RegisterAddress.Stop when message.Kind == HarpKind.Write:
                stopReplies++;
                break;
            case RegisterAddress.Inputs when InputsReading.From(message) is { } seen:
                inputs = seen;
                break;
            case RegisterAddress.FirstFault when FirstFaultReading.From(message) is { } first:
                firstFault = first;
                break;
            case RegisterAddress.InhibitReasons when message.Payload.Length == 4:
                inhibits = message.U32(0);
                Tell(new InhibitEvent(client.NowUs, inhibits));
                break;
            default:
                break;
        }
    }

    private void OnStatus(HarpMessage message)
    {
        if (BoardStatus.From(message) is not { } next || !clock.Take(next.BoardTimeUs, client.NowUs))
        {
            return;
        }

        status = next;
        statusAtUs = client.NowUs;
        inhibits = next.Inhibits;
        faults = next.Faults;
        if (next.State != shownState)
        {
            shownState = next.State;
            Tell(new StateEvent(client.NowUs, next.State));
        }

        Tell(new StatusEvent(client.NowUs, next));
        if (holdsLease && message.Kind == HarpKind.Event)
        {
            // Only now: the application has consumed this event, so it lives.
            OweRenewal(next.BoardTimeUs);
        }
    }

    private void OnResult(CommandReading result)
    {
        if (result == lastResult)
        {
            return;
        }

        lastResult = result;
        if (holdsLease && result.Register == RegisterAddress.Lease && result.Result == 0)
        {
            return;
        }

        results[(result.Register, result.Sequence)] = result;
        Tell(new CommandEvent(client.NowUs, result));
    }

    private void Tell(SessionEvent happened) => observer?.OnEvent(happened);

    private void Phase(string phase) => Tell(new PhaseEvent(client.NowUs, phase));

    private void Notice(string text) => Tell(new NoticeEvent(client.NowUs, text));

    private bool IsLive => status?.State is SupervisorState.Armed or SupervisorState.Running or SupervisorState.Held;
}
