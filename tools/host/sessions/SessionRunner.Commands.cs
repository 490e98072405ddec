using System.Buffers.Binary;
using Escapement.Link;
using Escapement.Safety;

namespace Escapement.Host;

/// <summary>Reads, writes and commands of a session.</summary>
public sealed partial class SessionRunner
{
    private const int NotAccepted = -1;
    private const long LookUpAfterUs = 100_000;

    /// <summary>Waits for the reply to a read; the session ends when there is none.</summary>
    private IEnumerable<bool> Await(HarpRequest request, string what)
    {
        while (!request.IsDone)
        {
            yield return true;
        }

        if (request.State == HarpRequestState.NoAnswer)
        {
            throw Lost($"The board at {TransportName} stopped answering ({what}); check cable and power and try again.");
        }

        if (request.State == HarpRequestState.Error)
        {
            throw Unknown(what);
        }
    }

    private SessionEnd Lost(string message) => MayHaveStarted
        ? new SessionEnd(SessionVerdict.Aborted, ExitCode.NoLink, message + AfterLoss)
        : SessionEnd.NoLink(message);

    private SessionEnd Unknown(string what) =>
        MayHaveStarted ? SessionEnd.Faulted($"The board does not know the request '{what}' any more; treat the session as not completed and restart the board.")
        : SessionEnd.Refused($"The board at {TransportName} does not know the request '{what}'; update its firmware or this host, so that both are of one version.");

    private HarpRequest ReadU32(int address, int words, Func<HarpMessage, bool>? also = null) =>
        client.Read(address, HarpFrames.U32, reply => reply.Payload.Length == words * 4 && (also is null || also(reply)));

    private HarpRequest ReadU64(int address, int words) => client.Read(address, HarpFrames.U64, reply => reply.Payload.Length == words * 8);

    /// <summary>Waits, at most until a host time, in microseconds.</summary>
    private IEnumerable<bool> Until(long hostUs, Func<bool> condition)
    {
        while (!condition() && client.NowUs < hostUs)
        {
            yield return true;
        }
    }

    /// <summary>Board time for a command. Never ahead of the board's clock, which it takes for an attempt to stretch a command's life.</summary>
    private long IssueTimeUs => Math.Max(clock.NewestUs, clock.At(client.NowUs) - 20_000);

    private uint[] LeaseArguments(long boardTimeUs) => hostClock.Arguments(boardTimeUs, client.NowUs);

    /// <summary>
    /// Renewals go out at changing moments within a pass of the board: one that leaves at once bounds the host's clock closely on the one side, one
    /// that arrives just before the board looks bounds it on the other, so that the board can hold the two clocks together to a few milliseconds.
    /// </summary>
    private void OweRenewal(long boardTimeUs)
    {
        owedBoardTimeUs = boardTimeUs;
        owedAtUs = client.NowUs + (renewals % 4 * RenewalSpreadUs);
    }

    private void RenewWhenDue()
    {
        if (owedBoardTimeUs >= 0 && holdsLease && client.NowUs >= owedAtUs)
        {
            Renew(owedBoardTimeUs);
        }
    }

    private void Renew(long boardTimeUs)
    {
        owedBoardTimeUs = -1;
        renewals++;
        client.Post(RegisterAddress.Lease, HarpFrames.U32, HarpFrames.Command(RegisterAddress.Lease, ++sequence, order.Nonce, IssueTimeUs, LeaseArguments(boardTimeUs)));
    }

    /// <summary>
    /// Gives a command until its fate is known: accepted (<see cref="commandResult"/> 0) or refused (its result). A repeat is the
    /// same frame. A new sequence number is taken only after the board has said that it will never accept the old one.
    /// </summary>
    private IEnumerable<bool> Command(int register, params uint[] arguments)
    {
        for (int fresh = 0; ; fresh++)
        {
            lookUpNotBeforeUs = 0;
            commandSequence = ++sequence;
            byte[] payload = HarpFrames.Command(register, commandSequence, order.Nonce, IssueTimeUs, arguments);
            HarpRequest request = client.Write(register, HarpFrames.U32, payload, reply => reply.Payload.AsSpan().SequenceEqual(payload));
            foreach (bool wait in Fate(register, request, payload))
            {
                yield return wait;
            }

            client.Cancel(request);
            bool again = commandResult is CommandResults.BadCrc or CommandResults.StaleSequence or CommandResults.Expired or CommandResults.Busy;
            if (!again || fresh >= 8 || register == RegisterAddress.Start)
            {
                yield break;
            }

            if (commandResult == CommandResults.Busy)
            {
                foreach (bool wait in Until(client.NowUs + 50_000, () => false))
                {
                    yield return wait;
                }
            }
        }
    }

    private int commandResult;
    private uint commandDetail;
    private uint commandSequence;

