using System.Globalization;
using Escapement.Link;
using Escapement.Safety;

namespace Escapement.Host;

/// <summary>The course of a session, from the first request to the last pulse.</summary>
public sealed partial class SessionRunner
{
    private const byte ActiveMode = 0xE5;
    private const byte StandbyMode = 0xE4;
    private const long BootPatienceUs = 30_000_000;
    private const long WorkPatienceUs = 120_000_000;
    private const long SilenceUs = 1_000_000;
    private const long SettleUs = 300_000;
    private const uint PassingReasons = (uint)(InhibitReason.HistoryFull | InhibitReason.KeyOff | InhibitReason.StimulatorNotReady | InhibitReason.ProgramNotVerified);
    private const uint ReasonsBeforeArming = (uint)(InhibitReason.ChallengeMissing | InhibitReason.DigestMismatch);

    private byte[] tag = [];
    private bool isOurs;

    private IEnumerable<bool> MainScript() => Chain(Identify(), AwaitReady(), LedScript());

    /// <summary>What this host does as the holder of the lease.</summary>
    private IEnumerable<bool> LedScript() => Chain(Acquire(), ClearOld(), Load(), Verify(), Tighten(), AwaitRoom(), Arm(), AwaitFoot(), Start(), Watch(), FinishScript());

    private static IEnumerable<bool> Chain(params IEnumerable<bool>[] parts)
    {
        foreach (IEnumerable<bool> part in parts)
        {
            foreach (bool wait in part)
            {
                yield return wait;
            }
        }
    }

    private IEnumerable<bool> Identify()
    {
        Phase("identify");
        var handshake = new Handshake(client, TransportName, order.Expected);
        foreach (bool wait in Until(long.MaxValue, handshake.Step))
        {
            yield return wait;
        }

        identity = handshake.Board;
        hostClock.EchoesBoard = identity?.IsVirtual == true && !order.InVirtualTime;
        profile = handshake.Figures;
        tag = handshake.Tag;
        if (handshake.Refusal is { } refusal)
        {
            throw new SessionEnd(SessionVerdict.Refused, refusal.ExitCode, refusal.Message);
        }

        isOurs = true;
        foreach (bool wait in Await(ReadU32(RegisterAddress.Inputs, 4), "Inputs"))
        {
            yield return wait;
        }

        if (order.Program.Length > profile!.MaxProgramBytes)
        {
            throw SessionEnd.Refused($"The program has {order.Program.Length} bytes, the board takes {profile.MaxProgramBytes}; use repeats instead of lists, or split the session.");
        }
    }

    private IEnumerable<bool> AwaitReady()
    {
        Phase("prepare");
        HarpRequest look = ReadU64(RegisterAddress.Status, 8);
        foreach (bool wait in Await(look, "Status"))
        {
            yield return wait;
        }

        RefuseIfBusy(BoardStatus.From(look.Reply!)!);
        HarpRequest mode = client.Write(RegisterAddress.OperationControl, HarpFrames.U8, [ActiveMode]);
        HarpRequest last = ReadU32(RegisterAddress.CommandResult, 4);
        foreach (bool wait in Chain(Await(mode, "OPERATION_CTRL"), Await(last, "CommandResult")))
        {
            yield return wait;
        }

        sequence = last.Reply!.U32(1) is var used && used < uint.MaxValue / 2 ? used : 0;
        long patience = client.NowUs + BootPatienceUs;
        while (status is null || status.State is SupervisorState.Boot or SupervisorState.SelfTest)
        {
            if (client.NowUs > patience)
            {
                throw status is null
                    ? Lost($"The board at {TransportName} answers but sends no Status events; restart it and try again.")
                    : SessionEnd.Refused("The board is still testing itself after 30 s; read its faults and restart it.", inhibits);
            }

            yield return true;
        }

        RefuseIfBusy(status);
    }

    private static void RefuseIfBusy(BoardStatus now)
    {
        if (BoardNames.IsBusy(now.State))
        {
            throw SessionEnd.Refused($"The board is {BoardNames.State(now.State)} in another session; end that one first.", now.Inhibits);
        }
    }

    private IEnumerable<bool> Acquire()
    {
        Phase("lease");
        long patience = client.NowUs + 2_000_000;
        while (true)
        {
            long seen = clock.NewestUs;
            foreach (bool wait in Until(client.NowUs + SilenceUs, () => clock.NewestUs > seen))
            {
                yield return wait;
            }

            long consumed = clock.NewestUs;
            foreach (bool wait in Command(RegisterAddress.Lease, LeaseArguments(consumed)))
            {
                yield return wait;
            }

            if (commandResult == 0)
            {
                holdsLease = true;
                owedBoardTimeUs = -1;
                hasLed = true;
                yield break;
            }

            // The lease of a host that has gone lapses within half a second.
            if (client.NowUs > patience)
            {
                throw CommandRefused(RegisterAddress.Lease);
            }
        }
    }

