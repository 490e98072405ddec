using Escapement.Link;
using Escapement.Safety;

namespace Escapement.Host;

/// <summary>The end of a session: stop on request, final counters, verdict.</summary>
public sealed partial class SessionRunner
{
    /// <summary>How often a stop is repeated until it is acknowledged, in microseconds.</summary>
    public const long StopRepeatUs = 20_000;

    private const long StopPatienceUs = 5_000_000;
    private const long StopLookUs = 100_000;

    private int stopReplies;

    private IEnumerable<bool> StopScript()
    {
        ending = true;
        if (!hasLed)
        {
            // What runs there now, if anything, is somebody else's.
            throw new SessionEnd(SessionVerdict.Aborted, ExitCode.Aborted, $"Stopped on request ({stopWish}) before the board was led by this host; nothing was sent that could start it.");
        }

        foreach (bool wait in StopAndConfirm())
        {
            yield return wait;
        }

        end = stopConfirmed
            ? new SessionEnd(SessionVerdict.Aborted, ExitCode.Aborted, $"Stopped on request ({stopWish}); the board confirmed it.")
            : new SessionEnd(SessionVerdict.Aborted, ExitCode.NoLink, $"Stop was sent ({stopWish}), but the board did not confirm it within 5 s; press the emergency stop and switch the stimulator off.");
        if (!stopConfirmed)
        {
            throw end;
        }

        foreach (bool wait in FinishScript())
        {
            yield return wait;
        }
    }

    private IEnumerable<bool> StopAndConfirm()
    {
        Phase("stop");
        long begunUs = client.NowUs;
        long nextUs = begunUs;
        long lookUs = begunUs + StopRepeatUs;
        int repliesBefore = stopReplies;
        while (client.NowUs - begunUs <= StopPatienceUs)
        {
            bool answered = stopReplies > repliesBefore;
            bool atRest = statusAtUs > begunUs && !IsLive;
            if (answered && atRest)
            {
                stopConfirmed = true;
                yield break;
            }

            if (client.NowUs >= nextUs)
            {
                client.Post(RegisterAddress.Stop, HarpFrames.U8, [1]);
                nextUs = client.NowUs + StopRepeatUs;
            }

            if (client.NowUs >= lookUs)
            {
                client.Ask(RegisterAddress.Status, HarpFrames.U64);
                lookUs = client.NowUs + StopLookUs;
            }

            yield return true;
        }
    }

    private IEnumerable<bool> FinishScript()
    {
        ending = true;
        if (IsLive && hasLed)
        {
            foreach (bool wait in StopAndConfirm())
            {
                yield return wait;
            }
        }

        if (isOurs)
        {
            foreach (bool wait in Chain(ReadFinal(), LetGo()))
            {
                yield return wait;
            }
        }
    }

    /// <summary>Reads status until two readings in a row agree on state and counters: one damaged frame must not make a verdict.</summary>
    private IEnumerable<bool> ReadFinal()
    {
        Phase("finish");
        BoardStatus? before = null;
        for (int attempt = 0; attempt < 20; attempt++)
        {
            long seen = clock.NewestUs;
            HarpRequest read = ReadU64(RegisterAddress.Status, 8);
            foreach (bool wait in Await(read, "Status"))
            {
                yield return wait;
            }

            // A reply that is no newer than what is known already is an old one come late.
            if (clock.NewestUs <= seen)
            {
                continue;
            }

            if (before is not null && Same(before, status!))
            {
                finalStatus = status;
                break;
            }

            before = status;
        }

        HarpRequest latched = ReadU32(RegisterAddress.Faults, 2);
        HarpRequest first = ReadU64(RegisterAddress.FirstFault, 4);
        HarpRequest link = ReadU32(RegisterAddress.LinkCounters, 8);
        foreach (bool wait in Chain(Await(latched, "Faults"), Await(first, "FirstFault"), Await(link, "LinkCounters")))
        {
            yield return wait;
        }

        boardLink = Words(link.Reply!, 8);
    }

    private BoardStatus? finalStatus;

    private static bool Same(BoardStatus a, BoardStatus b) =>
        a.State == b.State && a.RawPulses == b.RawPulses && a.GatedPulses == b.GatedPulses && a.TransactionsBegun == b.TransactionsBegun
        && a.Transactions == b.Transactions && a.BootCounter == b.BootCounter && a.IsDry == b.IsDry && a.Faults == b.Faults;

