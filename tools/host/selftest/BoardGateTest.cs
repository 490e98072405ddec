using Escapement.Link;
using Escapement.Safety;

namespace Escapement.Host;

/// <summary>What became of one of the gate's terms.</summary>
/// <param name="Term">The term.</param>
/// <param name="Outcome">Passed, failed, or not reached.</param>
public sealed record GateTermResult(SelfTestTerm Term, StepOutcome Outcome);

/// <summary>
/// Has a board test its gate, with pulses of its own that end at the isolator: with the key off, or on a person's word that nothing is
/// connected behind it. The board decides; this asks, keeps the lease meanwhile, and reads what came of it. Stepped, like a session.
/// </summary>
public sealed class BoardGateTest : ITransportStep
{
    private const byte ActiveMode = 0xE5;
    private const byte StandbyMode = 0xE4;
    private const long BootPatienceUs = 30_000_000;
    private const long PatienceUs = 5_000_000;
    private const long RenewEveryUs = 100_000;

    private readonly ITransport transport;
    private readonly HarpClient client;
    private readonly BoardExpectation? expected;
    private readonly bool isConfirmed;
    private readonly uint nonce;
    private readonly HostClock hostClock = new();
    private readonly IEnumerator<bool> script;
    private BoardStatus status = null!;
    private SelfTestReading? state;
    private CommandReading? result;
    private uint sequence;
    private bool isLed;
    private long renewedAtUs;