    private IEnumerable<bool> ClearOld()
    {
        if (status!.State is not (SupervisorState.Fault or SupervisorState.EmergencyStop))
        {
            yield break;
        }

        if (!order.ClearFaults)
        {
            string latched = BoardNames.Explain(BoardNames.Faults(faults));
            throw SessionEnd.Refused($"The board has latched faults from before, and is in state {BoardNames.State(status.State)}. {latched} Remove the cause, then run again with --clear.", inhibits | (uint)InhibitReason.FaultLatched);
        }

        Phase("clear");
        foreach (bool wait in Command(RegisterAddress.Clear, faults))
        {
            yield return wait;
        }

        if (commandResult != 0)
        {
            throw CommandRefused(RegisterAddress.Clear);
        }

        foreach (bool wait in Until(client.NowUs + 2_000_000, () => status!.State == SupervisorState.Idle))
        {
            yield return wait;
        }
    }

    private IEnumerable<bool> Load()
    {
        for (int attempt = 0; ; attempt++)
        {
            Phase("upload");
            foreach (bool wait in Upload(attempt == 0 ? Math.Clamp(order.UploadWindow, 1, 3) : 1))
            {
                yield return wait;
            }

            foreach (bool wait in Command(RegisterAddress.Seal, (uint)order.Program.Length, Crc32.Of(order.Program), (uint)order.PulsesPlanned))
            {
                yield return wait;
            }

            if (commandResult == 0)
            {
                yield break;
            }

            // A part may have been lost between others; one at a time leaves no doubt.
            if (attempt >= 2)
            {
                throw CommandRefused(RegisterAddress.Seal);
            }
        }
    }

    private IEnumerable<bool> Upload(int window)
    {
        byte[] program = order.Program;
        var sent = new Queue<HarpRequest>();
        int next = 0;
        while (next < program.Length || sent.Count > 0)
        {
            while (sent.Count > 0 && sent.Peek().IsDone)
            {
                HarpRequest done = sent.Dequeue();
                if (done.State == HarpRequestState.NoAnswer)
                {
                    // With several on their way the replies may speak of other parts only; sealing tells whether all is there.
                    if (window == 1 && done.OtherReply is null)
                    {
                        throw Lost($"The board at {TransportName} stopped answering during the upload; check the cable and try again.");
                    }
                }
                else if (done.State == HarpRequestState.Error)
                {
                    throw SessionEnd.Refused("The board rejected a part of the program; update board and host to one version.");
                }
            }

            while (next < program.Length && sent.Count < window)
            {
                byte[] part = Chunk(program, next);
                sent.Enqueue(client.Write(RegisterAddress.UploadChunk, HarpFrames.U8, part, reply => reply.Payload.AsSpan().SequenceEqual(part), attempts: window == 1 ? HarpClient.Attempts : 2));
                next += 64;
            }

            if (sent.Count > 0 && !sent.Peek().IsDone)
            {
                yield return true;
            }
        }
    }

    private IEnumerable<bool> Verify()
    {
        Phase("verify");
        uint crc = Crc32.Of(order.Program);
        HarpRequest found;
        long sealedUs = client.NowUs;
        bool isGone = false;
        do
        {
            found = ReadU32(RegisterAddress.Digest, 4);
            foreach (bool wait in Await(found, "Digest"))
            {
                yield return wait;
            }

            if (found.Reply!.U32(3) != 0)
            {
                throw SessionEnd.Refused($"The board refused the program: {BoardNames.Program((int)found.Reply.U32(3))}");
            }

            // Asked once more after the status said so: the refusal of a program and its end look alike for a moment.
            if (isGone && found.Reply.U32(0) == 0)
            {
                throw SessionEnd.Refused(Refusal("Seal", status!.Inhibits), status.Inhibits);
            }

            isGone = statusAtUs - sealedUs > SettleUs && (status!.Inhibits & (uint)InhibitReason.NoProgram) != 0;
            if (client.NowUs - sealedUs > WorkPatienceUs)
            {
                throw SessionEnd.Refused("The board did not finish verifying the program within two minutes; restart it and try again.", inhibits);
            }

            if (found.Reply.U32(0) == 0)
            {
                foreach (bool wait in Until(client.NowUs + 50_000, () => false))
                {
                    yield return wait;
                }
            }
        }
        while (found.Reply!.U32(0) == 0);

        HarpRequest limits = ReadU32(RegisterAddress.EffectiveLimits, 14);
        HarpRequest totals = ReadU64(RegisterAddress.ProgramTotals, 6);
        foreach (bool wait in Chain(Await(limits, "EffectiveLimits"), Await(totals, "ProgramTotals")))
        {
            yield return wait;
        }

        inForce = limits.Reply!.Payload;
        var own = new Crc32();
        own.Add(order.Program);
        own.Add(inForce);
        own.Add(System.Runtime.InteropServices.MemoryMarshal.AsBytes(profile!.Words.AsSpan()));
        own.Add(tag);
        digest = own.Value;
        if (found.Reply.U32(0) != digest || found.Reply.U32(1) != crc || found.Reply.U32(2) != order.Program.Length)
        {
            throw SessionEnd.Refused($"The board would run something else than was sent: its digest is {found.Reply.U32(0):x8}, the host's is {digest:x8}; try again, and check the link when it comes back.", (uint)InhibitReason.DigestMismatch);
        }

        if ((long)totals.Reply!.U64(0) != order.PulsesPlanned)
        {
            throw SessionEnd.Refused($"The board found {totals.Reply.U64(0)} pulses in the program, the host {order.PulsesPlanned}; update board and host to one version.");
        }
    }