    private IEnumerable<bool> Fate(int register, HarpRequest request, byte[] payload)
    {
        HarpRequest? lookUp = null;
        commandResult = NotAccepted;
        commandDetail = 0;
        while (true)
        {
            if (request.State == HarpRequestState.Answered)
            {
                commandResult = 0;
                yield break;
            }

            if (request.State == HarpRequestState.Error)
            {
                throw SessionEnd.Refused($"The board rejected the command {RegisterName(register)} as malformed; update its firmware or this host, so that both are of one version.");
            }

            if (Known(register, request))
            {
                yield break;
            }

            if (request.State == HarpRequestState.NoAnswer)
            {
                break;
            }

            // The reply shows another command's content: this one was not accepted, and the reason got lost on the way.
            if (request.OtherReply is not null && client.NowUs - request.OtherReplyAtUs > LookUpAfterUs && lookUp is null or { IsDone: true } && client.NowUs > lookUpNotBeforeUs)
            {
                lookUpNotBeforeUs = client.NowUs + LookUpAfterUs;
                lookUp = ReadU32(RegisterAddress.CommandResult, 4);
            }

            yield return true;
        }

        // No reply to any attempt. The register itself tells whether one of them was accepted.
        HarpRequest content = client.Read(register, HarpFrames.U32, reply => reply.Payload.Length == payload.Length);
        foreach (bool wait in Await(content, RegisterName(register)))
        {
            yield return wait;
        }

        commandResult = content.Reply!.Payload.AsSpan().SequenceEqual(payload) ? 0 : CommandResults.StaleSequence;
    }

    private long lookUpNotBeforeUs;

    /// <summary>Whether the board's CommandResult settles the fate of the command on its way.</summary>
    private bool Known(int register, HarpRequest request)
    {
        if (!results.TryGetValue((register, commandSequence), out CommandReading? result))
        {
            return false;
        }

        // "Stale" for a frame that was sent twice may mean that the first one was accepted. Only a reply can tell.
        if (result.Result == CommandResults.StaleSequence && request.Sent > 1 && (request.OtherReply is null || request.OtherReplyAtUs < request.SentAtUs))
        {
            return false;
        }

        commandResult = result.Result;
        commandDetail = result.Detail;
        return true;
    }

    private static string RegisterName(int register) => register switch
    {
        RegisterAddress.Lease => "Lease",
        RegisterAddress.Seal => "Seal",
        RegisterAddress.Limits => "Limits",
        RegisterAddress.FurtherLimits => "FurtherLimits",
        RegisterAddress.RequestChallenge => "RequestChallenge",
        RegisterAddress.Arm => "Arm",
        RegisterAddress.Start => "Start",
        RegisterAddress.Resume => "Resume",
        RegisterAddress.Clear => "Clear",
        _ => "register " + register.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>The session's end when a command was refused, with every inhibit reason by name and cure.</summary>
    private SessionEnd CommandRefused(int register)
    {
        string command = RegisterName(register);
        switch (commandResult)
        {
            case CommandResults.Inhibited:
                // The challenge is this host's own affair, used up by the refused arming: beside a reason that somebody can cure it only misleads.
                uint cured = commandDetail & ~(uint)InhibitReason.ChallengeMissing;
                uint told = cured == 0 ? commandDetail : cured;
                return SessionEnd.Refused(Refusal(command, told), told);
            case CommandResults.BadProgram:
                return SessionEnd.Refused($"The board refused the program: {BoardNames.Program((int)commandDetail)}");
            case CommandResults.LeaseTaken:
                return SessionEnd.Refused("Another host holds the board's lease; end its session first, or wait until its lease has lapsed.");
            case CommandResults.WrongState:
                return SessionEnd.Refused($"The board is in state {BoardNames.State((int)commandDetail)} and refused {command}; stop what runs there, or clear its faults, and try again.", inhibits);
            default:
                return SessionEnd.Refused($"The board refused {command} ({BoardNames.Result(commandResult)}, {commandDetail}); try again, and update board and host to one version when it comes back.", inhibits);
        }
    }

    private static string Refusal(string command, uint reasons)
    {
        IReadOnlyList<NamedReason> named = BoardNames.Inhibits(reasons);
        return named.Count == 0
            ? $"The board refused {command} without a reason; read its InhibitReasons and try again."
            : $"The board refused {command}: " + BoardNames.Explain(named);
    }

    private static byte[] Chunk(byte[] program, int offset)
    {
        byte[] payload = new byte[68];
        int count = Math.Min(64, program.Length - offset);
        BinaryPrimitives.WriteUInt16LittleEndian(payload, (ushort)offset);
        payload[2] = (byte)count;
        program.AsSpan(offset, count).CopyTo(payload.AsSpan(4));
        return payload;
    }
}