    /// <summary>Over a transport, which stays the caller's to dispose of.</summary>
    /// <param name="transport">To the board.</param>
    /// <param name="isConfirmed">A person confirms that nothing is connected behind the isolator; else the key must be off.</param>
    /// <param name="expected">What is asked of the board; null for nothing in particular.</param>
    /// <param name="nonce">Names this host to the board; any number but 0.</param>
    public BoardGateTest(ITransport transport, bool isConfirmed, BoardExpectation? expected = null, uint nonce = 1)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentOutOfRangeException.ThrowIfZero(nonce);
        this.transport = transport;
        this.isConfirmed = isConfirmed;
        this.expected = expected;
        this.nonce = nonce;
        client = new HarpClient(transport) { Message = OnMessage };
        script = Script().GetEnumerator();
    }

    /// <summary>Who the board says it is; null when it is none of ours.</summary>
    public BoardIdentity? Board { get; private set; }

    /// <summary>Every term of the gate, in the order in which they are tested; empty until the test has begun.</summary>
    public IReadOnlyList<GateTermResult> Terms { get; private set; } = [];

    /// <summary>Board clock when the gate test passed, in microseconds; 0 when it did not.</summary>
    public long TestedAtUs { get; private set; }

    /// <summary>Reasons for which the board refused; empty when it did not.</summary>
    public IReadOnlyList<NamedReason> Inhibits { get; private set; } = [];

    /// <summary>Faults that are latched after the test.</summary>
    public IReadOnlyList<NamedReason> Faults { get; private set; } = [];

    /// <summary>See <see cref="Escapement.Host.ExitCode"/>.</summary>
    public int ExitCode { get; private set; } = Host.ExitCode.NoLink;

    /// <summary>What came of it, in one or two sentences.</summary>
    public string Message { get; private set; } = string.Empty;

    /// <inheritdoc/>
    public bool IsFinished { get; private set; }

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
            IsFinished = !script.MoveNext();
            return any && !IsFinished;
        }
        catch (End end)
        {
            (ExitCode, Message) = (end.Code, end.Message);
        }
        catch (TransportException error)
        {
            (ExitCode, Message) = (Host.ExitCode.NoLink, error.Message);
        }

        IsFinished = true;
        return false;
    }

    private void OnMessage(HarpMessage message)
    {
        switch (message)
        {
            case { IsError: true }:
                break;
            case { Address: RegisterAddress.Status } when BoardStatus.From(message) is { } next:
                status = next;
                break;
            case { Address: RegisterAddress.SelfTestState } when SelfTestReading.From(message) is { } next:
                state = next;
                break;
            default:
                break;
        }
    }

    private IEnumerable<bool> Script()
    {
        foreach (IEnumerable<bool> part in new[] { Identify(), Lead(), Test(), LetGo() })
        {
            foreach (bool wait in part)
            {
                yield return wait;
            }
        }
    }

    private IEnumerable<bool> Identify()
    {
        var handshake = new Handshake(client, transport.Name, expected);
        while (!handshake.Step())
        {
            yield return true;
        }

        Board = handshake.Board;
        hostClock.EchoesBoard = Board?.IsVirtual == true;
        if (handshake.Refusal is { } refusal)
        {
            throw new End(refusal.ExitCode, refusal.Message);
        }

        long untilUs = client.NowUs + BootPatienceUs;
        do
        {
            if (client.NowUs > untilUs)
            {
                throw Refused("The board is still testing itself after 30 s; read its faults and restart it.");
            }

            foreach (bool wait in Read(RegisterAddress.Status))
            {
                yield return wait;
            }
        }
        while (status.State is SupervisorState.Boot or SupervisorState.SelfTest);
    }

    private IEnumerable<bool> Lead()
    {
        if (BoardNames.IsBusy(status.State))
        {
            throw Refused($"The board is {BoardNames.State(status.State)} in another session; end that one first.");
        }

        foreach (int address in new[] { RegisterAddress.CommandResult, RegisterAddress.SelfTestState })
        {
            foreach (bool wait in Read(address))
            {
                yield return wait;
            }
        }

        foreach (bool wait in Await(client.Write(RegisterAddress.OperationControl, HarpFrames.U8, [ActiveMode])))
        {
            yield return wait;
        }

        foreach (bool wait in Renew())
        {
            yield return wait;
        }

        if (result is { Result: not CommandResults.Accepted } refused)
        {
            throw refused.Result == CommandResults.LeaseTaken
                ? Refused("Another host holds the board's lease; end its session first, or wait until its lease has lapsed.")
                : Refused($"The board did not grant the lease ({BoardNames.Result(refused.Result)}); restart it and try again.");
        }

        isLed = true;
    }

    private IEnumerable<bool> Test()
    {
        long before = state!.GateTestedAtUs;
        foreach (bool wait in Command(RegisterAddress.GateTest, isConfirmed ? 1u : 0u))
        {
            yield return wait;
        }

        if (result is not { Result: CommandResults.Accepted })
        {
            throw RefusedTest();
        }

        long untilUs = client.NowUs + PatienceUs;
        bool isOver = false;
        while (!isOver && client.NowUs < untilUs)
        {
            foreach (bool wait in client.NowUs - renewedAtUs >= RenewEveryUs ? Renew() : Read(RegisterAddress.SelfTestState))
            {
                yield return wait;
            }

            bool isPassed = state!.GateTestedAtUs != 0 && state.GateTestedAtUs != before;
            isOver = isPassed || state.Failures.Any(term => term.IsGate) || status.State is SupervisorState.Fault or SupervisorState.EmergencyStop;
        }

        foreach (int address in new[] { RegisterAddress.SelfTestState, RegisterAddress.Status })
        {
            foreach (bool wait in Read(address))
            {
                yield return wait;
            }
        }

        Judge(before);
    }

    private void Judge(long before)
    {
        Terms = [.. SelfTestReading.GateTerms.Select(term => new GateTermResult(term, (state!.Failed & (uint)term.Bit) != 0 ? StepOutcome.Fail : state.Has(term) ? StepOutcome.Pass : StepOutcome.NotDone))];
        Faults = BoardNames.Faults(status.Faults);
        GateTermResult? failed = Terms.FirstOrDefault(term => term.Outcome == StepOutcome.Fail);
        bool isPassed = failed is null && Faults.Count == 0 && state!.GateTestedAtUs != 0 && state.GateTestedAtUs != before;
        TestedAtUs = isPassed ? state!.GateTestedAtUs : 0;
        ExitCode = isPassed ? Host.ExitCode.Completed : Host.ExitCode.Aborted;
        Message = isPassed ? "Every term of the gate passed; it counts as tested for 24 hours."
            : failed is not null ? $"{failed.Term.Name} failed: not so: {failed.Term.Sentence} {failed.Term.Cure}{Then()}"
            : Faults.Count > 0 ? "The gate test ended with a fault. " + BoardNames.Explain(Faults)
            : "The gate test ended before its end: the key was turned on, or something else closed the gate. Leave everything as it is while it runs, and test again.";
    }

    private string Then() => Faults.Count == 0 ? string.Empty : " Latched: " + BoardNames.Explain(Faults);

    private End RefusedTest()
    {
        switch (result?.Result)
        {
            case CommandResults.Inhibited:
                Inhibits = BoardNames.Inhibits(result.Detail);
                return Refused("The board refused the gate test: " + BoardNames.Explain(Inhibits));
            case CommandResults.BadArgument:
                return Refused("The board refused the gate test: its key is not off, or it has none. Turn the key off; or take everything off the gate's output and confirm it (--confirm-nothing-connected).");
            case CommandResults.WrongState:
                return Refused($"The board is {BoardNames.State(status.State)}, and tests its gate only in Idle; end what is loaded there, or clear its faults.{(status.Faults == 0 ? string.Empty : " " + BoardNames.Explain(BoardNames.Faults(status.Faults)))}");
            case CommandResults.Busy:
                return Refused("The board is busy, with a gate test of its own perhaps; try again in a second.");
            case null:
                return new End(Host.ExitCode.NoLink, $"The board at {transport.Name} did not say what became of the command; check the link and try again.");
            default:
                return Refused($"The board refused the gate test ({BoardNames.Result(result.Result)}, {result.Detail}); try again.");
        }
    }

    private IEnumerable<bool> LetGo()
    {
        foreach (HarpRequest request in new[] { client.Write(RegisterAddress.ReleaseLease, HarpFrames.U32, BitConverter.GetBytes(nonce)), client.Write(RegisterAddress.OperationControl, HarpFrames.U8, [StandbyMode]) })
        {
            while (isLed && !request.IsDone)
            {
                yield return true;
            }
        }
    }

    private IEnumerable<bool> Renew()
    {
        foreach (bool wait in Read(RegisterAddress.Status))
        {
            yield return wait;
        }

        renewedAtUs = client.NowUs;
        foreach (bool wait in Command(RegisterAddress.Lease, hostClock.Arguments(status.BoardTimeUs, client.NowUs)))
        {
            yield return wait;
        }
    }

    /// <summary>Gives a command and reads what became of it. A renewal that is accepted leaves no result.</summary>
    private IEnumerable<bool> Command(int register, params uint[] arguments)
    {
        byte[] payload = HarpFrames.Command(register, ++sequence, nonce, status.BoardTimeUs, arguments);
        HarpRequest write = client.Write(register, HarpFrames.U32, payload);
        HarpRequest read = client.Read(RegisterAddress.CommandResult, HarpFrames.U32);
        foreach (HarpRequest request in new[] { write, read })
        {
            foreach (bool wait in Await(request))
            {
                yield return wait;
            }
        }

        result = CommandReading.From(read.Reply!) is { } found && found.Sequence == sequence && found.Register == register ? found : null;
    }

    private IEnumerable<bool> Read(int address)
    {
        HarpRequest read = client.Read(address, RegisterTable.TypeOf(address), reply => reply.Payload.Length == RegisterTable.BytesOf(address));
        foreach (bool wait in Await(read))
        {
            yield return wait;
        }

        if (address == RegisterAddress.CommandResult)
        {
            sequence = read.Reply!.U32(CommandResultField.Sequence) is var used && used < uint.MaxValue / 2 ? used : 0;
        }
    }

    private IEnumerable<bool> Await(HarpRequest request)
    {
        while (!request.IsDone)
        {
            yield return true;
        }

        if (request.State != HarpRequestState.Answered)
        {
            throw new End(Host.ExitCode.NoLink, $"The board at {transport.Name} stopped answering; check cable and power and try again.");
        }
    }

    private static End Refused(string message) => new(Host.ExitCode.Refused, message);

    private sealed class End(int code, string message) : Exception(message)
    {
        public int Code { get; } = code;
    }
}