    /// <summary>Tightens the limits of this session. They are part of the digest, which is confirmed anew.</summary>
    private IEnumerable<bool> Tighten()
    {
        if (order.Limits.IsEmpty)
        {
            yield break;
        }

        IReadOnlyList<string> looser = order.Limits.Looser(LimitsReading.From(inForce));
        if (looser.Count > 0)
        {
            throw SessionEnd.Refused($"{string.Join(" ", looser)} Limits of a session can only be tightened; leave these away, or give tighter ones.");
        }

        Phase("limits");
        foreach ((int register, uint[] figures) in new[] { (RegisterAddress.Limits, order.Limits.First), (RegisterAddress.FurtherLimits, order.Limits.Further) })
        {
            if (figures.Length == 0)
            {
                continue;
            }

            foreach (bool wait in Command(register, figures))
            {
                yield return wait;
            }

            if (commandResult != 0)
            {
                throw CommandRefused(register);
            }
        }

        foreach (bool wait in Verify())
        {
            yield return wait;
        }

        if (order.Limits.NotIn(LimitsReading.From(inForce)))
        {
            throw SessionEnd.Refused("The board accepted the limits of this session and does not show them; restart it and try again.");
        }
    }

    /// <summary>Waits while the only reasons against arming are ones that pass by themselves. What remains, the board refuses itself.</summary>
    private IEnumerable<bool> AwaitRoom()
    {
        long patience = client.NowUs + order.PatienceUs;
        bool told = false;
        long seen = clock.NewestUs;
        foreach (bool wait in Until(client.NowUs + SilenceUs, () => clock.NewestUs > seen))
        {
            yield return wait;
        }

        while (client.NowUs < patience)
        {
            uint standing = status!.Inhibits & ~ReasonsBeforeArming;
            if (standing == 0 || (standing & ~PassingReasons) != 0)
            {
                yield break;
            }

            if (!told)
            {
                told = true;
                Phase("wait");
                Notice("Waiting for this to pass: " + BoardNames.Explain(BoardNames.Inhibits(standing)));
            }

            yield return true;
        }
    }

    private IEnumerable<bool> Arm()
    {
        Phase("arm");
        for (int attempt = 0; ; attempt++)
        {
            foreach (bool wait in ArmOnce())
            {
                yield return wait;
            }

            if (commandResult == 0)
            {
                break;
            }

            bool challengeWasLate = commandResult == CommandResults.Inhibited && commandDetail != 0 && (commandDetail & ~(uint)InhibitReason.ChallengeMissing) == 0;
            if (!challengeWasLate || attempt >= 3)
            {
                throw CommandRefused(RegisterAddress.Arm);
            }
        }

        uint given = commandSequence;
        long patience = client.NowUs + WorkPatienceUs;
        while (status!.State != SupervisorState.Armed)
        {
            if (results.TryGetValue((RegisterAddress.Arm, given), out CommandReading? later) && later.Result != 0 && later.Result != CommandResults.StaleSequence)
            {
                commandResult = later.Result;
                commandDetail = later.Detail;
                throw CommandRefused(RegisterAddress.Arm);
            }

            if (status.State is SupervisorState.Fault or SupervisorState.EmergencyStop)
            {
                throw SessionEnd.Faulted("The board latched a fault while it armed.");
            }

            if (ArmingGivenUp() || client.NowUs > patience)
            {
                throw SessionEnd.Refused(Refusal("Arm", status.Inhibits & ~ReasonsBeforeArming), status.Inhibits & ~ReasonsBeforeArming);
            }

            yield return true;
        }
    }

    private bool ArmingGivenUp()
    {
        const uint Final = (uint)(InhibitReason.MemoryLow | InhibitReason.PlanImpossible | InhibitReason.LimitsExceeded);
        return status!.State == SupervisorState.Loaded && (status.Inhibits & Final) != 0;
    }