    private IEnumerable<bool> LetGo()
    {
        if (!hasLed)
        {
            // The board may be in somebody else's session, which Standby would end.
            yield break;
        }

        if (holdsLease)
        {
            holdsLease = false;
            byte[] nonce = BitConverter.GetBytes(order.Nonce);
            HarpRequest release = client.Write(RegisterAddress.ReleaseLease, HarpFrames.U32, nonce);
            foreach (bool wait in Until(long.MaxValue, () => release.IsDone))
            {
                yield return wait;
            }
        }

        HarpRequest standby = client.Write(RegisterAddress.OperationControl, HarpFrames.U8, [StandbyMode]);
        foreach (bool wait in Until(long.MaxValue, () => standby.IsDone))
        {
            yield return wait;
        }
    }

    private void Conclude()
    {
        SessionEnd verdict = end is null ? Judge() : Weigh(end);
        BoardStatus? last = finalStatus ?? status;
        var reports = trains.Values.Where(train => last is null || last.Transactions == 0 || train.Transaction < last.Transactions).ToList();
        bool counts = MayHaveStarted && last is not null;
        Result = new SessionResult
        {
            Verdict = verdict.Verdict,
            ExitCode = verdict.ExitCode,
            Message = verdict.Message,
            Protocol = order.Protocol,
            Dry = order.Dry,
            Board = identity,
            Figures = profile,
            Started = MayHaveStarted,
            Digest = digest,
            PulsesPlanned = order.PulsesPlanned,
            PulsesRaw = counts ? last!.RawPulses : 0,
            PulsesCounted = counts ? last!.GatedPulses : 0,
            FinalStatus = last,
            Inputs = inputs,
            LimitsInForce = inForce is null ? null : LimitsReading.From(inForce),
            Trains = reports,
            StartBoundUs = reports.Count > 0 ? reports.Max(train => train.StartBoundUs) : profile?.StartBoundUs ?? 0,
            DurationUs = reports.Count > 0 ? reports[^1].PlannedEndUs - reports[0].PlannedStartUs : 0,
            Faults = BoardNames.Faults(identity is null ? 0 : faults),
            FirstFault = firstFault is { Code: > 0 } ? firstFault : null,
            Inhibits = BoardNames.Inhibits(verdict.Inhibits),
            StopConfirmed = stopConfirmed,
            Renewals = renewals,
            Link = client.Counters,
            BoardLink = boardLink,
        };
        Phase("end");
    }

    /// <summary>A session that was ended early; a latched fault outweighs a wish to stop.</summary>
    private SessionEnd Weigh(SessionEnd why)
    {
        bool latched = status?.State is SupervisorState.Fault or SupervisorState.EmergencyStop;
        bool isWorthIt = MayHaveStarted || why.Verdict == SessionVerdict.Faulted;
        if (!latched || !isWorthIt || why.ExitCode == ExitCode.NoLink)
        {
            return why;
        }

        return SessionEnd.Faulted(FaultMessage());
    }

    /// <summary>A session that ran to its end, by the board's own counters.</summary>
    private SessionEnd Judge()
    {
        if (finalStatus is not { } last)
        {
            return SessionEnd.Faulted("The board's final counters could not be read twice alike; treat the session as not completed and check the link.");
        }

        if (last.State is SupervisorState.Fault or SupervisorState.EmergencyStop || faults != 0)
        {
            return SessionEnd.Faulted(FaultMessage());
        }

        if (last.State != SupervisorState.Done)
        {
            return new SessionEnd(SessionVerdict.Aborted, ExitCode.Aborted, $"The session was ended from elsewhere after {last.GatedPulses} of {order.PulsesPlanned} pulses; the board is {BoardNames.State(last.State)}.");
        }

        long behindGate = order.Dry ? 0 : order.PulsesPlanned;
        if (last.RawPulses != order.PulsesPlanned || last.GatedPulses != behindGate || last.TransactionsBegun != last.Transactions || last.IsDry != order.Dry)
        {
            return SessionEnd.Faulted($"The board ended the session, but its counters do not fit the plan: {order.PulsesPlanned} planned, {last.RawPulses} raw, {last.GatedPulses} gated, {last.TransactionsBegun} of {last.Transactions} transactions; check counters and trigger line.");
        }

        return trains.Values.Any(train => train.Result != 0 && train.Transaction < last.Transactions)
            ? SessionEnd.Faulted("The board ended the session, but reports a transaction that did not go as planned; read the record's trains.")
            : new SessionEnd(SessionVerdict.Completed, ExitCode.Completed, $"Completed: {order.PulsesPlanned} pulses planned, {last.RawPulses} on the trigger line, {last.GatedPulses} behind the gate.");
    }

    private string FaultMessage()
    {
        long pulses = (finalStatus ?? status)?.GatedPulses ?? 0;
        IReadOnlyList<NamedReason> named = BoardNames.Faults(faults);
        string list = named.Count == 0 ? "It names none." : string.Join(" ", named.Select(fault => $"{fault.Name}: {fault.Sentence} {fault.Cure}"));
        return $"The board latched a fault after {pulses} of {order.PulsesPlanned} pulses. {list}";
    }
}
