using Escapement.Link;
using Escapement.Safety;

namespace Escapement.Host;

/// <summary>
/// Looks at a board as far as software can: who it is, registers, gate, counters, inputs, link, clock, lease, refusals and a dry
/// run of one pulse. It never opens the gate, and moves the trigger line only where that was allowed. Stepped, like a session.
/// </summary>
public sealed partial class BoardSelfTest : ITransportStep
{
    private readonly ITransport transport;
    private readonly SelfTestOrder order;
    private readonly HarpClient client;
    private readonly List<SelfTestStep> steps = [];
    private readonly IEnumerator<bool> script;
    private readonly List<(int Address, string Name, string Hex)> registers = [];
    private SessionRunner? dryRun;
    private BoardStatus status = null!;
    private long statusAtUs;
    private volatile bool stopWish;

    /// <summary>A self-test over a transport, which stays the caller's to dispose of.</summary>
    public BoardSelfTest(ITransport transport, SelfTestOrder order)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(order);
        ArgumentOutOfRangeException.ThrowIfZero(order.Nonce);
        this.transport = transport;
        this.order = order;
        client = new HarpClient(transport) { Message = OnMessage };
        script = Script().GetEnumerator();
    }

    /// <summary>Called as each step ends.</summary>
    public Action<SelfTestStep>? StepDone { get; set; }

    /// <summary>The steps so far; all of them once it is finished.</summary>
    public IReadOnlyList<SelfTestStep> Steps => steps;

    /// <summary>Who the board says it is; null when it is none of ours.</summary>
    public BoardIdentity? Board { get; private set; }

    /// <summary>What every register held: address, name, bytes in hexadecimal.</summary>
    public IReadOnlyList<(int Address, string Name, string Hex)> Registers => registers;

    /// <summary>Why it ended before all steps were looked at: nobody there, not the right board, or in use. Null when it did not.</summary>
    public ConnectRefusal? Refusal { get; private set; }

    /// <inheritdoc/>
    public bool IsFinished { get; private set; }

    /// <inheritdoc/>
    public bool Step(long nowUs)
    {
        if (IsFinished)
        {
            return false;
        }

        if (stopWish && dryRun is not { IsFinished: false })
        {
            Finish();
            return false;
        }

        try
        {
            if (stopWish)
            {
                dryRun!.RequestStop("self-test ended");
            }

            bool any = dryRun is { IsFinished: false } ? dryRun.Step(nowUs) : client.Step(nowUs);
            if (!script.MoveNext())
            {
                Finish();
            }

            return any && !IsFinished;
        }
        catch (SelfTestEnd end)
        {
            Refusal = end.Refusal;
        }
        catch (TransportException error)
        {
            Refusal = new ConnectRefusal(ExitCode.NoLink, error.Message);
        }

        Finish();
        return false;
    }

    /// <summary>Asks to end: what is not done yet will not be. Callable from any thread.</summary>
    public void RequestStop() => stopWish = true;

    private void Finish()
    {
        foreach ((string id, string title) in SelfTestSteps.All)
        {
            if (steps.TrueForAll(done => done.Id != id))
            {
                Done(id, id == "identity" && Refusal is not null ? StepOutcome.Fail : StepOutcome.NotDone, Refusal?.Message ?? "The self-test was ended before.");
            }
        }

        IsFinished = true;
    }

    private IEnumerable<bool> Script()
    {
        foreach (IEnumerable<bool> part in new[] { Identify(), AwaitIdle(), ReadRegisters(), LookAtState(), Link(), Clock(), Lease(), RefuseToArm(), LetGo(), DryRun() })
        {
            foreach (bool wait in part)
            {
                yield return wait;
            }
        }
    }

    private IEnumerable<bool> Identify()
    {
        var handshake = new Handshake(client, transport.Name, order.Expected);
        while (!handshake.Step())
        {
            yield return true;
        }

        Board = handshake.Board;
        hostClock.EchoesBoard = Board?.IsVirtual == true;
        if (handshake.Refusal is { } refusal)
        {
            throw new SelfTestEnd(refusal);
        }

        Done("identity", StepOutcome.Pass, $"{Board!.Board}, {(Board.IsVirtual ? "virtual" : "real")}, firmware {Board.Firmware}, register map {Board.InterfaceVersion}.",
            ("board", Board.Board), ("kind", Board.IsVirtual ? "virtual" : "real"), ("firmware", Board.Firmware), ("buildTag", Board.Tag), ("uid", Board.Uid), ("interfaceHash", Board.InterfaceHash));
    }

    /// <summary>A board in somebody's session is left alone.</summary>
    private IEnumerable<bool> AwaitIdle()
    {
        const long PatienceUs = 30_000_000;
        long untilUs = client.NowUs + PatienceUs;
        do
        {
            foreach (bool wait in Look())
            {
                yield return wait;
            }

            if (client.NowUs > untilUs)
            {
                throw Refused($"The board at {transport.Name} is still testing itself after 30 s; read its faults and restart it.");
            }
        }
        while (status.State is SupervisorState.Boot or SupervisorState.SelfTest);
        HarpRequest holder = client.Read(RegisterAddress.LeaseState, HarpFrames.U64);
        foreach (bool wait in Await(holder))
        {
            yield return wait;
        }

        if (status.State is SupervisorState.Armed or SupervisorState.Running or SupervisorState.Held || holder.Reply!.U64(LeaseStateField.Nonce) != 0)
        {
            throw Refused($"The board at {transport.Name} is {BoardNames.State(status.State)} and led by another host; end that session first.");
        }
    }

    private SelfTestEnd Refused(string message) => new(new ConnectRefusal(ExitCode.Refused, message));

    private void OnMessage(HarpMessage message)
    {
        if (message is { Address: RegisterAddress.Status, IsError: false } && BoardStatus.From(message) is { } next)
        {
            status = next;
            statusAtUs = client.NowUs;
        }
    }

    private IEnumerable<bool> Await(HarpRequest request)
    {
        while (!request.IsDone)
        {
            yield return true;
        }

        if (request.State == HarpRequestState.NoAnswer)
        {
            throw new SelfTestEnd(new ConnectRefusal(ExitCode.NoLink, $"The board at {transport.Name} stopped answering; check cable and power and try again."));
        }
    }

    /// <summary>Reads the status.</summary>
    private IEnumerable<bool> Look() => Await(client.Read(RegisterAddress.Status, HarpFrames.U64, reply => reply.Payload.Length == BoardStatus.Bytes));

    private IEnumerable<bool> Wait(long us)
    {
        long untilUs = client.NowUs + us;
        while (client.NowUs < untilUs)
        {
            yield return true;
        }
    }

    private void Done(string id, StepOutcome outcome, string text, params (string Name, string Value)[] facts)
    {
        string title = SelfTestSteps.All.First(step => step.Id == id).Title;
        var step = new SelfTestStep(id, title, outcome, text) { Facts = facts };
        steps.Add(step);
        StepDone?.Invoke(step);
    }

    private void Done(string id, bool isGood, string text, params (string Name, string Value)[] facts) =>
        Done(id, isGood ? StepOutcome.Pass : StepOutcome.Fail, text, facts);

    private sealed class SelfTestEnd(ConnectRefusal refusal) : Exception(refusal.Message)
    {
        public ConnectRefusal Refusal { get; } = refusal;
    }
}