    private IEnumerable<bool> ArmOnce()
    {
        foreach (bool wait in Command(RegisterAddress.RequestChallenge))
        {
            yield return wait;
        }

        if (commandResult != 0)
        {
            throw CommandRefused(RegisterAddress.RequestChallenge);
        }

        HarpRequest challenge = ReadU64(RegisterAddress.Challenge, 1);
        foreach (bool wait in Await(challenge, "Challenge"))
        {
            yield return wait;
        }

        ulong value = challenge.Reply!.U64(0);
        foreach (bool wait in Command(RegisterAddress.Arm, (uint)value, (uint)(value >> 32), digest, order.Dry ? 1u : 0u))
        {
            yield return wait;
        }
    }

    /// <summary>A board with a foot switch wants it released until it is armed and held from the start on: time for a foot to come, as long as the board stays armed.</summary>
    private IEnumerable<bool> AwaitFoot()
    {
        const uint Foot = (uint)InhibitReason.FootSwitchNotReady;
        if ((status!.Inhibits & Foot) == 0)
        {
            yield break;
        }

        Phase("foot");
        Notice("Hold the foot switch: the board is armed and starts as soon as it is held.");
        while (status!.State == SupervisorState.Armed && (status.Inhibits & Foot) != 0)
        {
            yield return true;
        }

        if (status.State == SupervisorState.Loaded)
        {
            throw SessionEnd.Refused("The foot switch was not held while the board was armed; run again and hold it when asked.", Foot);
        }
    }

    private IEnumerable<bool> Start()
    {
        Phase("start");
        trains.Clear();
        for (int attempt = 0; ; attempt++)
        {
            MayHaveStarted = true;
            foreach (bool wait in Chain(Command(RegisterAddress.Start, digest), LookAgain()))
            {
                yield return wait;
            }

            // A board that is no longer armed has begun, whatever became of the replies.
            if (commandResult == 0 || status!.State is SupervisorState.Running or SupervisorState.Done)
            {
                break;
            }

            MayHaveStarted = status.State != SupervisorState.Armed;
            bool wasDamaged = commandResult is CommandResults.BadCrc or CommandResults.StaleSequence or CommandResults.Expired;
            if (!wasDamaged || attempt >= 3 || status.State != SupervisorState.Armed)
            {
                throw CommandRefused(RegisterAddress.Start);
            }
        }

        long acceptedUs = client.NowUs;
        foreach (bool wait in Until(acceptedUs + 3_000_000, () => status!.State != SupervisorState.Armed && statusAtUs >= acceptedUs))
        {
            yield return wait;
        }

        if (status!.State == SupervisorState.Armed)
        {
            throw SessionEnd.Faulted("The board accepted Start but did not begin within 3 s; it was stopped.");
        }
    }

    /// <summary>Unless the last command was accepted, waits for a status that is newer than now.</summary>
    private IEnumerable<bool> LookAgain()
    {
        for (int attempt = 0; attempt < 5 && commandResult != 0; attempt++)
        {
            long seen = clock.NewestUs;
            HarpRequest read = ReadU64(RegisterAddress.Status, 8);
            foreach (bool wait in Await(read, "Status"))
            {
                yield return wait;
            }

            if (clock.NewestUs > seen)
            {
                yield break;
            }
        }
    }

    private IEnumerable<bool> Watch()
    {
        Phase("run");
        uint boot = status!.BootCounter;
        int restarts = clock.Restarts;
        while (status!.State is SupervisorState.Running or SupervisorState.Held or SupervisorState.Armed)
        {
            if (status.BootCounter != boot || clock.Restarts != restarts)
            {
                throw SessionEnd.Faulted("The board restarted during the session; find out why it lost power or crashed before the next one.");
            }

            if (status.State == SupervisorState.Running && status.IsDry != order.Dry)
            {
                throw SessionEnd.Faulted($"The board began a {(status.IsDry ? "dry" : "live")} run though a {(order.Dry ? "dry" : "live")} one was asked for; it was stopped.");
            }

            if (client.NowUs - statusAtUs > SilenceUs)
            {
                HarpRequest poke = ReadU64(RegisterAddress.Status, 8);
                foreach (bool wait in Await(poke, "Status"))
                {
                    yield return wait;
                }

                statusAtUs = Math.Max(statusAtUs, client.NowUs - (SilenceUs / 2));
            }

            yield return true;
        }

        if (status.BootCounter != boot || clock.Restarts != restarts)
        {
            throw SessionEnd.Faulted("The board restarted during the session; find out why it lost power or crashed before the next one.");
        }
    }

    private static uint[] Words(HarpMessage message, int count)
    {
        uint[] words = new uint[count];
        for (int i = 0; i < count; i++)
        {
            words[i] = message.U32(i);
        }

        return words;
    }
}
