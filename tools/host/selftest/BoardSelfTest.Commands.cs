using Escapement.Link;
using Escapement.Safety;

namespace Escapement.Host;

/// <summary>The steps that write: lease, refusal, dry run.</summary>
public sealed partial class BoardSelfTest
{
    private const byte ActiveMode = 0xE5;
    private const byte StandbyMode = 0xE4;
    private const long LeaseLifeUs = 500_000;
    private const long KeepUs = 1_200_000;
    private const long RenewEveryUs = 100_000;

    /// <summary>What a board may take to notice: the passes in which it reads, judges and shows.</summary>
    private const long SlackUs = 50_000;

    private uint sequence;
    private CommandReading? result;

    private IEnumerable<bool> Lease()
    {
        HarpRequest mode = client.Write(RegisterAddress.OperationControl, HarpFrames.U8, [ActiveMode]);
        HarpRequest last = client.Read(RegisterAddress.CommandResult, HarpFrames.U32);
        foreach (bool wait in Both(mode, last))
        {
            yield return wait;
        }

        sequence = last.Reply!.U32(CommandResultField.Sequence) is var used && used < uint.MaxValue / 2 ? used : 0;
        long begunUs = client.NowUs;
        bool isKept = true;
        while (client.NowUs - begunUs < KeepUs)
        {
            foreach (bool wait in Renew())
            {
                yield return wait;
            }

            isKept &= held == order.Nonce && leaseEndsUs == consumedUs + LeaseLifeUs;
            foreach (bool wait in Wait(RenewEveryUs))
            {
                yield return wait;
            }
        }

        long endsUs = leaseEndsUs;
        while (held != 0 && status.BoardTimeUs <= endsUs + SlackUs)
        {
            foreach (bool wait in ReadLease())
            {
                yield return wait;
            }
        }

        foreach (bool wait in Wait(SlackUs))
        {
            yield return wait;
        }

        foreach (bool wait in Look())
        {
            yield return wait;
        }

        bool isLapsed = held == 0;
        bool isInhibited = (status.Inhibits & (uint)InhibitReason.NoLease) != 0;
        Done("lease", isKept && isLapsed && isInhibited, (isKept, isLapsed && isInhibited) switch
        {
            (true, true) => "Kept for more than a second by renewals, and ended 500 ms after the last board time that was echoed.",
            (false, _) => "It was not granted, or ends at another time than 500 ms after the board time that was echoed; restart the board and report it.",
            _ => "It did not end though it was not renewed any more; restart the board and report it.",
        });
    }

    private readonly HostClock hostClock = new();
    private ulong held;
    private long leaseEndsUs;
    private long consumedUs;

    private IEnumerable<bool> Renew()
    {
        foreach (bool wait in Look())
        {
            yield return wait;
        }

        consumedUs = status.BoardTimeUs;
        foreach (bool wait in Command(RegisterAddress.Lease, hostClock.Arguments(consumedUs, client.NowUs)))
        {
            yield return wait;
        }

        foreach (bool wait in ReadLease())
        {
            yield return wait;
        }
    }

    private IEnumerable<bool> ReadLease()
    {
        HarpRequest state = client.Read(RegisterAddress.LeaseState, HarpFrames.U64);
        foreach (bool wait in Await(state))
        {
            yield return wait;
        }

        held = state.Reply!.U64(LeaseStateField.Nonce);
        leaseEndsUs = held == 0 ? leaseEndsUs : (long)state.Reply.U64(LeaseStateField.EndsAtUs);

        foreach (bool wait in Look())
        {
            yield return wait;
        }
    }

    /// <summary>Asks to arm with no program, no challenge and no digest. A board that accepts that is broken.</summary>
    private IEnumerable<bool> RefuseToArm()
    {
        foreach (bool wait in Renew())
        {
            yield return wait;
        }

        uint before = status.Inhibits;
        foreach (bool wait in Command(RegisterAddress.Arm, 0, 0, 0, 1))
        {
            yield return wait;
        }

        foreach (bool wait in Look())
        {
            yield return wait;
        }

        uint needed = (uint)(InhibitReason.NoProgram | InhibitReason.ChallengeMissing | InhibitReason.WrongState) | (before & Outside);
        uint told = result?.Detail ?? 0;
        bool isRefused = result?.Result == CommandResults.Inhibited && status.State is not (SupervisorState.Armed or SupervisorState.Running);
        Done("refusal", isRefused && (told & needed) == needed, isRefused
            ? (told & needed) == needed
                ? "Refused: " + BoardNames.Explain(BoardNames.Inhibits(told))
                : "Refused, but it did not name " + BoardNames.List(BoardNames.Inhibits(needed & ~told)) + "; restart the board and report it."
            : $"The board answered {BoardNames.Result(result?.Result ?? -1)} and is {BoardNames.State(status.State)}; switch the stimulator off, restart the board and report it.");
    }

    private IEnumerable<bool> LetGo()
    {
        HarpRequest release = client.Write(RegisterAddress.ReleaseLease, HarpFrames.U32, BitConverter.GetBytes(order.Nonce));
        HarpRequest standby = client.Write(RegisterAddress.OperationControl, HarpFrames.U8, [StandbyMode]);
        return Both(release, standby);
    }

    private IEnumerable<bool> DryRun()
    {
        if ((status.Inhibits & Outside) != 0)
        {
            Done("dry", StepOutcome.NotDone, "The board would refuse it: " + BoardNames.Explain(BoardNames.Inhibits(status.Inhibits & Outside)));
            yield break;
        }

        if (!Board!.IsVirtual && !order.IsNothingConnected())
        {
            Done("dry", StepOutcome.NotDone, "It moves the trigger line, and nobody confirmed that nothing is connected behind the board (--yes-nothing-is-connected).");
            yield break;
        }

        var one = new Protocol { Id = "single pulse", Blocks = [new RepeatBlock { StatedPeriodUs = 1_000_000 }] };
        dryRun = new SessionRunner(transport, new SessionOrder(one.Id, ProgramBuilder.Build(one)) { Dry = true, Nonce = order.Nonce, Expected = order.Expected });
        while (!dryRun.IsFinished)
        {
            yield return true;
        }

        SessionResult ended = dryRun.Result!;
        bool isGood = ended is { Verdict: SessionVerdict.Completed, PulsesPlanned: 1, PulsesRaw: 1, PulsesCounted: 0 };
        Done("dry", isGood, ended.Message, ("planned", Text($"{ended.PulsesPlanned}")), ("raw", Text($"{ended.PulsesRaw}")), ("gated", Text($"{ended.PulsesCounted}")));
    }

    /// <summary>Gives a command and reads what became of it.</summary>
    private IEnumerable<bool> Command(int register, params uint[] arguments)
    {
        byte[] payload = HarpFrames.Command(register, ++sequence, order.Nonce, status.BoardTimeUs, arguments);
        HarpRequest write = client.Write(register, HarpFrames.U32, payload);
        HarpRequest read = client.Read(RegisterAddress.CommandResult, HarpFrames.U32);
        foreach (bool wait in Both(write, read))
        {
            yield return wait;
        }

        // Renewals that are accepted leave no result: the last one stays.
        result = CommandReading.From(read.Reply!) is { } found && found.Sequence == sequence && found.Register == register ? found : null;
    }

    private IEnumerable<bool> Both(HarpRequest first, HarpRequest second)
    {
        foreach (bool wait in Await(first))
        {
            yield return wait;
        }

        foreach (bool wait in Await(second))
        {
            yield return wait;
        }
    }
}
